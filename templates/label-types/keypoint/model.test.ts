/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 64 x 32 pixels, with a black box of 16 x 16 at 8, 8 and a grey one at 40, 8. */
const image =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgAgMAAADf85YXAAAACVBMVEX///8AAABVVVXI60lsAAAAGklEQVR42mNgGDQgNDQ0FESvWrVq1ajAIAEAbQ0/wc09OpcAAAAASUVORK5CYII=';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';
/** Within 2 pixels of the corners of the boxes, from left to right and from top to bottom. */
const near = (points: (Record<string, unknown> | undefined)[]) =>
  points
    .map((point) => [(Number(point?.x) / 100) * 64, (Number(point?.y) / 100) * 32])
    .map((point) => point.map((at) => Math.round(at / 8) * 8).join())
    .sort();
const [black, grey] = [
  ['24,24', '24,8', '8,24', '8,8'],
  ['40,24', '40,8', '56,24', '56,8'],
];

contract(test, Model);

test('corners have points, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }, { data: { [dataKey]: blank } }]);
  await backend.close();
  const [corners = [], none] = results.map(({ result }) => result.map(({ value }) => value));
  assert.equal(near(corners), [...black, ...grey].sort());
  assert.equal(none, []);
});

test('a corner must be as sharp as those that people mark', async () => {
  const backend = await createTestBackend(Model);
  const { toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const result = [12.5, 37.5].map((x) => {
    const value = { x, y: 25, width: 0.5 };
    return { from_name: control, to_name: object, type: 'keypoint', value };
  });
  const version = await backend.train([{ id: 1, data: { [dataKey]: image }, annotations: [{ result }] }]);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(near(results[0]?.result.map(({ value }) => value) ?? []), black);
});

test.run();
