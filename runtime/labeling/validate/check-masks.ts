/** Brush strokes and bitmasks: that they decode, and are of the image's size. */

import { InputError } from '../../errors.ts';
import { readBitmaskSize } from '../masks/bitmask.ts';
import { inspectRle } from '../masks/brush-decode.ts';
import type { Check } from './check-answers.ts';
import type { ShapeCheck } from './check-geometry.ts';
import { show } from './findings.ts';
import type { Inspection } from './inspection.ts';

/** The editor opens larger ones, slowly; servers and proxies may not. */
const LARGE = 5_000_000;

export const checkFormat: Check = (value, field, at) =>
  value === 'rle' || at.error('rle', field, `needs "rle", got ${show(value)}`, typeof value !== 'string');

export const checkBytes: Check = (value, field, at) => {
  if (!Array.isArray(value) || value.length === 0) {
    return at.error('rle', field, `needs a list of bytes, got ${show(value)}`, true);
  }
  const { original_width: width, original_height: height } = at.region;
  const size = typeof width === 'number' && typeof height === 'number' ? width * height : Number.NaN;
  const found = attempt(
    () => inspectRle(value),
    'rle',
    field,
    at,
    value.some((byte) => !isByte(byte)),
  );
  if (found === undefined) return false;
  if (found.words !== size * 4) {
    return at.error('rle', field, `encodes ${found.words / 4} pixels, the image has ${show(width)} × ${show(height)}`);
  }
  if (value.length > LARGE) at.warn('size', field, `${value.length} bytes: a mask this large is slow in the editor`);
  return found.painted || at.warn('rle', field, 'nothing is painted: leave the result out');
};

const isByte = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;

export const checkPng: Check = (value, field, at) => {
  const size = attempt(() => readBitmaskSize(value as string), 'bitmask', field, at, typeof value !== 'string');
  if (size === undefined) return false;
  const { original_width: width, original_height: height } = at.region;
  if (size.width !== width || size.height !== height) {
    const image = `${show(width)} × ${show(height)}`;
    return at.error('bitmask', field, `the PNG is ${size.width} × ${size.height}, the image ${image}`);
  }
  const { length } = value as string;
  return length <= LARGE || at.warn('size', field, `${length} characters: a mask this large is slow in the editor`);
};

/** Masks need the image's size, not only to be drawn: without it nobody can decode them. */
export const checkMask: ShapeCheck = (_, at) => {
  for (const field of ['original_width', 'original_height']) {
    const side = at.region[field];
    if (!Number.isInteger(side) || (side as number) <= 0) {
      at.error('image-size', field, `a mask needs the image's size in whole pixels, got ${show(side)}`);
    }
  }
};

function attempt<T>(read: () => T, code: string, field: string, at: Inspection, sdk: boolean): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    at.error(code, field, error.message, sdk);
    return undefined;
  }
}
