/** Dark or light: where an image is best cut into foreground and background, by Otsu and as people painted it. */

import type { Image } from './runtime/images.ts';

/** Up to which grey, 0 to 255, a pixel is dark; and how clearly the two sides differ, 0 to 1. */
export interface Cut {
  level: number;
  clarity: number;
  /** The dark pixels are fewer than the light ones: then they are the foreground, as far as an image tells. */
  fewerDark: boolean;
}

/** The brightness of each pixel, row by row. An image without pixels (see readImage) has none. */
export function greysOf({ pixels = new Uint8Array() }: Image): Uint8Array {
  const weights = [0.299, 0.587, 0.114];
  const channel = (at: number, which: number) => (pixels[at * 4 + which] ?? 0) * (weights[which] ?? 0);
  const greys = new Uint8Array(pixels.length / 4);
  return greys.map((_, at) => Math.round(channel(at, 0) + channel(at, 1) + channel(at, 2)));
}

/** Otsu's method: the level that parts the greys into the two most uniform sides; undefined where all are the same. */
export function findCut(greys: Uint8Array): Cut | undefined {
  const counts = countGreys(greys);
  const mean = counts.reduce((sum, count, grey) => sum + count * grey, 0) / greys.length;
  const spread = counts.reduce((sum, count, grey) => sum + count * (grey - mean) ** 2, 0) / greys.length;
  let best: Cut | undefined;
  let [dark, sum] = [0, 0];
  for (const [level, count] of counts.entries()) {
    dark += count;
    sum += count * level;
    const share = dark / greys.length;
    if (share === 0 || share === 1) continue;
    const between = (mean * share - sum / greys.length) ** 2 / (share * (1 - share));
    if (between / spread > (best?.clarity ?? 0)) best = { level, clarity: between / spread, fewerDark: share < 0.5 };
  }
  return best;
}

/** The level and the side that agree best with what people painted: most pixels in both, fewest in one only. */
export function learnCut(greys: Uint8Array, painted: Uint8Array): { level: number; dark: boolean } {
  const all = countGreys(greys);
  const inside = countGreys(greys.filter((_, at) => painted[at]));
  const area = inside.reduce((sum, count) => sum + count, 0);
  let best = { level: 0, dark: true, agreement: -1 };
  let [darker, both] = [0, 0];
  for (const level of all.keys()) {
    darker += all[level] ?? 0;
    both += inside[level] ?? 0;
    const asDark = both / (darker + area - both);
    const asLight = (area - both) / (greys.length - darker + both);
    const agreement = Math.max(asDark, asLight);
    if (agreement > best.agreement) best = { level, dark: asDark > asLight, agreement };
  }
  return best;
}

function countGreys(greys: Uint8Array): number[] {
  const counts = new Array<number>(256).fill(0);
  for (const grey of greys) counts[grey] = (counts[grey] ?? 0) + 1;
  return counts;
}
