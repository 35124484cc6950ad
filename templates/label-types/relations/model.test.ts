/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

/** What was found in a text: names with their labels, and for each relation, what it goes from and to. */
async function read(backend: Awaited<ReturnType<typeof createTestBackend>>, text: string) {
  const { results } = await backend.predict([{ data: { [dataKey]: text } }]);
  const regions = results[0]?.result ?? [];
  const textOf = (id: unknown) => regions.find((region) => region.id === id)?.value?.text;
  return {
    names: regions.flatMap(({ value }) => (value ? [[value.text, value.labels]] : [])),
    relations: regions.flatMap(({ type, from_id, to_id, direction, labels }) => {
      return type === 'relation' ? [[textOf(from_id), direction, textOf(to_id), labels]] : [];
    }),
  };
}

test('names are related as people related others with the same words between them', async () => {
  const backend = await createTestBackend(Model);
  const { flat = [], toName: [to_name = ''] = [] } = { ...backend.config.controls.get(control) };
  const [labels, relations] = [flat.slice(-1), backend.config.relationLabels.slice(-1)];
  const text = '📮 mina park gets called by Rob Doe.';
  const mark = (id: string, name: string) => {
    // Stored offsets count whole characters.
    const start = [...text.slice(0, text.indexOf(name))].length;
    const value = { start, end: start + name.length, text: name, labels };
    return { id, from_name: control, to_name, type: 'labels', value };
  };
  const relation = { type: 'relation', from_id: 'b', to_id: 'a', direction: 'right', labels: relations };
  const annotation = { result: [mark('a', 'mina park'), mark('b', 'Rob Doe'), relation] };
  const version = await backend.train([{ id: 1, data: { [dataKey]: text }, annotations: [annotation] }]);
  const found = await read(backend, '📮📮 Xu Li gets called by mina park. Later Al Ba came.');
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(found, {
    names: [
      ['Xu Li', labels],
      ['mina park', labels],
      ['Later Al Ba', flat.slice(0, 1)],
    ],
    relations: [['Xu Li', 'left', 'mina park', relations]],
  });
});

test('before that, the name of a relation relates its neighbours, though not across sentences', async () => {
  const backend = await createTestBackend(Model);
  const { flat = [] } = { ...backend.config.controls.get(control) };
  const [relation = ''] = backend.config.relationLabels;
  const [first = '', second = first] = flat;
  const verb = relation.toLowerCase();
  const found = await read(backend, `Ada Byron, who ${verb} the Mill House. It ${verb} the Old Barn.`);
  await backend.close();
  assert.equal(found, {
    names: [
      ['Ada Byron', [first]],
      ['Mill House', [second]],
      ['Old Barn', [first]],
    ],
    relations: [['Ada Byron', 'right', 'Mill House', [relation]]],
  });
});

test.run();
