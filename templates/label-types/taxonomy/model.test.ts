/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

test('a text goes to the place where people put a text like it, and one without known words nowhere', async () => {
  const backend = await createTestBackend(Model);
  const { labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  let last = labels.at(-1);
  while (last?.children.length) last = last.children.at(-1);
  const answer = { from_name: control, to_name: object, type: 'taxonomy', value: { taxonomy: [last?.path] } };
  const annotated = { id: 1, data: { [dataKey]: 'xyzzy plugh quux' }, annotations: [{ result: [answer] }] };
  const version = await backend.train([annotated]);
  const texts = ['again xyzzy and plugh', 'frobozz grue'];
  const { results } = await backend.predict(texts.map((text) => ({ data: { [dataKey]: text } })));
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results.map(({ result }) => result.map(({ value }) => value)),
    [[answer.value], []],
  );
});

test('before that, a text that names a path from the root on goes there', async () => {
  const backend = await createTestBackend(Model);
  const [first] = backend.config.controls.get(control)?.labels ?? [];
  const leaf = first?.children.at(-1) ?? first;
  const { results } = await backend.predict([{ data: { [dataKey]: leaf?.path.join(', ') } }]);
  await backend.close();
  const [path] = (results[0]?.result[0]?.value?.taxonomy ?? []) as string[][];
  assert.equal(path?.slice(0, 1), first?.path);
});

test.run();
