/** Edges: how strongly an image changes at each pixel, thinned to one pixel's width, and which of them people mark. */

import type { Image } from './runtime/images.ts';

/**
 * The strength at each pixel, 0 to 255, row by row: Sobel's operator on each colour, of which the strongest counts, and
 * 0 beside a stronger neighbour. Empty for an image without pixels (see readImage).
 */
export function findEdges({ width, pixels = new Uint8Array() }: Image): Uint8Array {
  const strengths = new Uint8Array(pixels.length / 4);
  /** The way across the edge, as a step in the list of pixels: to the right, or down. */
  const steps = new Int32Array(strengths.length);
  for (let at = width; at < strengths.length - width; at++) {
    if (at % width === 0 || at % width === width - 1) continue;
    for (let channel = 0; channel < 3; channel++) {
      const value = (column: number, row: number) => pixels[(at + column + row * width) * 4 + channel] ?? 0;
      const side = (column: number) => value(column, -1) + 2 * value(column, 0) + value(column, 1);
      const line = (row: number) => value(-1, row) + 2 * value(0, row) + value(1, row);
      const [right, down] = [side(1) - side(-1), line(1) - line(-1)];
      const strength = Math.min(255, Math.round(Math.hypot(right, down) / 4));
      if (strength <= (strengths[at] ?? 0)) continue;
      strengths[at] = strength;
      steps[at] = Math.abs(right) >= Math.abs(down) ? 1 : width;
    }
  }
  return strengths.map((strength, at) => {
    const [before = 0, after = 0] = [strengths[at - (steps[at] ?? 0)], strengths[at + (steps[at] ?? 0)]];
    return strength >= before && strength > after ? strength : 0;
  });
}

/** Edges by their strength: how many there are, and how many of them people painted over. */
export interface Tally {
  all: number[];
  painted: number[];
}

export function createTally(): Tally {
  return { all: new Array<number>(256).fill(0), painted: new Array<number>(256).fill(0) };
}

export function count({ all, painted }: Tally, edges: Uint8Array, mask: Uint8Array): void {
  for (const [at, strength] of edges.entries()) {
    if (strength === 0) continue;
    all[strength] = (all[strength] ?? 0) + 1;
    if (mask[at]) painted[strength] = (painted[strength] ?? 0) + 1;
  }
}

/** The least strength that finds most of what people painted and little else (the best F1); undefined without any. */
export function learnLeast({ all, painted }: Tally): number | undefined {
  const wanted = painted.reduce((sum, edges) => sum + edges, 0);
  let best: { least: number; f1: number } | undefined;
  let [found, right] = [0, 0];
  for (let least = 255; least > 0; least--) {
    found += all[least] ?? 0;
    right += painted[least] ?? 0;
    const f1 = (2 * right) / (found + wanted);
    if (right > 0 && f1 > (best?.f1 ?? 0)) best = { least, f1 };
  }
  return best?.least;
}
