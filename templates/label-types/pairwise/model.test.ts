/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;

contract(test, Model);

/** A backend, and how its tasks have the two texts. */
async function open() {
  const backend = await createTestBackend(Model);
  const { toName = [] } = { ...backend.config.controls.get(control) };
  const [left = '', right = ''] = toName.map((name) => backend.config.objects.get(name)?.dataKey ?? name);
  const dataOf = (...[one, other]: string[]) => ({ [left]: one, [right]: other, 'beside them': 'Where is the xyzzy?' });
  const choose = async (...pairs: string[][]) => {
    const { results } = await backend.predict(pairs.map((pair) => ({ data: dataOf(...pair) })));
    return results.map(({ result }) => result[0]?.value?.selected);
  };
  return { backend, object: toName[0], dataOf, choose };
}

test('what people prefer in one pair is preferred in the next', async () => {
  const { backend, object, dataOf, choose } = await open();
  const prefer = (id: number, selected: string, ...pair: string[]) => {
    const answer = { from_name: control, to_name: object, type: 'pairwise', value: { selected } };
    return { id, data: dataOf(...pair), annotations: [{ result: [answer] }] };
  };
  const pairs = [
    ['It is in the room behind the door.', 'Behind the door.'],
    ['Here.', 'Here, I think, or else there, or not at all.'],
  ];
  const before = await choose(...pairs);
  const version = await backend.train([
    prefer(1, 'left', 'On the table.', 'It is on the table, where the lamp is.'),
    prefer(2, 'right', 'Up there, as far as I can see from where I am.', 'Up there.'),
  ]);
  const after = await choose(...pairs);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal({ before, after }, { before: ['left', 'right'], after: ['right', 'left'] });
});

test('before that, a text is better that takes up the words of the task, on whichever side it is', async () => {
  const { backend, choose } = await open();
  const [helpful, evasive] = ['The xyzzy is in Fooville.', 'That is hard to tell.'];
  const chosen = await choose([helpful, evasive], [evasive, helpful]);
  await backend.close();
  assert.equal(chosen, ['left', 'right']);
});

test.run();
