/** The size of an image that regions refer to. */

import { fail } from '../../errors.ts';

/** The natural size in pixels, as the browser shows the image: after EXIF orientation. */
export interface ImageSize {
  width: number;
  height: number;
}

/** @throws InputError unless both are whole numbers above 0 */
export function checkImageSize({ width, height }: ImageSize): void {
  if (Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0) return;
  fail(`image size must be two whole numbers of pixels above 0, got ${width} × ${height}`);
}
