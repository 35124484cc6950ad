/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import type { Region } from './runtime/index.ts';
import { decodeMask } from './runtime/labeling/masks/brush-decode.ts';
import { encodeMask } from './runtime/labeling/masks/brush-encode.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 10 x 8 pixels, with a box of 5 x 2 at 2, 3. */
const red =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX////IHh7kMBY6AAAAD0lEQVR42mNggAE7MIIBAAYmAH1IXxRdAAAAAElFTkSuQmCC';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';
const size = { width: 10, height: 8 };
const box = paint((x, y) => x >= 2 && x < 7 && y >= 3 && y < 5);
const maskOf = (region?: Region) => decodeMask((region?.value?.rle ?? []) as number[], size);

contract(test, Model);

test('the smaller of dark and light is painted, and a blank image has neither', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blank } }]);
  await backend.close();
  const [[region] = [], none] = results.map(({ result }) => result);
  assert.equal(maskOf(region), box);
  assert.is(region?.score, 1);
  assert.equal(none, []);
});

/** From the left: four black columns, three grey ones, and three white ones, which Otsu's method sets apart. */
const striped =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAgMAAAC9lIYlAAAACVBMVEX///9kZGQAAAA1wlXIAAAAD0lEQVR42mNYFcLAgAcDAIRwB/GwLybTAAAAAElFTkSuQmCC';

for (const [title, image, found, mask] of [
  ['people who paint the light side get the light side', red, box, box.map((pixel) => 255 - pixel)],
  ['the border is where people put it', striped, paint((x) => x >= 7), paint((x) => x < 4)],
] as const) {
  test(title, async () => {
    const backend = await createTestBackend(Model);
    const { toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
    const value = { format: 'rle', rle: [...encodeMask(mask)] };
    const place = { original_width: size.width, original_height: size.height };
    const region = { from_name: control, to_name: object, type: 'brush', value, ...place };
    const task = { id: 1, data: { [dataKey]: image } };
    const before = await backend.predict([task]);
    const version = await backend.train([{ ...task, annotations: [{ result: [region] }] }]);
    const after = await backend.predict([task]);
    await backend.close();
    assert.is(version, 'v1');
    assert.equal(
      [before, after].map(({ results }) => maskOf(results[0]?.result[0])),
      [found, mask],
    );
  });
}

/** One byte a pixel, as the wire has it: 255 where something is. */
function paint(inside: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: size.width * size.height }, (_, at) =>
    inside(at % size.width, Math.floor(at / size.width)) ? 255 : 0,
  );
}

test.run();
