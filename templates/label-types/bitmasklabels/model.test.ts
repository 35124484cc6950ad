/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { decodeBitmask, encodeBitmask } from './runtime/labeling/masks/bitmask.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 10 x 8 pixels, with a box of 5 x 2 at 2, 3. */
const red =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX////IHh7kMBY6AAAAD0lEQVR42mNggAE7MIIBAAYmAH1IXxRdAAAAAElFTkSuQmCC';
const size = { width: 10, height: 8 };
const box = paint((x, y) => x >= 2 && x < 7 && y >= 3 && y < 5);

contract(test, Model);

test('every pixel is under one label, and under no other', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }]);
  await backend.close();
  const masks = results[0]?.result.map(({ value }) => decodeBitmask(String(value?.imageDataURL)).mask) ?? [];
  const times = box.map((_, at) => masks.filter((mask) => mask[at] === 255).length);
  assert.equal([...new Set(times)], [1]);
});

test('a pixel goes to the label that people gave to the most similar colour', async () => {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const [first = '', last = first] = [labels[0], labels.at(-1)];
  const areas = [
    { label: first, mask: box.map((pixel) => 255 - pixel) },
    { label: last, mask: box },
  ];
  const result = areas.map(({ label, mask }) => {
    const value = { imageDataURL: encodeBitmask(mask, size), bitmasklabels: [label] };
    return { from_name: control, to_name: object, type: 'bitmasklabels', value };
  });
  const version = await backend.train([{ id: 1, data: { [dataKey]: red }, annotations: [{ result }] }]);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results[0]?.result.map(({ value }) => value),
    result.map(({ value }) => value),
  );
});

/** One byte a pixel, as the wire has it: 255 where something is. */
function paint(inside: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: size.width * size.height }, (_, at) =>
    inside(at % size.width, Math.floor(at / size.width)) ? 255 : 0,
  );
}

test.run();
