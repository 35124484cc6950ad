/** Corners: where an image changes whichever way one goes, after Harris, Shi and Tomasi. */

import type { Image } from './runtime/images.ts';

export interface Corner {
  /** In pixels. */
  px: [x: number, y: number];
  /** 1 for the strongest of the image. */
  strength: number;
}

/** How far a corner reaches to all sides, in pixels: two are farther apart than this. */
const REACH = 3;
const MOST_CORNERS = 50;

/** Strongest first. */
export function findCorners({ width, height, pixels = new Uint8Array() }: Image): Corner[] {
  const grey = new Float32Array(pixels.length / 4);
  for (let at = 0; at < grey.length; at++) {
    grey[at] = (pixels[at * 4] ?? 0) * 0.3 + (pixels[at * 4 + 1] ?? 0) * 0.59 + (pixels[at * 4 + 2] ?? 0) * 0.11;
  }
  const response = new Float32Array(grey.length);
  for (let y = REACH + 1; y < height - REACH - 1; y++) {
    for (let x = REACH + 1; x < width - REACH - 1; x++)
      response[y * width + x] = changeAround(grey, width, y * width + x);
  }
  const places = Array.from(response.keys()).filter((at) => (response[at] ?? 0) > 1);
  const kept: number[] = [];
  for (const at of places.toSorted((a, b) => (response[b] ?? 0) - (response[a] ?? 0))) {
    const apart = (other: number) =>
      Math.max(Math.abs((at % width) - (other % width)), Math.abs(Math.floor(at / width) - Math.floor(other / width)));
    if (kept.every((other) => apart(other) > REACH)) kept.push(at);
    if (kept.length === MOST_CORNERS) break;
  }
  const strongest = response[kept[0] ?? 0] ?? 1;
  return kept.map((at) => ({
    px: [(at % width) + 0.5, Math.floor(at / width) + 0.5],
    strength: (response[at] ?? 0) / strongest,
  }));
}

/** How much grey changes in the pixels around, in the direction in which it changes least: none along an edge. */
function changeAround(grey: Float32Array, width: number, centre: number): number {
  let [xx, xy, yy] = [0, 0, 0];
  for (let row = -REACH; row <= REACH; row++) {
    for (let column = -REACH; column <= REACH; column++) {
      const at = centre + row * width + column;
      const dx = (grey[at + 1] ?? 0) - (grey[at - 1] ?? 0);
      const dy = (grey[at + width] ?? 0) - (grey[at - width] ?? 0);
      // The middle counts most, so that the corner itself is the strongest place.
      const weight = (REACH + 1 - Math.abs(row)) * (REACH + 1 - Math.abs(column));
      xx += weight * dx * dx;
      xy += weight * dx * dy;
      yy += weight * dy * dy;
    }
  }
  return (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy);
}
