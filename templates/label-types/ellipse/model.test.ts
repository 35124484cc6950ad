/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 40 x 25 pixels, with an ellipse around 28, 12 and a circle around 9, 10. */
const image =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACgAAAAZAQMAAAB5Fv4mAAAABlBMVEX///8AAABVwtN+AAAAQklEQVR42mNgQAU2YPI/iGD838DA+ID5/wEG9h/s/x9ASf4/EJL//wcUkv0HgmR8ACIZGEAqUUmQaRCTYbZAbUQFADO3Kj3I2QrKAAAAAElFTkSuQmCC';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';
const large = { x: 70, y: 48, radiusX: 20, radiusY: 40, rotation: 0 };
const small = { x: 22.5, y: 40, radiusX: 12.5, radiusY: 20, rotation: 0 };

contract(test, Model);

test('what stands out is in an ellipse, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }, { data: { [dataKey]: blank } }]);
  await backend.close();
  assert.equal(
    results.map(({ result }) => result.map(({ value }) => value)),
    [[large, small], []],
  );
});

test('the <Labels> beside the tool name ellipses by size, as people did', async () => {
  const backend = await createTestBackend(Model);
  const { controls } = backend.config;
  const { toName: [object = ''] = [] } = { ...controls.get(control) };
  const kinds = [...controls.values()].find(({ type, toName }) => type === 'labels' && toName.includes(object));
  const [first = '', last = first] = [kinds?.flat[0], kinds?.flat.at(-1)];
  const annotate = (id: string, value: Record<string, unknown>, label: string) => [
    { id, from_name: control, to_name: object, type: 'ellipse', value },
    ...(kinds ? [{ id, from_name: kinds.name, to_name: object, type: 'labels', value: { labels: [label] } }] : []),
  ];
  const result = [...annotate('ellipse-1', large, last), ...annotate('ellipse-2', small, first)];
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
