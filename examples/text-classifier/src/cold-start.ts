/** Before the first annotation: the label whose own name the text mentions. */

import type { Verdict } from './verdict.ts';
import { wordsOf } from './words.ts';

/** The beginning of a text is enough to guess from. */
const MOST_WORDS = 500;

/** A guess for any text, with the low score of a guess: certainty spread evenly, plus one share for each word that fits. */
export function createGuess(labels: readonly string[]): (text: string) => Verdict {
  const stems = labels.map((label) => wordsOf(label).map(stemOf));
  return (text) => {
    const words = [...new Set(wordsOf(text).slice(0, MOST_WORDS))];
    const shares = stems.map((of) => 1 + words.filter((word) => of.some((stem) => fits(word, stem))).length);
    const best = shares.reduce((one, share, label) => (share > (shares[one] ?? 0) ? label : one), 0);
    const label = labels[best];
    if (label === undefined) return { labels: [], score: 0 };
    return { labels: [label], score: (shares[best] ?? 0) / shares.reduce((sum, share) => sum + share, 0) };
  };
}

function stemOf(word: string): string {
  return word.length > 3 ? word.replace(/s$/, '') : word;
}

/** 'mailbox' and 'mails' fit 'Mail'; 'it' and 'item' do not fit each other. */
function fits(word: string, stem: string): boolean {
  return stem.length > 3 ? word.startsWith(stem) : word === stem;
}
