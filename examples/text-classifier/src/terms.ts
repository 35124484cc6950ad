/** Which words and word pairs of a corpus are worth a column, and how much each tells. */

import type { Corpus } from './corpus.ts';
import { pairKey, splitPairKey, Vocabulary } from './vocabulary.ts';

/** Pairs that are counted at a time; beyond it new ones are left out, as a Map ends at 16 million entries. */
const MOST_CANDIDATES = 4_000_000;

/** A word of one document still says what that document's label sounds like; a pair of one document only recalls it. */
const MIN_DOCUMENTS = { word: 1, pair: 2 };

/** A pair says again what its words have said: at full weight it costs a point of accuracy on short texts. */
const PAIR_WEIGHT = 0.5;

export interface Terms {
  vocabulary: Vocabulary;
  /** By word of the corpus: its number in the vocabulary, or -1. */
  here: Int32Array;
}

/**
 * Picks the vocabulary from some documents of a corpus: two walks over their words. Where there are more than `most`
 * terms, those in the most documents stay, at most half of them words.
 */
export function learnTerms(corpus: Corpus, documents: Uint32Array, most: number): Terms {
  const wordCounts = countWords(corpus, documents);
  const words = mostFrequent(wordCounts, MIN_DOCUMENTS.word, Math.ceil(most / 2));
  const here = new Int32Array(corpus.words.length).fill(-1);
  for (const [id, word] of words.entries()) here[word] = id;

  const candidates = countPairs(corpus, documents, here);
  const chosen = mostFrequent(candidates.counts, MIN_DOCUMENTS.pair, most - words.length);
  const pairs = new Uint32Array(chosen.length * 2);
  for (const [at, candidate] of chosen.entries()) pairs.set(splitPairKey(candidates.keys[candidate] as number), at * 2);

  const idf = new Float32Array(words.length + chosen.length);
  for (const [id, word] of words.entries()) idf[id] = weightOf(wordCounts[word] as number, documents.length);
  for (const [at, candidate] of chosen.entries()) {
    idf[words.length + at] = PAIR_WEIGHT * weightOf(candidates.counts[candidate] as number, documents.length);
  }
  const spelled = Array.from(words, (word) => corpus.words[word] as string);
  return { vocabulary: new Vocabulary(spelled, pairs, idf), here };
}

/** Smooth inverse document frequency: a term of every document weighs 1, a rare one more (scikit-learn's formula). */
function weightOf(count: number, documents: number): number {
  return Math.log((1 + documents) / (1 + count)) + 1;
}

/** By word of the corpus: in how many of the documents it is. */
function countWords(corpus: Corpus, documents: Uint32Array): Uint32Array {
  const counts = new Uint32Array(corpus.words.length);
  const lastSeen = new Uint32Array(corpus.words.length);
  let turn = 0;
  for (const document of documents) {
    turn++;
    for (const word of corpus.wordsAt(document)) {
      if (lastSeen[word] === turn) continue;
      lastSeen[word] = turn;
      counts[word] = (counts[word] as number) + 1;
    }
  }
  return counts;
}

/** A pair is in no more documents than either of its words, so only pairs of words that were kept need counting. */
function countPairs(corpus: Corpus, documents: Uint32Array, here: Int32Array): { keys: number[]; counts: Uint32Array } {
  const candidates = new Map<number, number>();
  const keys: number[] = [];
  const counts: number[] = [];
  const lastSeen: number[] = [];
  let turn = 0;
  for (const document of documents) {
    turn++;
    let previous = -1;
    for (const word of corpus.wordsAt(document)) {
      const id = here[word] as number;
      if (id >= 0 && previous >= 0) count(pairKey(previous, id));
      previous = id;
    }
  }
  return { keys, counts: Uint32Array.from(counts) };

  function count(key: number): void {
    const candidate = candidates.get(key);
    if (candidate === undefined) {
      if (keys.length >= MOST_CANDIDATES) return;
      candidates.set(key, keys.length);
      keys.push(key);
      counts.push(1);
      lastSeen.push(turn);
    } else if (lastSeen[candidate] !== turn) {
      lastSeen[candidate] = turn;
      counts[candidate] = (counts[candidate] as number) + 1;
    }
  }
}

/** The positions with a count of at least `least`; where these are too many, the `most` highest, earlier ones first. */
function mostFrequent(counts: Uint32Array, least: number, most: number): Uint32Array {
  const enough = counts.filter((count) => count >= least).sort();
  const bar = enough.length > most ? (enough[enough.length - most] ?? Infinity) : least;
  let atBar = most - enough.filter((count) => count > bar).length;
  const positions: number[] = [];
  for (const [position, count] of counts.entries()) {
    if (count > bar || (count === bar && atBar-- > 0)) positions.push(position);
  }
  return Uint32Array.from(positions);
}
