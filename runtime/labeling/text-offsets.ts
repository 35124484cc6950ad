/** Positions in a text: JavaScript counts UTF-16 units, the server and Python count code points. */

import { fail } from '../errors.ts';

export type TextUnit = 'utf16' | 'codePoint';

export interface TextOffsets {
  readonly text: string;
  /** How many code points the text has. */
  readonly codePoints: number;
  /** @throws InputError inside of a surrogate pair */
  toCodePoint(utf16: number): number;
  toUtf16(codePoint: number): number;
}

/** O(n) once, then O(log n) a question; a text without astral characters costs one scan and no table. */
export function createTextOffsets(text: string): TextOffsets {
  if (typeof text !== 'string') fail(`a span needs the whole text, got ${typeof text}`);
  // Where in UTF-16 each astral character begins; the k-th of them shifts all that follows by k + 1.
  const astral = [...text.matchAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)].map(({ index }) => index);
  return {
    text,
    codePoints: text.length - astral.length,
    toCodePoint(utf16) {
      const before = countUntil(astral.length, (k) => (astral[k] as number) < utf16);
      if (before > 0 && astral[before - 1] === utf16 - 1) {
        fail(
          `offset ${utf16} is inside of '${text.slice(utf16 - 1, utf16 + 1)}', which is two UTF-16 units: use ${utf16 - 1} or ${utf16 + 1}`,
        );
      }
      return utf16 - before;
    },
    toUtf16(codePoint) {
      return codePoint + countUntil(astral.length, (k) => (astral[k] as number) - k < codePoint);
    },
  };
}

/** How many of 0..length-1 hold, where all that hold come first. */
function countUntil(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
