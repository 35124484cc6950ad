/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 50 x 25 pixels, with a line of 3 pixels: from 5, 5 to the right, down at 43, and back to 5, 18. A shorter branch is between. */
const image =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAADIAAAAZAQMAAABJmu8HAAAABlBMVEX///8AAABVwtN+AAAAIUlEQVR42mNgIADY//////8HJg0GFvhomDri1OO1hzAAAAwKJ40RAYtgAAAAAElFTkSuQmCC';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';

interface Vertex {
  id: string;
  x: number;
  y: number;
  prevPointId: string | null;
}
const verticesOf = (value: Record<string, unknown> | undefined) => (value?.vertices ?? []) as Vertex[];

contract(test, Model);

test('a line is followed from end to end, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }, { data: { [dataKey]: blank } }]);
  await backend.close();
  const [[line, ...others] = [], none] = results.map(({ result }) => result.map(({ value }) => verticesOf(value)));
  assert.equal([others, none], [[], []]);
  const pixels = (line ?? []).map(({ x, y }) => [(x / 100) * 50, (y / 100) * 25] as const);
  const ends = [pixels[0], pixels.at(-1)].map((end) => end?.map((at) => Math.round(at / 6) * 6));
  assert.equal(ends.toSorted(), [
    [6, 18],
    [6, 6],
  ]);
  const inside = pixels.filter(([x, y]) => x > 41 || y < 7 || y > 17);
  assert.is(
    inside.length,
    pixels.length,
    `all vertices are on the line, or within a pixel of it: ${JSON.stringify(pixels)}`,
  );
  assert.ok(Math.max(...pixels.map(([x]) => x)) > 42, 'it reaches the right');
});

test('vertices are as far apart as people set them', async () => {
  const backend = await createTestBackend(Model);
  const { toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const vertices = [10, 50, 90].map((x, index) => {
    return { id: `p${index}`, x, y: 20, prevPointId: index === 0 ? null : `p${index - 1}`, isBezier: false };
  });
  const value = { vertices, closed: false };
  const size = { original_width: 50, original_height: 25, image_rotation: 0 };
  const result = [{ from_name: control, to_name: object, type: 'vector', value, ...size }];
  const version = await backend.train([{ id: 1, data: { [dataKey]: image }, annotations: [{ result }] }]);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }]);
  await backend.close();
  assert.is(version, 'v1');
  // The way along the line is about 87 pixels long, and 40 percent of the width are 20 pixels.
  assert.is(verticesOf(results[0]?.result[0]?.value).length, 5);
});

test.run();
