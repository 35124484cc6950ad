/** A span of a plain text, from the author's offsets to the server's. */

import { fail } from '../../errors.ts';
import type { TextOffsets, TextUnit } from '../text-offsets.ts';

export interface Span {
  /** The whole text of the task, not the slice. */
  text: string;
  start: number;
  /** Exclusive. */
  end: number;
  /** What start and end count: 'utf16' is what indexOf() and RegExp give, 'codePoint' is what Python gives. */
  unit?: TextUnit;
}

/** @throws InputError when the offsets are not 0 <= start < end <= length, or cut a character in two */
export function toSpanValue(span: Span, offsets: TextOffsets): { start: number; end: number; text: string } {
  const { text, start, end, unit = 'utf16' } = span;
  const length = unit === 'utf16' ? text.length : offsets.codePoints;
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start >= end || end > length) {
    const units = unit === 'utf16' ? 'UTF-16 units' : 'code points';
    fail(
      `span ${start}..${end}: needs whole numbers, 0 <= start < end <= ${length} (the length of the text in ${units})`,
    );
  }
  if (unit === 'utf16') {
    return { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end), text: text.slice(start, end) };
  }
  return { start, end, text: text.slice(offsets.toUtf16(start), offsets.toUtf16(end)) };
}
