/** The ellipse that lies as an object's pixels do: its axes are twice their standard deviation, and as turned as they are. */

import type { Found } from './objects.ts';
import type { Image } from './runtime/images.ts';

/** Pixels, and degrees clockwise, -45 to 45: the x axis is the one that lies flatter. */
export function fitEllipse({ inside, centre: [x, y], area }: Found, { width, height }: Image) {
  let [xx, xy, yy] = [0, 0, 0];
  for (const at of inside) {
    const [dx, dy] = [(at % width) + 0.5 - x, Math.floor(at / width) + 0.5 - y];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  let turn = Math.atan2(2 * xy, xx - yy) / 2;
  let [along, across] = [spread(turn), spread(turn + Math.PI / 2)];
  if (Math.abs(turn) > Math.PI / 4) {
    turn -= (Math.sign(turn) * Math.PI) / 2;
    [along, across] = [across, along];
  }
  // No radius may be more than half of the image.
  const px = { x, y, radiusX: Math.min(along, width / 2), radiusY: Math.min(across, height / 2) };
  return { px, rotation: (turn * 180) / Math.PI };

  function spread(angle: number): number {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    // A pixel is itself 1 wide: that is where the 1/12 comes from.
    return 2 * Math.sqrt((xx * cos * cos + 2 * xy * cos * sin + yy * sin * sin) / area + 1 / 12);
  }
}
