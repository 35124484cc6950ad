/** The blocks of a picture, 16 x 16 pixels each: where one's motion is expected from its neighbours', and what it looks like. */

import { fail } from './runtime/errors.ts';

export interface Picture {
  width: number;
  height: number;
  /** Brightness, and two of colour with half the width and height. */
  planes: [brightness: Uint8Array, blue: Uint8Array, red: Uint8Array];
}

/** In quarters of a pixel. */
export type Motion = readonly [x: number, y: number];

export type Block =
  | { kind: 'raw'; bytes: Uint8Array }
  /** As in the picture before, elsewhere. */
  | { kind: 'moved'; motion: Motion }
  /** As the last row of the block above, or the last column of the one on the left. */
  | { kind: 'above' }
  | { kind: 'left' };

export const moved = (motion: Motion): Block => ({ kind: 'moved', motion });

const STILL: Motion = [0, 0];

function neighboursOf(blocks: readonly Block[], columns: number) {
  const [at, column] = [blocks.length, blocks.length % columns];
  const left = column > 0 ? blocks[at - 1] : undefined;
  const above = blocks[at - columns];
  const corner = column + 1 < columns ? blocks[at - columns + 1] : undefined;
  return { left, above, corner: corner ?? (column > 0 ? blocks[at - columns - 1] : undefined) };
}

/** The motion that is expected of the next block: the median of its neighbours'. */
export function motionOf(blocks: readonly Block[], columns: number): Motion {
  const { left, above, corner } = neighboursOf(blocks, columns);
  const around = above || corner ? [left, above, corner] : [left];
  const motions = around.flatMap((block) => (block?.kind === 'moved' ? [block.motion] : []));
  const [only = STILL, ...others] = motions;
  if (others.length === 0) return only;
  const all = [...motions, ...Array.from({ length: 3 - motions.length }, () => STILL)];
  const median = (axis: 0 | 1) => all.map((motion) => motion[axis]).toSorted((a, b) => a - b)[1] ?? 0;
  return [median(0), median(1)];
}

/** The motion of a block that nothing is said about: none at the edge, or beside one that stands still. */
export function skippedMotionOf(blocks: readonly Block[], columns: number): Motion {
  const { left, above } = neighboursOf(blocks, columns);
  const still = (block: Block | undefined) =>
    block === undefined || (block.kind === 'moved' && block.motion[0] === 0 && block.motion[1] === 0);
  return still(left) || still(above) ? STILL : motionOf(blocks, columns);
}

/** Whether a raw block is next to the next one: H.264 writes "no residuals" in another way there. */
export function isNextToRaw(blocks: readonly Block[], columns: number): boolean {
  const { left, above } = neighboursOf(blocks, columns);
  return left?.kind === 'raw' || above?.kind === 'raw';
}

/** @param at index of the block; `last`: the picture before */
export function paint(picture: Picture, at: number, block: Block, last: Picture | undefined): void {
  const columns = picture.width / 16;
  let done = 0;
  for (const [index, plane] of picture.planes.entries()) {
    const side = index === 0 ? 16 : 8;
    const [width, height] = [columns * side, (picture.height / 16) * side];
    const [left, top] = [(at % columns) * side, Math.floor(at / columns) * side];
    const before = last?.planes[index];
    const pixelAt = (x: number, y: number): number | undefined => {
      if (block.kind === 'raw') return block.bytes[done + (y - top) * side + x - left];
      if (block.kind === 'above') return plane[(top - 1) * width + x];
      if (block.kind === 'left') return plane[y * width + left - 1];
      const [fromX, fromY] = [x + (block.motion[0] * side) / 64, y + (block.motion[1] * side) / 64];
      return before?.[clamp(fromY, height) * width + clamp(fromX, width)];
    };
    for (let y = top; y < top + side; y++) {
      for (let x = left; x < left + side; x++) {
        plane[y * width + x] = pixelAt(x, y) ?? fail('the H.264 stream is damaged: a block has nothing to refer to');
      }
    }
    done += side * side;
  }
}

/** What lies outside of a picture looks like its edge. */
const clamp = (place: number, size: number) => Math.min(size - 1, Math.max(0, place));

/** Four bytes a pixel, row by row: red, green, blue, and how opaque. */
export function toRgba({ width, height, planes: [brightness, blue, red] }: Picture): Uint8Array {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) {
    const half = (Math.floor(at / width) >> 1) * (width / 2) + ((at % width) >> 1);
    const y = 1.164 * ((brightness[at] ?? 0) - 16);
    const b = (blue[half] ?? 0) - 128;
    const r = (red[half] ?? 0) - 128;
    pixels[at * 4] = y + 1.596 * r;
    pixels[at * 4 + 1] = y - 0.392 * b - 0.813 * r;
    pixels[at * 4 + 2] = y + 2.017 * b;
  }
  return new Uint8Array(pixels.buffer);
}
