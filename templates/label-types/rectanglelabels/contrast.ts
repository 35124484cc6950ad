/** What differs from the background of an image: the colour of its top left pixel. */

import type { Image } from './runtime/images.ts';

/** How far apart two colours are: 0 the same, 1 black and white. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const apart = (channel: number) => ((a[channel] ?? 0) - (b[channel] ?? 0)) / 255;
  return Math.hypot(apart(0), apart(1), apart(2)) / Math.sqrt(3);
}

/** The box around all such pixels and their mean colour; undefined where the whole image is background. */
export function findObject({ width, height, pixels = new Uint8Array() }: Image) {
  let [left, top, right, bottom, count] = [width, height, 0, 0, 0];
  const sum: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i += 4) {
    const pixel = pixels.subarray(i, i + 3);
    if (distance(pixel, pixels) < 0.1) continue;
    const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
    pixel.forEach((value, channel) => {
      sum[channel as 0 | 1 | 2] += value;
    });
    count++;
  }
  if (count === 0) return undefined;
  const px: [number, number, number, number] = [left, top, right, bottom];
  return { px, rgb: sum.map((channel) => channel / count) };
}
