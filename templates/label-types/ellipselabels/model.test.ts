/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 10 x 8 pixels, with a box of 5 x 2 at 2, 3. */
const red =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX////IHh7kMBY6AAAAD0lEQVR42mNggAE7MIIBAAYmAH1IXxRdAAAAAElFTkSuQmCC';
const blue =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8eHsgChChZAAAAD0lEQVR42mNggAE7MIIBAAYmAH1IXxRdAAAAAElFTkSuQmCC';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';
/** The radii are twice the standard deviations: of a side of 5 pixels, 2 * 5 / √12. */
const ellipse = { x: 45, y: 50, radiusX: 28.87, radiusY: 14.43, rotation: 0 };
const rounded = (value: object = {}) =>
  Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      typeof field === 'number' ? Math.round(field * 100) / 100 : field,
    ]),
  );

contract(test, Model);

test('what stands out is in an ellipse, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blank } }]);
  const { flat: labels = [] } = { ...backend.config.controls.get(control) };
  await backend.close();
  const [[region] = [], none] = results.map(({ result }) => result);
  const { ellipselabels: label, ...place } = rounded(region?.value);
  assert.equal(place, ellipse);
  assert.ok(labels.includes(String(label)), `one of the labels, not ${label}`);
  assert.equal(none, []);
});

test('an ellipse has the name that people gave to the most similar colour', async () => {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const [first = '', last = first] = [labels[0], labels.at(-1)];
  const annotate = (id: number, image: string, label: string) => {
    const value = { ...ellipse, ellipselabels: [label] };
    const region = { from_name: control, to_name: object, type: 'ellipselabels', value };
    return { id, data: { [dataKey]: image }, annotations: [{ result: [region] }] };
  };
  const version = await backend.train([annotate(1, red, last), annotate(2, blue, first)]);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blue } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results.map(({ result }) => rounded(result[0]?.value)),
    [
      { ...ellipse, ellipselabels: [last] },
      { ...ellipse, ellipselabels: [first] },
    ],
  );
});

test.run();
