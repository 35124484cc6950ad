/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

test('words get the stars that people give to texts with them', async () => {
  const backend = await createTestBackend(Model);
  const { toName: [object = ''] = [], attrs = {} } = { ...backend.config.controls.get(control) };
  const most = Number(attrs.maxRating || 5);
  const rate = (id: number, text: string, rating: number) => {
    const answer = { from_name: control, to_name: object, type: 'rating', value: { rating } };
    return { id, data: { [dataKey]: text }, annotations: [{ result: [answer] }] };
  };
  const version = await backend.train([rate(1, 'xyzzy plugh', most), rate(2, 'quux frobozz', 1)]);
  const texts = ['plugh, and xyzzy', 'quux (frobozz)', 'grue'];
  const { results } = await backend.predict(texts.map((text) => ({ data: { [dataKey]: text } })));
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results.map(({ result }) => result.map(({ value }) => value)),
    [[{ rating: most }], [{ rating: 1 }], []],
  );
});

test('before that, good words get more stars than bad ones', async () => {
  const backend = await createTestBackend(Model);
  const most = Number(backend.config.controls.get(control)?.attrs.maxRating || 5);
  const texts = ['Perfect, I love it', 'awful and useless'];
  const { results } = await backend.predict(texts.map((text) => ({ data: { [dataKey]: text } })));
  await backend.close();
  assert.equal(
    results.map(({ result }) => result[0]?.value),
    [{ rating: most }, { rating: 1 }],
  );
});

test.run();
