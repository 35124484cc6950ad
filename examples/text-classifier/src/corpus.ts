/** Labelled texts, kept as numbered words: what training needs of them, in a fraction of their memory. */

import { wordsOf } from './words.ts';

/** Beyond this many different words in all texts, new words are left out: a Map ends at 16 million entries. */
const MOST_WORDS = 4_000_000;

export class Corpus {
  /** Every word met so far; its position is its number. */
  readonly words: string[] = [];
  /** Every label met so far. */
  readonly labels: string[] = [];
  readonly #documents: Array<{ words: Uint32Array; labels: Uint32Array }> = [];
  readonly #wordIds = new Map<string, number>();
  readonly #labelIds = new Map<string, number>();

  get size(): number {
    return this.#documents.length;
  }

  /** Adds one text with its label, or its labels where there may be several. */
  add(text: string, labels: string[]): void {
    this.#documents.push({
      words: numbered(wordsOf(text), this.#wordIds, this.words),
      labels: numbered(labels, this.#labelIds, this.labels),
    });
  }

  /** The numbers of all documents. */
  all(): Uint32Array {
    return Uint32Array.from(this.#documents, (_, document) => document);
  }

  wordsAt(document: number): Uint32Array {
    return this.#documents[document]?.words ?? new Uint32Array();
  }

  /** The words of a document, spelled: to a classifier as good as the text itself. */
  textAt(document: number): string {
    return Array.from(this.wordsAt(document), (word) => this.words[word]).join(' ');
  }

  labelsAt(document: number): Uint32Array {
    return this.#documents[document]?.labels ?? new Uint32Array();
  }
}

function numbered(names: string[], ids: Map<string, number>, known: string[]): Uint32Array {
  const numbers = new Uint32Array(names.length);
  let count = 0;
  for (const name of names) {
    let id = ids.get(name);
    if (id === undefined) {
      if (known.length >= MOST_WORDS) continue;
      id = known.push(name) - 1;
      ids.set(name, id);
    }
    numbers[count++] = id;
  }
  return count === numbers.length ? numbers : numbers.slice(0, count);
}
