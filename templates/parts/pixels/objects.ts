/** The objects of an image: what hangs together and differs from the background, the colour of the top left pixel. */

import type { Image } from './runtime/images.ts';

export interface Found {
  /** Left, top, right, bottom in pixels, the last two just outside. */
  px: [left: number, top: number, right: number, bottom: number];
  /** Of mass, in pixels. */
  centre: [x: number, y: number];
  /** The mean colour. */
  rgb: [red: number, green: number, blue: number];
  /** How many pixels it has. */
  area: number;
  /** Which ones: y * width + x of each. The objects of an image share one list, so this costs nothing per object. */
  inside: Int32Array;
}

/** How far a colour is from the background's before it counts: of 255, in the mean of the channels. */
const LEAST_CONTRAST = 25;
const MOST_OBJECTS = 100;

/** Largest first, without specks. An image without pixels (see readImage) has no objects. */
export function findObjects({ width, height, pixels = new Uint8Array() }: Image): Found[] {
  const open = new Uint8Array(pixels.length / 4);
  let count = 0;
  for (let at = 0; at < open.length; at++) {
    let sum = 0;
    for (let channel = 0; channel < 4; channel++) {
      const apart = (pixels[at * 4 + channel] ?? 0) - (pixels[channel] ?? 0);
      sum += apart * apart;
    }
    if (sum < LEAST_CONTRAST * LEAST_CONTRAST * 3) continue;
    open[at] = 1;
    count++;
  }
  // Every pixel enters this list once, next to those it touches: an object is a stretch of it.
  const list = new Int32Array(count);
  const least = Math.max(2, open.length / 1000);
  const stretches: Int32Array[] = [];
  let end = 0;
  for (let first = 0; first < open.length; first++) {
    if (open[first] !== 1) continue;
    const start = end;
    open[first] = 0;
    list[end++] = first;
    for (let next = start; next < end; next++) {
      const at = list[next] ?? 0;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const neighbour = row * width + column;
          if (open[neighbour] !== 1) continue;
          open[neighbour] = 0;
          list[end++] = neighbour;
        }
      }
    }
    if (end - start >= least) stretches.push(list.subarray(start, end));
  }
  const largest = stretches.toSorted((a, b) => b.length - a.length).slice(0, MOST_OBJECTS);
  return largest.map((inside) => describe(inside, width, pixels));
}

function describe(inside: Int32Array, width: number, pixels: Uint8Array): Found {
  const px: Found['px'] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  let [sumX, sumY, red, green, blue] = [0, 0, 0, 0, 0];
  for (const at of inside) {
    const [x, y] = [at % width, Math.floor(at / width)];
    px[0] = Math.min(px[0], x);
    px[1] = Math.min(px[1], y);
    px[2] = Math.max(px[2], x + 1);
    px[3] = Math.max(px[3], y + 1);
    sumX += x + 0.5;
    sumY += y + 0.5;
    red += pixels[at * 4] ?? 0;
    green += pixels[at * 4 + 1] ?? 0;
    blue += pixels[at * 4 + 2] ?? 0;
  }
  const area = inside.length;
  return { px, centre: [sumX / area, sumY / area], rgb: [red / area, green / area, blue / area], area, inside };
}

/** One byte a pixel of the image, row by row: 1 inside of the object. */
export function maskOf({ inside }: Found, { width, height }: Image): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (const at of inside) mask[at] = 1;
  return mask;
}

/**
 * The object that a result is about, by points of the result, in percent as results have them: the object whose box
 * their middle is in; of several, the one that has it nearest to its own middle.
 */
export function objectAt(objects: readonly Found[], { width, height }: Image, ...points: (readonly number[])[]) {
  const middle = (axis: 0 | 1) => {
    const along = points.map((point) => point[axis] ?? 0).toSorted((a, b) => a - b);
    return ((along[0] ?? 0) + (along.at(-1) ?? 0)) / 200;
  };
  const [x, y] = [middle(0) * width, middle(1) * height];
  // People do not hit the pixel.
  const room = Math.max(width, height) / 50;
  const around = objects.filter(({ px: [left, top, right, bottom] }) => {
    return x >= left - room && x <= right + room && y >= top - room && y <= bottom + room;
  });
  const off = ({ px: [left, top, right, bottom] }: Found) => Math.hypot(x - (left + right) / 2, y - (top + bottom) / 2);
  return around.toSorted((a, b) => off(a) - off(b))[0];
}
