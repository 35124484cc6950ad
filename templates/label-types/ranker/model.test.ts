/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

/** A backend, and what it calls the best and the worst column: with buckets they differ. */
async function open() {
  const backend = await createTestBackend(Model);
  const { buckets = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const best = buckets.find((bucket) => !bucket.default)?.name ?? buckets[0]?.name ?? control;
  const rest = buckets.length > 0 ? (buckets.find((bucket) => bucket.default)?.name ?? '_') : control;
  const rank = (first: string, last: string) =>
    best === rest ? { [best]: [first, last] } : { [best]: [first], [rest]: [last] };
  const ask = async (...data: Record<string, unknown>[]) => {
    const { results } = await backend.predict(data.map((one) => ({ data: one })));
    return results.map(({ result }) => {
      const ranking = (result[0]?.value?.ranker ?? {}) as Record<string, string[]>;
      return { [best]: ranking[best], [rest]: ranking[rest] };
    });
  };
  return { backend, object, rank, ask };
}

test('items with the words of those that people put on top come first', async () => {
  const { backend, object, rank, ask } = await open();
  const items = [
    { id: 'a', title: 'xyzzy', body: 'plugh' },
    { id: 'b', title: 'quux', body: 'frobozz' },
  ];
  const answer = { from_name: control, to_name: object, type: 'ranker', value: { ranker: rank('b', 'a') } };
  const version = await backend.train([{ id: 1, data: { [dataKey]: items }, annotations: [{ result: [answer] }] }]);
  const others = [
    { id: 'c', title: 'plugh', body: 'xyzzy' },
    { id: 'd', title: 'frobozz', body: 'quux' },
  ];
  const ranked = await ask({ [dataKey]: others }, { [dataKey]: others.toReversed() });
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(ranked, [rank('d', 'c'), rank('d', 'c')]);
});

test('before that, what has the words of the query comes first', async () => {
  const { backend, rank, ask } = await open();
  const items = [
    { id: 'a', title: 'Grue', body: 'It is dark.' },
    { id: 'b', title: 'Plugh', body: 'A hollow voice says xyzzy.' },
  ];
  const ranked = await ask({ [dataKey]: items, 'beside it': 'xyzzy plugh' });
  await backend.close();
  assert.equal(ranked, [rank('b', 'a')]);
});

test.run();
