/** Bits in and out of bytes, the most significant bit first. */

/** Reads on; whoever calls checks `left` first, beyond the end are zeros. */
export class BitReader {
  readonly #bytes: ArrayLike<number>;
  #at = 0;

  constructor(bytes: ArrayLike<number>) {
    this.#bytes = bytes;
  }

  /** Bits that have not been read. */
  get left(): number {
    return this.#bytes.length * 8 - this.#at;
  }

  /** The next `count` bits, 1..16, as an unsigned number. */
  read(count: number): number {
    const byte = this.#at >>> 3;
    const bytes = this.#bytes;
    const three = ((bytes[byte] ?? 0) << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
    const value = (three >>> (24 - (this.#at & 7) - count)) & ((1 << count) - 1);
    this.#at += count;
    return value;
  }
}

export class BitWriter {
  #bytes = new Uint8Array(256);
  #length = 0;
  /** Bits that do not make a byte yet: at most 7 between calls. */
  #pending = 0;
  #count = 0;

  /** Appends the lowest `count` bits of `value`, 1..24. */
  write(value: number, count: number): void {
    this.#pending = (this.#pending << count) | value;
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#append(this.#pending >>> this.#count);
    }
    this.#pending &= (1 << this.#count) - 1;
  }

  /** What was written, filled up with zero bits to a whole byte; with `extra`, a whole byte where it was whole already. */
  finish(extra = false): Uint8Array {
    if (this.#count > 0 || extra) this.#append(this.#pending << (8 - this.#count));
    this.#count = 0;
    this.#pending = 0;
    return this.#bytes.slice(0, this.#length);
  }

  #append(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}
