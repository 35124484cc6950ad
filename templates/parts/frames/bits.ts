/** Reads bits and Exp-Golomb numbers, as H.264 has them. */

import { fail } from './runtime/errors.ts';

export class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** @param unit of the stream; the 3 behind two zeros, which keeps them from looking like a start, is left out */
  constructor(unit: Uint8Array) {
    this.#bytes = unit.filter((byte, at) => !(byte === 3 && unit[at - 1] === 0 && unit[at - 2] === 0));
  }

  read(count: number): number {
    let value = 0;
    for (let k = 0; k < count; k++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3] ?? fail('the H.264 stream is cut off');
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  unsigned(): number {
    let zeros = 0;
    while (this.read(1) === 0) zeros++;
    return zeros > 31 ? fail('the H.264 stream is damaged') : 2 ** zeros - 1 + this.read(zeros);
  }

  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }

  /** Whole bytes, from the next one on. */
  bytes(count: number): Uint8Array {
    const start = (this.#at + 7) >> 3;
    this.#at = (start + count) * 8;
    return start + count <= this.#bytes.length
      ? this.#bytes.subarray(start, start + count)
      : fail('the H.264 stream is cut off');
  }

  /** Whether anything is left but the bit that ends a unit. */
  more(): boolean {
    let last = this.#bytes.length - 1;
    while (last > 0 && this.#bytes[last] === 0) last--;
    const end = last * 8 + 7 - Math.log2((this.#bytes[last] ?? 0) & -(this.#bytes[last] ?? 0));
    return this.#at < end;
  }
}
