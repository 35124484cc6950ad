/** A classifier's file: the same for the same texts, complete when it comes back, refused when it is damaged. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TextClassifier } from '../../examples/text-classifier/src/classifier.ts';
import { loadClassifier, saveClassifier } from '../../examples/text-classifier/src/saved.ts';
import { corpusOf, WEATHER } from './corpora.ts';

const directory = mkdtempSync(join(tmpdir(), 'classifier-'));
const test = suite('saved classifier');
test.after(() => rmSync(directory, { recursive: true, force: true }));

test('the same texts give the same file, byte by byte', async () => {
  for (const name of ['one', 'two']) {
    await saveClassifier(join(directory, name), TextClassifier.train(corpusOf(...WEATHER)));
  }
  assert.is(Buffer.compare(readFileSync(join(directory, 'one')), readFileSync(join(directory, 'two'))), 0);
});

test('what was saved comes back', async () => {
  const cases = [WEATHER, ['only "quoted"\n label: '], ['ü: 東京 été', 'b: x y x y']];
  for (const documents of cases) {
    const classifier = TextClassifier.train(corpusOf(...documents));
    const file = join(directory, 'saved');
    await saveClassifier(file, classifier);
    const loaded = await loadClassifier(file);
    assert.equal(loaded.labels, classifier.labels);
    for (const text of ['', 'rain and sun', 'x y été', '京']) {
      assert.equal(loaded.probabilities(text), classifier.probabilities(text), text);
    }
  }
});

test('a damaged file is refused, with its name and what is wrong', async () => {
  const good = join(directory, 'good');
  await saveClassifier(good, TextClassifier.train(corpusOf(...WEATHER)));
  const bytes = readFileSync(good);
  const start = bytes.indexOf(10) + 1;
  const header = JSON.parse(bytes.toString('utf8', 0, start)) as Record<string, unknown>;
  const withHeader = (changes: Record<string, unknown>): Buffer =>
    Buffer.concat([Buffer.from(`${JSON.stringify({ ...header, ...changes })}\n`), bytes.subarray(start)]);
  const flipped = Buffer.from(bytes);
  flipped[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
  const cases: Array<[content: Buffer | string, reason: string]> = [
    ['', 'it does not begin with a line of JSON'],
    ['\0\0\0\n', 'it does not begin with a line of JSON'],
    ['null\n', "its format is undefined, needed is 'text-classifier 1'"],
    [bytes.subarray(0, start - 1), 'it does not begin with a line of JSON'],
    [bytes.subarray(0, -1), `it has ${bytes.length - start - 1} bytes of weights instead of ${bytes.length - start}`],
    [
      Buffer.concat([bytes, Buffer.from('x')]),
      `it has ${bytes.length - start + 1} bytes of weights instead of ${bytes.length - start}`,
    ],
    [flipped, 'its bytes are not those that were written'],
    [withHeader({ format: 'text-classifier 2' }), `its format is "text-classifier 2", needed is 'text-classifier 1'`],
    [withHeader({ labels: [] }), 'its labels are not a list of texts'],
    [withHeader({ labels: ['a', 1] }), 'its labels are not a list of texts'],
    [withHeader({ labels: ['wet'] }), 'its first line and its weights do not belong together'],
    [withHeader({ words: -1 }), "its 'words' is no count"],
    [withHeader({ pairs: undefined }), "its 'pairs' is no count"],
    [
      withHeader({ byteOrder: header.byteOrder === 'LE' ? 'BE' : 'LE' }),
      'its numbers are in the byte order of another kind of machine',
    ],
  ];
  const file = join(directory, 'damaged');
  for (const [content, reason] of cases) {
    writeFileSync(file, content);
    const message = await loadClassifier(file).then(
      () => 'loaded',
      (error: Error) => error.message,
    );
    assert.is(message, `${file} is not a classifier that was saved here: ${reason}. Train again to replace it.`);
  }
  assert.equal((await loadClassifier(good)).labels, ['wet', 'dry']);
});

test.run();
