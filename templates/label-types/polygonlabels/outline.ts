/** The outline of an object: around its pixels edge by edge, then with as few corners as show the same shape. */

import { type Found, maskOf } from './objects.ts';
import type { Image } from './runtime/images.ts';

type Point = [x: number, y: number];

/** Right, down, left, up. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** In pixels, clockwise from the top: without the holes, which a polygon cannot have. */
export function outline(object: Found, image: Image): Point[] {
  const points = trace(object, image);
  const tolerance = Math.max(1.5, Math.hypot(image.width, image.height) / 100);
  // Both halves keep their ends: the start, and what is farthest from it.
  const far = farthest(points, 0, points.length, (point) => distanceOf(point, points[0] ?? ORIGIN));
  const corners = [points.slice(0, far + 1), points.slice(far)].flatMap((half) =>
    simplify(half, tolerance).slice(0, -1),
  );
  return corners.length < 3 ? points.slice(0, -1) : corners;
}

/** Walks with the object on its right hand until it is back where it started: all corners, the first at both ends. */
function trace(object: Found, image: Image): Point[] {
  const mask = maskOf(object, image);
  const isInside = (x: number, y: number) => x >= 0 && x < image.width && mask[y * image.width + x] === 1;
  const top = object.inside.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const start: Point = [top % image.width, Math.floor(top / image.width)];
  const points: Point[] = [start];
  let [x, y, heading] = [...start, 0];
  do {
    const [dx, dy] = STEPS[heading % 4] ?? STEPS[0];
    [x, y] = [x + dx, y + dy];
    // The pixels ahead, to the left and to the right of the corner that it stands on.
    const left = isInside(x + (dx + dy - 1) / 2, y + (dy - dx - 1) / 2);
    const right = isInside(x + (dx - dy - 1) / 2, y + (dy + dx - 1) / 2);
    if (!left && right) continue;
    heading += left ? 3 : 1;
    points.push([x, y]);
  } while (x !== start[0] || y !== start[1] || heading % 4 !== 0);
  return points;
}

/** Leaves out what is nearer than the tolerance to the line between its neighbours: Douglas and Peucker's way. */
function simplify(points: readonly Point[], tolerance: number): Point[] {
  const kept = new Set([0, points.length - 1]);
  const pending: [number, number][] = [[0, points.length - 1]];
  for (let stretch = pending.pop(); stretch; stretch = pending.pop()) {
    const [from, to] = stretch;
    const [a = ORIGIN, b = ORIGIN] = [points[from], points[to]];
    const length = distanceOf(a, b) || 1;
    const off = ([x, y]: Point) => Math.abs((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / length;
    const worst = farthest(points, from, to, off);
    if (off(points[worst] ?? a) <= tolerance) continue;
    kept.add(worst);
    pending.push([from, worst], [worst, to]);
  }
  return points.filter((_, index) => kept.has(index));
}

const ORIGIN: Point = [0, 0];
const distanceOf = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Of the points after `from` and before `to`. */
function farthest(points: readonly Point[], from: number, to: number, off: (point: Point) => number): number {
  let [worst, most] = [from, 0];
  for (let index = from + 1; index < to; index++) {
    const distance = off(points[index] ?? ORIGIN);
    if (distance > most) [worst, most] = [index, distance];
  }
  return worst;
}
