/** What the classifier learns: the optimum, sense from little, and what it was measured to be worth on real texts. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextClassifier } from '../../examples/text-classifier/src/classifier.ts';
import { Corpus } from '../../examples/text-classifier/src/corpus.ts';
import { heldOutAccuracy } from '../../examples/text-classifier/src/held-out.ts';
import { fitLogistic, type Rows } from '../../examples/text-classifier/src/logistic.ts';
import { corpusOf, readPackages, WEATHER } from './corpora.ts';

/** Rows without their zeros. */
function sparse(matrix: number[][]): Rows {
  const entries = matrix.map((row) => [...row.entries()].filter(([, value]) => value !== 0));
  const starts = new Uint32Array(matrix.length + 1);
  for (const [row, { length }] of entries.entries()) starts[row + 1] = (starts[row] ?? 0) + length;
  const flat = entries.flat();
  return {
    starts,
    columns: Uint32Array.from(flat, ([column]) => column),
    values: Float32Array.from(flat, ([, value]) => value),
    width: matrix[0]?.length ?? 0,
  };
}

/** scikit-learn's quickstart pipeline on the same split: 0.795 and 1.06. */
const FLOOR = { accuracy: 0.795, loss: 0.7 };

const numbers = (line: string): number[] => line.split(' ').map(Number);
const probability = (weights: Float64Array, row: number[]): number =>
  1 / (1 + Math.exp(-row.reduce((sum, value, column) => sum + value * (weights[column] ?? 0), 0)));

test('logistic regression ends where the penalty and the errors are in balance', () => {
  const random = Array.from(
    { length: 60 },
    (_, i) => `${Math.sin(i)} ${Math.cos(i)} ${Math.sin(i * i)} ${+(i % 7 < 3)}`,
  );
  // The last number of a row is its truth.
  const problems = {
    'each its own': ['1 0 1', '0 1 0'],
    'the same row with both answers': ['1 1', '1 0', '1 1'],
    'one side only': ['0.5 0.75 1', '1 0 1'],
    'empty rows': ['0 0 1', '0 0 0', '1 0 0'],
    'no pattern': random,
  };
  for (const [name, lines] of Object.entries(problems)) {
    for (const C of [0.1, 10, 1000]) {
      const matrix = lines.map((line) => numbers(line).slice(0, -1));
      const truth = lines.map((line) => numbers(line).at(-1) ?? 0);
      const options = { C, tolerance: 1e-6, maxPasses: 50_000 };
      const weights = fitLogistic(sparse(matrix), Uint8Array.from(truth), options);
      // At the optimum w = C * sum of (truth - probability) * row; the bias is a column of ones.
      const rows = matrix.map((row) => [...row, 1]);
      const errors = rows.map((row, at) => (truth[at] ?? 0) - probability(weights, row));
      for (const [column, weight] of weights.entries()) {
        const expected = rows.reduce((sum, row, at) => sum + C * (errors[at] ?? 0) * (row[column] ?? 0), 0);
        const miss = Math.abs(weight - expected);
        assert.ok(
          miss <= 0.01 * (1 + Math.abs(weight)),
          `${name}, C ${C}, column ${column}: ${weight}, not ${expected}`,
        );
      }
    }
  }
});

test('given little or nothing, it still answers', () => {
  const cases: Array<[name: string, documents: string[], text: string, best: string, low: number, high: number]> = [
    ['two texts', ['hot: tea', 'cold: ice'], 'ice', 'cold', 0.9, 1],
    ['one label', ['hot: tea', 'hot: cocoa'], 'ice', 'hot', 1, 1],
    ['one text', ['hot: tea'], '', 'hot', 1, 1],
    ['empty texts', ['a: ', 'b: ', 'b: '], '', 'b', 0.64, 0.68],
    ['unseen words', [...WEATHER, 'wet: rain', 'wet: rain'], 'zebra', 'wet', 0.5, 0.75],
    ['one text, two labels', ['a: tea', 'b: tea'], 'tea', 'a', 0.5, 0.52],
    ['punctuation only', ['a: !!!', 'a: ???', 'b: tea'], '...', 'a', 0.8, 1],
    ['another script', ['天気: 東京の天気', '魚: 赤い魚'], '天気', '天気', 0.8, 1],
  ];
  for (const [name, documents, text, best, low, high] of cases) {
    const classifier = TextClassifier.train(corpusOf(...documents));
    const probabilities = [...classifier.probabilities(text)];
    const highest = Math.max(...probabilities);
    assert.is(classifier.labels[probabilities.indexOf(highest)], best, `${name}: ${probabilities}`);
    assert.ok(highest >= low && highest <= high, `${name}: ${highest} is not within ${low} and ${high}`);
    assert.ok(Math.abs(probabilities.reduce((sum, one) => sum + one, 0) - 1) < 1e-9, name);
  }
  assert.throws(() => TextClassifier.train(new Corpus()), /no document has a label/);
});

test('a label that only held-back documents have stays unlikely', () => {
  const corpus = corpusOf(...WEATHER, 'white: snow');
  const classifier = TextClassifier.train(corpus, corpus.all().slice(0, 4));
  assert.equal(classifier.labels, ['wet', 'dry', 'white']);
  assert.ok((classifier.probabilities('snow')[2] ?? 1) < 0.1);
});

test('on real texts it is as good as it was measured to be', () => {
  const texts = readPackages();
  assert.is(texts.length, 1200);
  const corpus = new Corpus();
  for (const { text, label } of texts.slice(0, 400)) corpus.add(text, [label]);
  const classifier = TextClassifier.train(corpus);
  const exam = texts.slice(400).map(({ text, label }) => {
    const probabilities = classifier.probabilities(text);
    const truth = probabilities[classifier.labels.indexOf(label)] ?? 0;
    return { right: truth === Math.max(...probabilities), loss: -Math.log(truth) };
  });
  const accuracy = exam.filter(({ right }) => right).length / exam.length;
  const loss = exam.reduce((sum, one) => sum + one.loss, 0) / exam.length;
  assert.ok(accuracy >= FLOOR.accuracy, `accuracy ${accuracy}`);
  assert.ok(loss <= FLOOR.loss, `log-loss ${loss}`);
  const reported = heldOutAccuracy(corpus, false) ?? Number.NaN;
  assert.ok(Math.abs(reported - accuracy) < 0.1, `fit() would report ${reported} for ${accuracy}`);
  assert.is(heldOutAccuracy(corpusOf(...WEATHER), false), null);
});

test.run();
