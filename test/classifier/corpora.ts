/** Small labelled texts, written as 'label: text' or 'label+label: text'. */

import { readFileSync } from 'node:fs';
import { Corpus } from '../../examples/text-classifier/src/corpus.ts';

export function corpusOf(...documents: string[]): Corpus {
  const corpus = new Corpus();
  for (const document of documents) {
    const [labels = '', text = ''] = document.split(': ');
    corpus.add(text, labels.split('+'));
  }
  return corpus;
}

export const WEATHER: readonly string[] = [
  'wet: rain and wind',
  'wet: more rain, much rain',
  'dry: sun all day',
  'dry: a dry day with sun',
];

/** The texts that come with the example, in their order. */
export function readPackages(): Array<{ label: string; text: string }> {
  const file = new URL('../../examples/text-classifier/texts/packages.tsv', import.meta.url);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line) => {
    const [label = '', , text = ''] = line.split('\t');
    return { label, text };
  });
}
