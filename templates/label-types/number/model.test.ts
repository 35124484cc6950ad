/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

test('the quantity is the number beside the word that stood beside it where people answered', async () => {
  const backend = await createTestBackend(Model);
  const { toName: [object = ''] = [], attrs = {} } = { ...backend.config.controls.get(control) };
  const one = Number(attrs.min || 0);
  const other = one + Number(attrs.step || (attrs.max ? Number(attrs.max) - one : 1));
  const answer = { from_name: control, to_name: object, type: 'number', value: { number: other } };
  const data = { [dataKey]: `at ${one} xyzzy, with ${other} plugh` };
  const version = await backend.train([{ id: 1, data, annotations: [{ result: [answer] }] }]);
  const texts = [`by ${other} xyzzy, on ${one} plugh`, `by ${one} plugh, on ${other} xyzzy`, 'none'];
  const { results } = await backend.predict(texts.map((text) => ({ data: { [dataKey]: text } })));
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results.map(({ result }) => result.map(({ value }) => value)),
    [[{ number: one }], [{ number: one }], []],
  );
});

test('what the control does not take is no quantity', async () => {
  const backend = await createTestBackend(Model);
  const { min, max } = { ...backend.config.controls.get(control)?.attrs };
  const outside = [...(min ? [Number(min) - 1] : []), ...(max ? [Number(max) + 1] : [])];
  const { results } = await backend.predict([{ data: { [dataKey]: `neither ${outside.join(' nor ')} nor B52` } }]);
  await backend.close();
  assert.equal(results[0]?.result, []);
});

test.run();
