/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

test('a phrase that people marked is found again, in any text and after any emoji', async () => {
  const backend = await createTestBackend(Model);
  const { flat = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const labels = flat.slice(-1);
  const marked = { from_name: control, to_name: object, type: 'labels', value: { start: 4, end: 16, labels } };
  const annotated = { id: 1, data: { [dataKey]: 'the quantum flux rose' }, annotations: [{ result: [marked] }] };
  const version = await backend.train([annotated]);
  const { results } = await backend.predict([{ id: 2, data: { [dataKey]: '📮 no quantum flux today' } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results[0]?.result.map(({ value }) => value),
    [{ start: 5, end: 17, text: 'quantum flux', labels }],
  );
});

test('before that, capitalised names are, though not the first word of a sentence', async () => {
  const backend = await createTestBackend(Model);
  const text = 'The lady is Ada Lovelace. She lives in Paris.';
  const { results } = await backend.predict([{ id: 1, data: { [dataKey]: text } }]);
  await backend.close();
  assert.equal(
    results[0]?.result.map(({ value }) => value?.text),
    ['Ada Lovelace', 'Paris'],
  );
});

test.run();
