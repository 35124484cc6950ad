/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

test('a text gets what people wrote for a text much like it', async () => {
  const backend = await createTestBackend(Model);
  const { toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const answer = { from_name: control, to_name: object, type: 'textarea', value: { text: ['Late again.'] } };
  const data = { [dataKey]: 'The morning train from Utrecht arrived eleven minutes late.' };
  const version = await backend.train([{ id: 1, data, annotations: [{ result: [answer] }] }]);
  const similar = 'The evening train from Utrecht arrived eleven minutes late.';
  const { results } = await backend.predict([{ id: 2, data: { [dataKey]: similar } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(results[0]?.result[0]?.value, answer.value);
});

test('before that, it gets its sentence with the words that it repeats', async () => {
  const backend = await createTestBackend(Model);
  const text = 'We met. The bridge is closed, and the closed bridge needs repairs. Coffee was served.';
  const { results } = await backend.predict([{ id: 1, data: { [dataKey]: text } }]);
  await backend.close();
  assert.equal(results[0]?.result[0]?.value, { text: ['The bridge is closed, and the closed bridge needs repairs.'] });
});

test.run();
