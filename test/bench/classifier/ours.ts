/** Our side: the example's classifier on the texts of a JSON file, its figures as one JSON line. */

import { readFileSync } from 'node:fs';
import { TextClassifier } from '../../../examples/text-classifier/src/classifier.ts';
import { Corpus } from '../../../examples/text-classifier/src/corpus.ts';
import { vectorise } from '../../../examples/text-classifier/src/vectors.ts';

const [file = ''] = process.argv.slice(2);
const { train, test } = JSON.parse(readFileSync(file, 'utf8')) as Record<'train' | 'test', Array<[string, string]>>;

const started = performance.now();
const corpus = new Corpus();
for (const [text, label] of train) corpus.add(text, [label]);
vectorise(corpus, corpus.all());
const vectorised = performance.now();
// Vectorises once more: the figure is the whole of what fit() does after reading the texts.
const classifier = TextClassifier.train(corpus);
const trained = performance.now();
const answers = test.map(([text]) => classifier.probabilities(text));
const answered = performance.now();

const known = test.map(([, label]) => classifier.labels.indexOf(label));
const right = answers.filter((answer, index) => answer.indexOf(Math.max(...answer)) === known[index]);
const losses = answers.flatMap((answer, index) => {
  const probability = answer[known[index] ?? -1];
  return probability === undefined ? [] : [-Math.log(probability)];
});
console.log(
  JSON.stringify({
    name: 'text-classifier',
    vectorise: (vectorised - started) / 1000,
    train: (trained - vectorised) / 1000,
    accuracy: right.length / test.length,
    logLoss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    microseconds: ((answered - trained) * 1000) / test.length,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
