/** How good a classifier is on texts that it has not seen. */

import { TextClassifier } from './classifier.ts';
import type { Corpus } from './corpus.ts';
import { judge } from './verdict.ts';

const EVERY = 5;
/** Below this, one text more or less is several points. */
const FEWEST_DOCUMENTS = 20;

/**
 * Share of right answers on every fifth document, by a classifier that learned from the others: with `several`, all
 * labels have to be right. null with too few documents to tell.
 */
export function heldOutAccuracy(corpus: Corpus, several: boolean): number | null {
  if (corpus.size < FEWEST_DOCUMENTS) return null;
  const all = corpus.all();
  const held = all.filter((document) => document % EVERY === EVERY - 1);
  const classifier = TextClassifier.train(
    corpus,
    all.filter((document) => document % EVERY !== EVERY - 1),
  );
  const allowed = new Set(corpus.labels);
  const right = held.filter((document) => {
    const { labels } = judge(classifier, corpus.textAt(document), { allowed, several });
    const truth = Array.from(corpus.labelsAt(document), (label) => corpus.labels[label] as string);
    return labels.length === truth.length && labels.every((label) => truth.includes(label));
  });
  return Math.round((right.length / held.length) * 1000) / 1000;
}
