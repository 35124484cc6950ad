/** The line through the middle of a stroke: cut across into slices, it goes from the middle of one to the next. */

import type { Found } from './objects.ts';
import type { Image } from './runtime/images.ts';

const MOST_SLICES = 10;

/** In pixels, along the stroke's long axis: right for lines and waves, not for what turns back on itself. */
export function centreline({ inside, centre, area }: Found, { width }: Image): { x: number; y: number }[] {
  const place = (at: number) => [(at % width) + 0.5 - centre[0], Math.floor(at / width) + 0.5 - centre[1]] as const;
  let [xx, xy, yy] = [0, 0, 0];
  for (const at of inside) {
    const [x, y] = place(at);
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const turn = Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  let [start, end] = [0, 0];
  for (const at of inside) {
    const [x, y] = place(at);
    start = Math.min(start, x * cos + y * sin);
    end = Math.max(end, x * cos + y * sin);
  }
  const length = end - start + 1;
  const between = Math.max(1, Math.min(MOST_SLICES, Math.floor((length * length) / area / 2)));
  const slices = Array.from({ length: between + 2 }, () => ({ x: 0, y: 0, count: 0 }));
  for (const at of inside) {
    const [x, y] = place(at);
    const along = x * cos + y * sin;
    // The first and the last slice are thin: they are the ends.
    const slice = along < start + 0.75 ? 0 : along > end - 0.75 ? between + 1 : null;
    const sum = slices[slice ?? 1 + Math.floor(((along - start + 0.5) / length) * between)];
    if (!sum) continue;
    sum.x += x;
    sum.y += y;
    sum.count++;
  }
  const [x, y] = centre;
  return slices.filter(({ count }) => count > 0).map((sum) => ({ x: x + sum.x / sum.count, y: y + sum.y / sum.count }));
}
