/** Lines of text on an image: rows with ink make a line, and columns with ink within it a character. */

import { distance } from './colours.ts';
import type { Image } from './runtime/images.ts';

export interface Line {
  /** Left, top, right, bottom in pixels. */
  px: [left: number, top: number, right: number, bottom: number];
  characters: {
    /** 7 rows of cells, '1' with ink, as in digits.ts. */
    shape: string;
    /** There is a space before it. */
    spaced: boolean;
  }[];
}

const ROWS = 7;
/** Characters that are lower than this, in pixels, have too few to tell them apart. */
const LEAST_HEIGHT = 5;

/** From top to bottom. Ink is what differs from the colour of the top left pixel. */
export function findLines({ width, height, pixels = new Uint8Array() }: Image): Line[] {
  const ink = new Uint8Array(pixels.length / 4);
  for (let at = 0; at < ink.length; at++) {
    if (distance(pixels.subarray(at * 4, at * 4 + 3), pixels) > 0.2) ink[at] = 1;
  }
  const inRow = stretches(height, (y) => ink.subarray(y * width, (y + 1) * width).includes(1));
  return inRow.flatMap(([top, bottom]): Line[] => {
    if (bottom - top < LEAST_HEIGHT) return [];
    const rows = Array.from({ length: bottom - top }, (_, row) => ink.subarray((top + row) * width));
    const inColumn = stretches(width, (x) => rows.some((row) => row[x] === 1));
    const cell = rows.length / ROWS;
    const characters = inColumn.map(([left, right], index) => {
      const columns = Math.max(1, Math.round((right - left) / cell));
      const shape = Array.from({ length: ROWS }, (_, row) => {
        const across = rows[Math.floor((row + 0.5) * cell)];
        const middle = (column: number) => left + Math.floor(((column + 0.5) * (right - left)) / columns);
        return Array.from({ length: columns }, (_, column) => across?.[middle(column)] ?? 0).join('');
      });
      const [, before = left] = inColumn[index - 1] ?? [];
      return { shape: shape.join(' '), spaced: left - before > 4 * cell };
    });
    return [{ px: [inColumn[0]?.[0] ?? 0, top, inColumn.at(-1)?.[1] ?? width, bottom], characters }];
  });
}

/** Where something holds for one number after the other: the first of them, and the one after the last. */
function stretches(length: number, holds: (index: number) => boolean): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (let index = 0; index < length; index++) {
    if (!holds(index)) continue;
    const last = found.at(-1);
    if (last?.[1] === index) last[1]++;
    else found.push([index, index + 1]);
  }
  return found;
}

/** What a line says, by the shapes of known characters, with ? for the others; and how like them its characters are. */
export function readLine({ characters }: Line, known: Record<string, string>): { text: string; score: number } {
  const read = characters.map(({ shape, spaced }) => {
    const candidates = Object.keys(known).map((other) => ({ other, like: likeness(shape, other) }));
    const best = candidates.reduce((a, b) => (b.like > a.like ? b : a), { other: '', like: 0.85 });
    return { text: `${spaced ? ' ' : ''}${known[best.other] ?? '?'}`, like: best.other === '' ? 0 : best.like };
  });
  const score = read.reduce((sum, { like }) => sum + like, 0) / Math.max(1, read.length);
  return { text: read.map(({ text }) => text).join(''), score };
}

/** The share of cells that are the same; 0 where one is wider. */
function likeness(a: string, b: string): number {
  if (a.length !== b.length) return 0;
  return Array.from(a).filter((cell, index) => cell === b[index]).length / a.length;
}
