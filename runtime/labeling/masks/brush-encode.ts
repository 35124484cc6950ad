/** Masks to the editor's run-length encoding, byte for byte as its own encoders write it. */

import { fail } from '../../errors.ts';
import { BitWriter } from './bits.ts';

/**
 * Whose bytes to write: the editor's (rle-pack) or the reference SDK's. Both decode to the same; they differ in how
 * single words and what is left of very long runs are written, and the SDK appends a zero byte to whole bytes.
 */
export type RleEncoder = 'editor' | 'sdk';

/** Bits of a block's length, by class. */
export const RLE_SIZES = [3, 4, 8, 16] as const;
/** The longest block. */
const LONGEST = 65_536;
/** The header has 32 bits for the number of words; 4 of them are a pixel. */
const MOST_WORDS = 0xffff_ffff;

/** Words as they are. For a mask use encodeMask(): it writes each pixel as the four words that it is. */
export function encodeRle(words: Uint8Array, encoder: RleEncoder = 'editor'): Uint8Array {
  return encode(words, 1, encoder);
}

/**
 * A mask, one byte a pixel, row by row: 0 is background, anything else the pixel's opacity (255 where you have none).
 * A mask of 0 and 1 draws next to nothing: multiply by 255.
 * @throws InputError when it is empty or too large for the format
 */
export function encodeMask(mask: Uint8Array | Uint8ClampedArray, encoder: RleEncoder = 'editor'): Uint8Array {
  return encode(mask, 4, encoder);
}

function encode(values: Uint8Array | Uint8ClampedArray, repeat: 1 | 4, encoder: RleEncoder): Uint8Array {
  const words = values.length * repeat;
  if (words === 0 || words > MOST_WORDS) fail(`brush: nothing to encode, or too much for the format: ${words} words`);
  const blocks = new BlockWriter(words, encoder);
  // Four equal neighbours are compared at once: most of a mask is like its surroundings.
  const aligned = values.byteOffset % 4 === 0;
  const fours = aligned ? new Uint32Array(values.buffer, values.byteOffset, values.length >>> 2) : new Uint32Array(0);
  for (let start = 0, end = 0; start < values.length; start = end) {
    const value = values[start] ?? 0;
    const four = Math.imul(value, 0x01010101) >>> 0;
    end = start + 1;
    while (end < values.length && (end & 3) !== 0 && values[end] === value) end++;
    if ((end & 3) === 0) for (let at = end >>> 2; at < fours.length && fours[at] === four; at++) end += 4;
    while (end < values.length && values[end] === value) end++;
    blocks.run((end - start) * repeat, value);
  }
  return blocks.finish();
}

class BlockWriter {
  readonly #bits = new BitWriter();
  readonly #sdk: boolean;
  /** Words that differ from both neighbours, until the next run. */
  #singles: number[] = [];

  constructor(words: number, encoder: RleEncoder) {
    this.#sdk = encoder === 'sdk';
    this.#bits.write(words >>> 16, 16);
    this.#bits.write(words & 0xffff, 16);
    this.#bits.write(8 - 1, 5);
    for (const size of RLE_SIZES) this.#bits.write(size - 1, 4);
  }

  run(length: number, word: number): void {
    let left = length;
    if (left > 1) this.#flush();
    for (; left > LONGEST; left -= LONGEST) this.#block(1, LONGEST, word);
    if (left > 1 || (this.#sdk && length > 1)) {
      // The SDK keeps to the longest class in what is left of a long run.
      this.#block(1, left, word, this.#sdk && length > LONGEST);
    } else {
      this.#singles.push(word);
      if (this.#sdk || this.#singles.length === LONGEST) this.#flush();
    }
  }

  finish(): Uint8Array {
    const [last] = this.#singles;
    if (this.#singles.length === 1 && last !== undefined) {
      this.#singles = [];
      this.#block(1, 1, last);
    }
    this.#flush();
    return this.#bits.finish(this.#sdk);
  }

  #flush(): void {
    if (this.#singles.length === 0) return;
    const [first = 0, ...others] = this.#singles;
    this.#block(0, this.#singles.length, first);
    for (const word of others) this.#bits.write(word, 8);
    this.#singles = [];
  }

  /** A run, or the head and first word of a literal. */
  #block(flag: 0 | 1, length: number, word: number, long = false): void {
    const count = length - 1;
    const group = long ? 3 : count < 8 ? 0 : count < 16 ? 1 : count < 256 ? 2 : 3;
    const size = RLE_SIZES[group] ?? 16;
    this.#bits.write((((flag << 2) | group) << size) | count, size + 3);
    this.#bits.write(word, 8);
  }
}
