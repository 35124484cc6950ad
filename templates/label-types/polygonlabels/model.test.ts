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
/** White, 40 x 40 pixels, with a square that stands on its corner, of 18 to each side of 20, 20, and has a notch on the right. */
const notched =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACgAAAAoAQMAAAC2MCouAAAABlBMVEX///8AAABVwtN+AAAAb0lEQVR42lWPsQ2AQAwDD1F8CRuwBh2LIcFojMIIlBQIQ2KEIMUVecf2w2/aZJ8ck2egUrDWDBQtQKMV6LQBg3Zg0nFTOkMuhVyaKckm951COShuTW/8aqWv7GC3x9kpTnS6m7iVG7rt07z//OidC5r0SeM2eEQhAAAAAElFTkSuQmCC';
const outline = {
  points: [
    [20, 37.5],
    [70, 37.5],
    [70, 62.5],
    [20, 62.5],
  ],
  closed: true,
};

contract(test, Model);

test('what stands out has an outline with its corners, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blank } }]);
  const { flat: labels = [] } = { ...backend.config.controls.get(control) };
  await backend.close();
  const [[region] = [], none] = results.map(({ result }) => result);
  const { polygonlabels: label, ...place } = { ...region?.value };
  assert.equal(place, outline);
  assert.ok(labels.includes(String(label)), `one of the labels, not ${label}`);
  assert.equal(none, []);
});

test('an outline has the name that people gave to the most similar colour', async () => {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const [first = '', last = first] = [labels[0], labels.at(-1)];
  const annotate = (id: number, image: string, label: string) => {
    const value = { ...outline, polygonlabels: [label] };
    const region = { from_name: control, to_name: object, type: 'polygonlabels', value };
    return { id, data: { [dataKey]: image }, annotations: [{ result: [region] }] };
  };
  const version = await backend.train([annotate(1, red, last), annotate(2, blue, first)]);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blue } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results.map(({ result }) => result[0]?.value),
    [
      { ...outline, polygonlabels: [last] },
      { ...outline, polygonlabels: [first] },
    ],
  );
});

test('slanted edges are lines, not stairs, and a notch stays one', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: notched } }]);
  await backend.close();
  const points = (results[0]?.result[0]?.value?.points ?? []) as [number, number][];
  const near = (x: number, y: number) => points.some((point) => Math.hypot(point[0] - x, point[1] - y) < 6);
  const corners = [near(50, 5), near(50, 95), near(5, 50), near(65, 50)];
  assert.equal(corners, [true, true, true, true], JSON.stringify(points));
  assert.ok(points.length <= 10, `few points, not ${points.length}`);
});

test.run();
