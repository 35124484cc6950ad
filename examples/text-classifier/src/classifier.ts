/** The classifier: TF-IDF vectors, and a logistic regression per label. */

import type { Corpus } from './corpus.ts';
import { fitLogistic } from './logistic.ts';
import { vectorise } from './vectors.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Measured on 400 to 8,000 texts, with right and with partly wrong labels: less blurs the probabilities, more gains nothing. */
const C = 50;
const MAX_PASSES = 100;

/** Few texts are worth learning to the last digit; many gain nothing from it but the wait. */
function toleranceFor(documents: number): number {
  return documents < 1000 ? 0.1 : 1;
}

export class TextClassifier {
  readonly labels: string[];
  readonly vocabulary: Vocabulary;
  /** By label: what speaks for it before a word is read. */
  readonly bias: Float32Array;
  /** By column, then by label. */
  readonly weights: Float32Array;

  constructor(labels: string[], vocabulary: Vocabulary, bias: Float32Array, weights: Float32Array) {
    this.labels = labels;
    this.vocabulary = vocabulary;
    this.bias = bias;
    this.weights = weights;
  }

  /**
   * Learns all labels of the corpus, from these documents or all. Time and memory grow linearly with words and labels.
   * @throws RangeError when the corpus has no label
   */
  static train(corpus: Corpus, documents = corpus.all()): TextClassifier {
    const labels = [...corpus.labels];
    if (labels.length === 0) throw new RangeError('nothing to learn from: no document has a label');
    const { vocabulary, rows } = vectorise(corpus, documents);
    const options = { C, maxPasses: MAX_PASSES, tolerance: toleranceFor(documents.length) };
    const bias = new Float32Array(labels.length);
    const weights = new Float32Array(rows.width * labels.length);
    for (const label of labels.keys()) {
      const truth = Uint8Array.from(documents, (document) => (corpus.labelsAt(document).includes(label) ? 1 : 0));
      const learned = fitLogistic(rows, truth, options);
      for (let column = 0; column < rows.width; column++) {
        weights[column * labels.length + label] = learned[column] as number;
      }
      bias[label] = learned[rows.width] as number;
    }
    return new TextClassifier(labels, vocabulary, bias, weights);
  }

  /** By label: the probability that it applies, whatever the others do. For texts that may have several labels. */
  likelihoods(text: string): Float64Array {
    const { labels, vocabulary, weights } = this;
    const { columns, values } = vocabulary.vectorOf(text);
    const count = labels.length;
    const scores = new Float64Array(this.bias);
    for (let at = 0; at < columns.length; at++) {
      const row = (columns[at] as number) * count;
      const value = values[at] as number;
      for (let label = 0; label < count; label++) {
        scores[label] = (scores[label] as number) + value * (weights[row + label] as number);
      }
    }
    for (let label = 0; label < count; label++) scores[label] = 1 / (1 + Math.exp(-(scores[label] as number)));
    return scores;
  }

  /** By label: the probability that it is the one. They add up to 1. */
  probabilities(text: string): Float64Array {
    const likelihoods = this.likelihoods(text);
    const sum = likelihoods.reduce((total, likelihood) => total + likelihood, 0);
    return likelihoods.map((likelihood) => likelihood / sum);
  }
}
