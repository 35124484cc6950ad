/** The magic wand: from a pixel on over its neighbours, as long as their colours are like its own. */

import { distance } from './colours.ts';
import type { Image } from './runtime/images.ts';

export interface Filled {
  /** One byte a pixel of the image, row by row: 1 where the wand went. */
  mask: Uint8Array;
  /** How sharp the edge is, 0 to 1: the share of it where the colours differ twice as much as they may. */
  sharpness: number;
  rgb: Uint8Array;
}

/** @param start a pixel, y * width + x; @param tolerance how far apart two colours may be, 0 to 1 */
export function fill({ width, height, pixels = new Uint8Array() }: Image, start: number, tolerance: number): Filled {
  const colour = (at: number) => pixels.subarray(at * 4, at * 4 + 3);
  const rgb = colour(start);
  const mask = new Uint8Array(width * height);
  const open = [start];
  mask[start] = 1;
  let [edge, sharp] = [0, 0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    const neighbours = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
    for (const next of neighbours) {
      if (next < 0 || next >= mask.length || mask[next] === 1) continue;
      const apart = distance(colour(next), rgb);
      if (apart <= tolerance) {
        mask[next] = 1;
        open.push(next);
      } else {
        edge++;
        if (apart >= tolerance * 2) sharp++;
      }
    }
  }
  return { mask, sharpness: edge > 0 ? sharp / edge : 0, rgb };
}

/** The pixel with the most colour in it; undefined in an image that is grey all over. */
export function findMostVivid({ pixels = new Uint8Array() }: Image): number | undefined {
  let [best, most] = [-1, 40];
  for (let at = 0; at < pixels.length / 4; at++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at * 4, at * 4 + 3);
    const vividness = Math.max(red, green, blue) - Math.min(red, green, blue);
    if (vividness > most) [best, most] = [at, vividness];
  }
  return best < 0 ? undefined : best;
}

/** The mean colour below a mask, and how far nearly all of its pixels are from that at most. */
export function measure({ pixels = new Uint8Array() }: Image, mask: Uint8Array) {
  const painted = [...mask.keys()].filter((at) => mask[at] && at * 4 < pixels.length);
  const colour = (at: number) => pixels.subarray(at * 4, at * 4 + 3);
  const rgb = [0, 1, 2].map((i) => painted.reduce((sum, at) => sum + (colour(at)[i] ?? 0), 0) / painted.length);
  const apart = Float64Array.from(painted, (at) => distance(colour(at), rgb)).sort();
  // The furthest tenth may be the hand's.
  return { rgb, spread: apart[Math.floor(apart.length * 0.9)] };
}
