/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { decodeBitmask, encodeBitmask } from './runtime/labeling/masks/bitmask.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** Grey, 16 x 12 pixels: much darker from column 8 on, and a little darker in column 3. */
const striped =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAMAgMAAAAWidUSAAAACVBMVEXIyMh4eHi0tLTYZyPKAAAAEElEQVR42mNgYggNZSCPAADqSAgRgLBsHQAAAABJRU5ErkJggg==';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAMAQMAAABRKa/CAAAAA1BMVEXIyMiuWu3mAAAAC0lEQVR42mNgIAwAACQAASXCqOMAAAAASUVORK5CYII=';
const size = { width: 16, height: 12 };

contract(test, Model);

test('edges are marked, the faint ones too, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: striped } }, { data: { [dataKey]: blank } }]);
  await backend.close();
  const [[region] = [], none] = results.map(({ result }) => result);
  assert.equal(decodeBitmask(String(region?.value?.imageDataURL)).mask, columns(2, 4, 8));
  assert.equal(none, []);
});

test('where people mark strong edges only, the faint ones are left out', async () => {
  const backend = await createTestBackend(Model);
  const { toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const value = { imageDataURL: encodeBitmask(columns(7, 8, 9), size) };
  const region = { from_name: control, to_name: object, type: 'bitmask', value };
  const version = await backend.train([{ id: 1, data: { [dataKey]: striped }, annotations: [{ result: [region] }] }]);
  const { results } = await backend.predict([{ data: { [dataKey]: striped } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(decodeBitmask(String(results[0]?.result[0]?.value?.imageDataURL)).mask, columns(8));
});

/** One byte a pixel, 255 in these columns; the image's border has no neighbours to differ from. */
function columns(...painted: number[]): Uint8Array {
  return Uint8Array.from({ length: size.width * size.height }, (_, at) => {
    const row = Math.floor(at / size.width);
    return painted.includes(at % size.width) && row > 0 && row < size.height - 1 ? 255 : 0;
  });
}

test.run();
