/** A text as numbers: TF-IDF weights of its words and word pairs, as a sparse vector of length one. */

import { wordsOf } from './words.ts';

/** More words than a vocabulary may have: two word numbers become one exact number. */
const PAIR = 2 ** 24;

/** One number for two words in a row. */
export function pairKey(first: number, second: number): number {
  return first * PAIR + second;
}

export function splitPairKey(key: number): [first: number, second: number] {
  return [Math.floor(key / PAIR), key % PAIR];
}

/** The columns that a text has, in ascending order, and their weights. */
export interface Vector {
  columns: Uint32Array;
  values: Float32Array;
}

/** The terms that count. Column numbers: words first, then pairs. */
export class Vocabulary {
  readonly words: string[];
  /** Two word numbers per pair. */
  readonly pairs: Uint32Array;
  /** By column: how much a term tells, see weightOf() in terms.ts. */
  readonly idf: Float32Array;
  readonly #wordIds: Map<string, number>;
  readonly #pairIds = new Map<number, number>();

  constructor(words: string[], pairs: Uint32Array, idf: Float32Array) {
    this.words = words;
    this.pairs = pairs;
    this.idf = idf;
    this.#wordIds = new Map(words.map((word, id) => [word, id]));
    for (let at = 0; at < pairs.length; at += 2) {
      this.#pairIds.set(pairKey(pairs[at] as number, pairs[at + 1] as number), words.length + at / 2);
    }
  }

  /** Number of columns. */
  get width(): number {
    return this.idf.length;
  }

  /** The vector of a text; empty when none of its words is known. */
  vectorOf(text: string): Vector {
    const words = wordsOf(text);
    const ids = new Int32Array(words.length);
    for (let at = 0; at < words.length; at++) ids[at] = this.#wordIds.get(words[at] as string) ?? -1;
    return this.weigh(ids);
  }

  /** The vector of a text given as word numbers, -1 for a word that is not in the vocabulary. */
  weigh(words: Int32Array): Vector {
    const found = new Uint32Array(words.length * 2);
    let count = 0;
    let previous = -1;
    for (const word of words) {
      if (word >= 0) {
        found[count++] = word;
        const pair = previous < 0 ? undefined : this.#pairIds.get(pairKey(previous, word));
        if (pair !== undefined) found[count++] = pair;
      }
      previous = word;
    }
    return this.#tfIdf(found.subarray(0, count).sort());
  }

  /** Counts equal neighbours; the tenth time tells less than the second, hence the logarithm. */
  #tfIdf(terms: Uint32Array): Vector {
    const columns = new Uint32Array(terms.length);
    const values = new Float32Array(terms.length);
    let length = 0;
    let squares = 0;
    for (let at = 0, next = 0; at < terms.length; at = next) {
      const column = terms[at] as number;
      while (next < terms.length && terms[next] === column) next++;
      const value = (1 + Math.log(next - at)) * (this.idf[column] as number);
      columns[length] = column;
      values[length++] = value;
      squares += value * value;
    }
    const norm = Math.sqrt(squares);
    for (let at = 0; at < length; at++) values[at] = (values[at] as number) / norm;
    return { columns: columns.subarray(0, length), values: values.subarray(0, length) };
  }
}
