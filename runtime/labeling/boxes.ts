/** Boxes on images: pixels or percent in, the editor's percent out. Nothing is clamped; what does not fit is refused. */

import { fail } from '../errors.ts';
import { checkImageSize, type ImageSize } from './image-size.ts';

export type Box = (
  | {
      /** Left, top, right, bottom. With a rotation: of the box before it is turned. */
      px: readonly [x1: number, y1: number, x2: number, y2: number];
    }
  | { percent: { x: number; y: number; width: number; height: number } }
) & {
  image: ImageSize;
  /** Degrees, clockwise, about the top left corner. */
  rotation?: number;
};

export interface BoxValue {
  x: number;
  y: number;
  width: number;
  height: number;
  rotation: number;
}

/** Room for what x + width loses in floating point. */
const TOLERANCE = 1e-6;

/** @throws InputError when a number is missing, not finite, or outside of the image */
export function toBoxValue(box: Box): BoxValue {
  const { image, rotation = 0 } = box;
  checkImageSize(image);
  if (!Number.isFinite(rotation)) fail(`box: rotation must be a finite number of degrees, got ${rotation}`);
  const percent = 'px' in box ? toPercent(box.px, image) : box.percent;
  const { x, y, width, height } = percent;
  const given = describe(box);
  const numbers = 'px' in box ? [...box.px] : [x, y, width, height];
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) fail(`${given}: needs four finite numbers`);
  if (width <= 0 || height <= 0) fail(`${given}: needs right > left and bottom > top`);
  // A turned box may reach outside before it is turned; its corner and its sides may not.
  const [right, bottom] = rotation === 0 ? [x + width, y + height] : [Math.max(x, width), Math.max(y, height)];
  if (x < 0 || y < 0 || right > 100 + TOLERANCE || bottom > 100 + TOLERANCE) {
    const pixels = 'percent' in box && Math.max(x, y, width, height) > 100;
    fail(`${given} is not within the image: ${pixels ? 'these look like pixels, pass them as px' : 'clip it first'}`);
  }
  return { x, y, width, height, rotation: toFullTurn(rotation) };
}

function describe(box: Box): string {
  if ('px' in box) return `box px [${box.px.join(', ')}] on an image of ${box.image.width} × ${box.image.height}`;
  const { x, y, width, height } = box.percent;
  return `box percent { x: ${x}, y: ${y}, width: ${width}, height: ${height} }`;
}

/** 0 <= degrees < 360: the same turn, without a rounding error for what is in range already. */
function toFullTurn(degrees: number): number {
  const turn = degrees % 360;
  return turn < 0 ? (turn + 360) % 360 : Math.abs(turn);
}

function toPercent([x1, y1, x2, y2]: readonly [number, number, number, number], { width, height }: ImageSize) {
  return {
    x: (x1 / width) * 100,
    y: (y1 / height) * 100,
    width: ((x2 - x1) / width) * 100,
    height: ((y2 - y1) / height) * 100,
  };
}
