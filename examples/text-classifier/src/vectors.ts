/** A corpus as sparse rows: its vocabulary, and the vector of each document end to end. */

import type { Corpus } from './corpus.ts';
import type { Rows } from './logistic.ts';
import { learnTerms } from './terms.ts';
import type { Vocabulary } from './vocabulary.ts';

const MOST_TERMS = 2 ** 18;
/** A weight for every term and label, 32 MB of them: where there are many labels, they make do with fewer terms. */
const MOST_WEIGHTS = 2 ** 23;

export function vectorise(corpus: Corpus, documents: Uint32Array): { vocabulary: Vocabulary; rows: Rows } {
  const most = Math.min(MOST_TERMS, Math.floor(MOST_WEIGHTS / corpus.labels.length));
  const { vocabulary, here } = learnTerms(corpus, documents, most);
  const vectors = Array.from(documents, (document) => {
    const words = corpus.wordsAt(document);
    const ids = new Int32Array(words.length);
    for (let at = 0; at < words.length; at++) ids[at] = here[words[at] as number] as number;
    return vocabulary.weigh(ids);
  });
  const starts = new Uint32Array(vectors.length + 1);
  for (const [row, { columns }] of vectors.entries()) starts[row + 1] = (starts[row] as number) + columns.length;
  const entries = starts[vectors.length] as number;
  const [columns, values] = [new Uint32Array(entries), new Float32Array(entries)];
  for (const [row, vector] of vectors.entries()) {
    columns.set(vector.columns, starts[row]);
    values.set(vector.values, starts[row]);
  }
  return { vocabulary, rows: { starts, columns, values, width: vocabulary.width } };
}
