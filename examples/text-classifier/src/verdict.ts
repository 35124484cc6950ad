/** From probabilities to an answer: the one label, or all that apply. */

import type { TextClassifier } from './classifier.ts';

export interface Verdict {
  /** Empty where none applies. */
  labels: string[];
  /** Confidence in that, 0..1. */
  score: number;
}

/**
 * The most probable label; with `several`, each that is more likely than not. Labels that `allowed` does not have are
 * passed over, and the others share what is left.
 */
export function judge(
  classifier: TextClassifier,
  text: string,
  { allowed, several }: { allowed: ReadonlySet<string>; several: boolean },
): Verdict {
  const likelihoods = Array.from(classifier.likelihoods(text), (score, label) => ({
    label: classifier.labels[label] as string,
    score,
  })).filter(({ label }) => allowed.has(label));
  return several ? allLikely(likelihoods) : mostLikely(likelihoods);
}

function mostLikely(likelihoods: Array<{ label: string; score: number }>): Verdict {
  const [first] = likelihoods;
  if (first === undefined) return { labels: [], score: 0 };
  const best = likelihoods.reduce((one, other) => (other.score > one.score ? other : one), first);
  return { labels: [best.label], score: best.score / likelihoods.reduce((sum, { score }) => sum + score, 0) };
}

/** Confidence of several is that of the least sure, of none that of the label which came nearest. */
function allLikely(likelihoods: Array<{ label: string; score: number }>): Verdict {
  const likely = likelihoods.filter(({ score }) => score >= 0.5);
  const score =
    likely.length > 0
      ? Math.min(...likely.map((one) => one.score))
      : 1 - likelihoods.reduce((highest, one) => Math.max(highest, one.score), 0);
  return { labels: likely.map(({ label }) => label), score };
}
