/** The convex hull: a rubber band around an object. */

import type { Found } from './objects.ts';
import type { Image } from './runtime/images.ts';

type Point = readonly [x: number, y: number];

/** Its corners in pixels, clockwise from the top right. */
export function hull({ inside, px: [left, top, right, bottom] }: Found, { width }: Image): Point[] {
  // Only the ends of a row can be corners.
  const starts = new Int32Array(bottom - top).fill(right);
  const ends = new Int32Array(bottom - top).fill(left);
  for (const at of inside) {
    const [x, row] = [at % width, Math.floor(at / width) - top];
    starts[row] = Math.min(starts[row] ?? x, x);
    ends[row] = Math.max(ends[row] ?? x, x + 1);
  }
  const sides = [ends, starts].map((side) => Array.from(side, (x, row) => bothEdges(x, top + row)).flat());
  const [down = [], up = []] = sides;
  return [...turnRight(down), ...turnRight(up.toReversed())];
}

const bothEdges = (x: number, y: number): Point[] => [
  [x, y],
  [x, y + 1],
];

/** Leaves out the points where the way does not turn right. */
function turnRight(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length > 1 && turn(kept.at(-2) ?? point, kept.at(-1) ?? point, point) <= 0) kept.pop();
    kept.push(point);
  }
  return kept;
}

const turn = (a: Point, b: Point, c: Point) => (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);

/** In square pixels. */
export function areaOf(corners: readonly Point[]): number {
  return corners.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}
