/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

test('a text goes where people put a text like it', async () => {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const answer = { from_name: control, to_name: object, type: 'choices', value: { choices: labels.slice(-1) } };
  const annotated = { id: 1, data: { [dataKey]: 'xyzzy plugh quux' }, annotations: [{ result: [answer] }] };
  const version = await backend.train([annotated]);
  const { results } = await backend.predict([{ id: 2, data: { [dataKey]: 'again xyzzy and plugh' } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(results[0]?.result[0]?.value, answer.value);
});

test('the choice is never less likely than chance', async () => {
  const backend = await createTestBackend(Model);
  const { flat: labels = [] } = { ...backend.config.controls.get(control) };
  const { results } = await backend.predict(backend.tasks);
  await backend.close();
  for (const { score } of results) assert.ok(score >= 1 / labels.length - 1e-9, `${score} of ${labels.length} choices`);
});

test.run();
