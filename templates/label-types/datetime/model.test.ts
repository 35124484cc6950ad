/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

test('of two dates, the one is meant that stands after the same word as where people answered', async () => {
  const backend = await createTestBackend(Model);
  const { toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const read = async (...texts: string[]) => {
    const { results } = await backend.predict(texts.map((text) => ({ data: { [dataKey]: text } })));
    return results.map(({ result }) => result[0]?.value);
  };
  const [one, other] = ['2024-02-03T10:11', '2025-11-12T13:14'];
  // As the control's format has them.
  const [first, second] = await read(one, other);
  const answer = { from_name: control, to_name: object, type: 'datetime', value: second ?? {} };
  const data = { [dataKey]: `xyzzy ${one} plugh ${other}` };
  const version = await backend.train([{ id: 1, data, annotations: [{ result: [answer] }] }]);
  const answers = await read(`xyzzy ${other} plugh ${one}`, `plugh ${other} xyzzy ${one}`);
  await backend.close();
  assert.is(version, 'v1');
  assert.is.not(first?.datetime, second?.datetime);
  assert.equal(answers, [first, second]);
});

test('days and times that do not exist are none', async () => {
  const backend = await createTestBackend(Model);
  const text = '31 February 2025, 30.13.2025, 2025-00-10, 12 Brumaire 2025, 47:11 and 11:98';
  const { results } = await backend.predict([{ data: { [dataKey]: text } }]);
  await backend.close();
  assert.equal(results[0]?.result, []);
});

test.run();
