/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 40 x 25 pixels, with a box of 12 x 15 at 4, 5 that has a bite in its side, and a whole one at 24, 5. */
const image =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACgAAAAZAQMAAAB5Fv4mAAAABlBMVEX///8AAABVwtN+AAAAGklEQVR42mNgwAv4/zP8/4CbPICXxKsXLwAAqzkrmW68rbwAAAAASUVORK5CYII=';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';
const boxAt = (x: number) => ({
  points: [
    [x + 30, 20],
    [x + 30, 80],
    [x, 80],
    [x, 20],
  ],
  closed: true,
});
const [bitten, whole] = [boxAt(10), boxAt(60)];

contract(test, Model);

test('what stands out has a rubber band around it, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }, { data: { [dataKey]: blank } }]);
  await backend.close();
  assert.equal(
    results.map(({ result }) => result.map(({ value }) => value)),
    [[whole, bitten], []],
  );
});

test('the <Labels> beside the tool name polygons by how full they are, as people did', async () => {
  const backend = await createTestBackend(Model);
  const { controls } = backend.config;
  const { toName: [object = ''] = [] } = { ...controls.get(control) };
  const kinds = [...controls.values()].find(({ type, toName }) => type === 'labels' && toName.includes(object));
  const [first = '', last = first] = [kinds?.flat[0], kinds?.flat.at(-1)];
  const annotate = (id: string, value: Record<string, unknown>, label: string) => [
    { id, from_name: control, to_name: object, type: 'polygon', value },
    ...(kinds ? [{ id, from_name: kinds.name, to_name: object, type: 'labels', value: { labels: [label] } }] : []),
  ];
  const result = [...annotate('polygon-1', whole, last), ...annotate('polygon-2', bitten, first)];
  const version = await backend.train([{ id: 1, data: { [dataKey]: image }, annotations: [{ result }] }]);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }]);
  await backend.close();
  assert.is(version, kinds ? 'v1' : Model.version);
  const labels = results[0]?.result.filter(({ type }) => type === 'labels');
  assert.equal(
    labels?.map(({ value }) => value?.labels),
    kinds ? [[last], [first]] : [],
  );
});

test.run();
