/** The editor's run-length encoding back to masks. What a header promises is checked before any memory is taken. */

import { fail } from '../../errors.ts';
import type { ImageSize } from '../build/image-size.ts';
import { show } from '../validate/findings.ts';
import { BitReader } from './bits.ts';

/** 32 bits of length, 5 of word size, 4 × 4 of block sizes. */
const HEADER_BITS = 53;
/** Without a size to compare with: 16,384 × 16,384 pixels. */
const MOST_WORDS = 2 ** 30;

/** `count` words from `at` on are `word`. */
type Visit = (at: number, count: number, word: number) => void;

/**
 * All words; four of them are a pixel of a mask.
 * @throws InputError when the bytes are no sound encoding, or promise more than `most` words
 */
export function decodeRle(bytes: ArrayLike<number>, most = MOST_WORDS): Uint8Array {
  const { words, walk } = openRle(bytes, most);
  const decoded = new Uint8Array(words);
  walk((at, count, word) => decoded.fill(word, at, at + count));
  return decoded;
}

/**
 * The mask, one byte a pixel, row by row: the pixel's opacity, 0 for background.
 * @throws InputError when the bytes are no sound encoding of an image of that size
 */
export function decodeMask(bytes: ArrayLike<number>, size: ImageSize): Uint8Array {
  const { words, walk } = openRle(bytes, MOST_WORDS);
  checkWords(words, size);
  const mask = new Uint8Array(words / 4);
  // Of a pixel's four words the last one is its opacity; colours are the label's.
  walk((at, count, word) => mask.fill(word, at >>> 2, (at + count) >>> 2));
  return mask;
}

/** Reads to the end without taking memory: how many words, and whether any pixel is painted. @throws InputError */
export function inspectRle(bytes: ArrayLike<number>): { words: number; painted: boolean } {
  const { words, walk } = openRle(bytes, 2 ** 32);
  let painted = false;
  walk((at, count, word) => {
    painted ||= word !== 0 && at >>> 2 !== (at + count) >>> 2;
  });
  return { words, painted };
}

function checkWords(words: number, { width, height }: ImageSize): void {
  if (words === width * height * 4) return;
  fail(`brush: the encoding is of ${words / 4} pixels, the image has ${width} × ${height} = ${width * height}`);
}

function openRle(bytes: ArrayLike<number>, most: number): { words: number; walk: (visit: Visit) => void } {
  for (let at = 0; at < bytes.length; at++) {
    const byte: unknown = bytes[at];
    if (typeof byte !== 'number' || (byte & 255) !== byte)
      fail(`brush: rle must be whole numbers 0..255, number ${at} is ${show(byte)}`);
  }
  const bits = new BitReader(bytes);
  if (bits.left < HEADER_BITS) fail(`brush: rle must begin with a header of 7 bytes, got ${bytes.length}`);
  const words = bits.read(16) * 65_536 + bits.read(16);
  const wordSize = bits.read(5) + 1;
  if (wordSize !== 8) fail(`brush: words of ${wordSize} bits; masks have words of 8`);
  const sizes = [bits.read(4) + 1, bits.read(4) + 1, bits.read(4) + 1, bits.read(4) + 1];
  if (words > most) fail(`brush: the encoding promises ${words} words, at most ${most} are accepted`);
  return { words, walk: (visit) => walkBlocks(bits, words, sizes, visit) };
}

function walkBlocks(bits: BitReader, words: number, sizes: readonly number[], visit: Visit): void {
  const cutOff = (at: number): never => fail(`brush: rle is cut off after ${at} of ${words} words`);
  for (let at = 0; at < words; ) {
    if (bits.left < 3) cutOff(at);
    const run = bits.read(1) === 1;
    const size = sizes[bits.read(2)] ?? 16;
    if (bits.left < size) cutOff(at);
    const count = bits.read(size) + 1;
    if (bits.left < (run ? 8 : count * 8)) cutOff(at);
    if (at + count > words) fail(`brush: rle has more than the ${words} words that its header promises`);
    if (run) visit(at, count, bits.read(8));
    else for (let word = 0; word < count; word++) visit(at + word, 1, bits.read(8));
    at += count;
  }
}
