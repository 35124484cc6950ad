/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

/** A backend, and what its labeling config calls things. */
async function open() {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const { textKey = 'text' } = { ...backend.config.objects.get(object)?.attrs };
  const say = (...texts: string[]) => ({ [dataKey]: texts.map((text) => ({ [textKey]: text })) });
  return { backend, labels, object, say };
}

test('questions are marked in their paragraph, after any emoji', async () => {
  const { backend, labels, say } = await open();
  const data = say('Hello.', '📮 Good day. Where is it? Tell me.');
  const { results } = await backend.predict([{ id: 1, data }]);
  await backend.close();
  const value = { start: '1', end: '1', startOffset: 12, endOffset: 24, text: 'Where is it?' };
  assert.equal(
    results[0]?.result.map((region) => region.value),
    [{ ...value, paragraphlabels: labels.slice(0, 1) }],
  );
});

test('a sentence gets the label of the span that it reads like, and questions what people call them', async () => {
  const { backend, labels, object, say } = await open();
  const [first = '', last = first] = [labels[0], labels.at(-1)];
  const mark = (item: string, startOffset: number, endOffset: number, label: string) => {
    const value = { start: item, end: item, startOffset, endOffset, paragraphlabels: [label] };
    return { from_name: control, to_name: object, type: 'paragraphlabels', value };
  };
  const data = say('📮 We will send it today.', 'Really?');
  const version = await backend.train([
    { id: 1, data, annotations: [{ result: [mark('0', 2, 24, first), mark('1', 0, 7, last)] }] },
  ]);
  const { results } = await backend.predict([{ id: 2, data: say('Why? We will send it on Monday. Bye.') }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results[0]?.result.map(({ value }) => [value?.text, value?.paragraphlabels]),
    [
      ['Why?', [last]],
      ['We will send it on Monday.', [first]],
    ],
  );
});

test.run();
