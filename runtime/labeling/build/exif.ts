/** Photos that are stored sideways or mirrored: from the pixels of the file to those that the browser shows. */

import { fail } from '../../errors.ts';
import type { ImageSize } from './image-size.ts';

/** EXIF's orientation: 1 as stored, 3 upside down, 6 and 8 a quarter turned, the others mirrored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A point of the file's pixels, where it is shown; `shown` is the image's size as shown. @throws InputError */
export function toShown(
  [x, y]: readonly [number, number],
  orientation: Orientation,
  shown: ImageSize,
): [number, number] {
  const { width, height } = shown;
  switch (orientation) {
    case 1:
      return [x, y];
    case 2:
      return [width - x, y];
    case 3:
      return [width - x, height - y];
    case 4:
      return [x, height - y];
    case 5:
      return [y, x];
    case 6:
      return [width - y, x];
    case 7:
      return [width - y, height - x];
    case 8:
      return [y, height - x];
    default:
      return fail(`exif must be an orientation, 1 to 8, got ${String(orientation)}`);
  }
}

/** 2, 4, 5 and 7 turn clockwise into counterclockwise. */
export function isMirrored(orientation: Orientation): boolean {
  return orientation === 2 || orientation === 4 || orientation === 5 || orientation === 7;
}
