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

test('the most vivid thing is painted, and in a grey image nothing is', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blank } }]);
  await backend.close();
  const [[region] = [], none] = results.map(({ result }) => result);
  assert.equal(maskOf(region), box);
  assert.is(region?.score, 1);
  assert.equal(none, []);
});

test('a click says where to paint', async () => {
  const backend = await createTestBackend(Model);
  const click = (x: number, y: number) => ({ context: { result: [{ type: 'keypoint', value: { x, y, width: 1 } }] } });
  const task = { data: { [dataKey]: red } };
  const clicked = [await backend.predict([task], click(5, 5)), await backend.predict([task], click(50, 50))];
  await backend.close();
  const masks = clicked.map(({ results }) => maskOf(results[0]?.result[0]));
  assert.equal(masks, [box.map((pixel) => 255 - pixel), box]);
});

test('a mask has the name that people gave to its colour, and is as tolerant as they are', async () => {
  const backend = await createTestBackend(Model);
  const { toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const controls = [...backend.config.controls.values()];
  const names = controls.find(({ type, toName }) => type === 'labels' && toName.includes(object));
  const common = { id: 'a', to_name: object, original_width: size.width, original_height: size.height };
  const annotate = (mask: Uint8Array) => {
    const value = { format: 'rle', rle: [...encodeMask(mask)] };
    const named = { ...value, labels: names?.flat.slice(-1) };
    const result = [
      { ...common, from_name: control, type: 'magicwand', value },
      ...(names ? [{ ...common, from_name: names.name, type: 'labels', value: named }] : []),
    ];
    return { id: 1, data: { [dataKey]: red }, annotations: [{ result }] };
  };
  const look = async (mask: Uint8Array) => {
    await backend.train([annotate(mask)]);
    const { results } = await backend.predict([{ data: { [dataKey]: red } }]);
    return results[0]?.result ?? [];
  };
  const [strict, named] = await look(box);
  const [tolerant] = await look(paint(() => true));
  await backend.close();
  assert.equal([strict, tolerant].map(maskOf), [box, paint(() => true)]);
  assert.equal(named?.value?.labels, names?.flat.slice(-1));
});

/** One byte a pixel, as the wire has it: 255 where something is. */
function paint(inside: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: size.width * size.height }, (_, at) =>
    inside(at % size.width, Math.floor(at / size.width)) ? 255 : 0,
  );
}

test.run();
