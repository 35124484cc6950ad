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
const point = { x: 45, y: 50, width: 0.5 };

contract(test, Model);

test('what stands out has a point in its middle, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blank } }]);
  const { flat: labels = [] } = { ...backend.config.controls.get(control) };
  await backend.close();
  const [[region] = [], none] = results.map(({ result }) => result);
  const { keypointlabels: label, ...place } = { ...region?.value };
  assert.equal(place, point);
  assert.ok(labels.includes(String(label)), `one of the labels, not ${label}`);
  assert.equal(none, []);
});

test('a point has the name that people gave to the most similar colour', async () => {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const [first = '', last = first] = [labels[0], labels.at(-1)];
  const annotate = (id: number, image: string, label: string) => {
    const value = { ...point, keypointlabels: [label] };
    const region = { from_name: control, to_name: object, type: 'keypointlabels', value };
    return { id, data: { [dataKey]: image }, annotations: [{ result: [region] }] };
  };
  const version = await backend.train([annotate(1, red, last), annotate(2, blue, first)]);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blue } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results.map(({ result }) => result[0]?.value),
    [
      { ...point, keypointlabels: [last] },
      { ...point, keypointlabels: [first] },
    ],
  );
});

test.run();
