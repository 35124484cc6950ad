/** The way through a stroke from one end to the other, however it winds: the longest of all shortest ways within it. */

import { type Found, maskOf } from './objects.ts';
import type { Image } from './runtime/images.ts';

interface Path {
  vertices: { x: number; y: number }[];
  /** All in pixels. */
  length: number;
  thickness: number;
}

/** A vertex at each end and between them at even distances, each in the middle of the stroke. */
export function followStroke(stroke: Found, image: Image, spacing: number): Path {
  const { width } = image;
  const { last: oneEnd } = walk(stroke, image, stroke.inside[0] ?? 0);
  const { last: otherEnd, previous, steps } = walk(stroke, image, oneEnd);
  const way: number[] = [];
  for (let at = otherEnd; at !== -1; at = previous[at] ?? -1) way.push(at);
  way.reverse();
  const thickness = stroke.area / way.length;
  const count = Math.max(2, Math.round(way.length / spacing) + 1);
  const vertices = Array.from({ length: count }, (_, index) => {
    const step = Math.round((index / (count - 1)) * (way.length - 1));
    const place = placeOf(way[step] ?? 0, width);
    // What is as far along and not far away lies across the stroke: the way itself takes the inner side of curves.
    const across = Array.from(stroke.inside.filter((at) => Math.abs((steps[at] ?? 0) - step) <= 1))
      .map((at) => placeOf(at, width))
      .filter(({ x, y }) => Math.hypot(x - place.x, y - place.y) <= thickness);
    const mean = (axis: 'x' | 'y') => across.reduce((sum, point) => sum + point[axis], 0) / across.length;
    return { x: mean('x'), y: mean('y') };
  });
  return { vertices, length: way.length, thickness };
}

const placeOf = (at: number, width: number) => ({ x: (at % width) + 0.5, y: Math.floor(at / width) + 0.5 });

/** Visits the pixels from one on, the nearest first: which came last, and from where and in how many steps each was reached. */
function walk(stroke: Found, image: Image, start: number) {
  const { width } = image;
  const open = maskOf(stroke, image);
  const previous = new Int32Array(open.length).fill(-1);
  const steps = new Int32Array(open.length);
  const list = new Int32Array(stroke.area).fill(start);
  open[start] = 0;
  let end = 1;
  for (let next = 0; next < end; next++) {
    const at = list[next] ?? start;
    for (const [dx, dy] of NEIGHBOURS) {
      const [x, neighbour] = [(at % width) + dx, at + dy * width + dx];
      if (x < 0 || x >= width || open[neighbour] !== 1) continue;
      open[neighbour] = 0;
      previous[neighbour] = at;
      steps[neighbour] = (steps[at] ?? 0) + 1;
      list[end++] = neighbour;
    }
  }
  return { last: list[end - 1] ?? start, previous, steps };
}

const NEIGHBOURS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
  [1, 1],
  [-1, 1],
  [-1, -1],
  [1, -1],
] as const;
