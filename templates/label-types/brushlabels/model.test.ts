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
const blue =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8eHsgChChZAAAAD0lEQVR42mNggAE7MIIBAAYmAH1IXxRdAAAAAElFTkSuQmCC';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';
const size = { width: 10, height: 8 };
const box = paint((x, y) => x >= 2 && x < 7 && y >= 3 && y < 5);
const maskOf = (region?: Region) => decodeMask((region?.value?.rle ?? []) as number[], size);

contract(test, Model);

test('what stands out is painted, and in a blank image nothing is', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blank } }]);
  const { flat: labels = [] } = { ...backend.config.controls.get(control) };
  await backend.close();
  const [[region] = [], none] = results.map(({ result }) => result);
  const label = [region?.value?.brushlabels].flat();
  assert.equal(maskOf(region), box);
  assert.ok(labels.includes(String(label)), `one of the labels, not ${label}`);
  assert.equal(none, []);
});

test('a mask has the name that people gave to the most similar colour, however roughly they painted it', async () => {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const [first = '', last = first] = [labels[0], labels.at(-1)];
  const roughly = paint((x, y) => x >= 3 && x < 8 && y >= 2 && y < 5);
  const annotate = (id: number, image: string, label: string) => {
    const value = { format: 'rle', rle: [...encodeMask(roughly)], brushlabels: [label] };
    const place = { original_width: size.width, original_height: size.height };
    const region = { from_name: control, to_name: object, type: 'brushlabels', value, ...place };
    return { id, data: { [dataKey]: image }, annotations: [{ result: [region] }] };
  };
  const version = await backend.train([annotate(1, red, last), annotate(2, blue, first)]);
  const { results } = await backend.predict([{ data: { [dataKey]: red } }, { data: { [dataKey]: blue } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results.map(({ result }) => result[0]?.value?.brushlabels),
    [[last], [first]],
  );
});

/** One byte a pixel, as the wire has it: 255 where something is. */
function paint(inside: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: size.width * size.height }, (_, at) =>
    inside(at % size.width, Math.floor(at / size.width)) ? 255 : 0,
  );
}

test.run();
