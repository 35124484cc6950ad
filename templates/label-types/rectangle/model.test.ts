/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 64 x 32 pixels, with the lines "2079" and "A 1" in characters of 5 x 7 pixels, at 4, 2 and at 4, 14. */
const image =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgAQMAAACYU+zHAAAABlBMVEX///8AAABVwtN+AAAASElEQVR42mNgwADsMj8PgBkci7gUIELLhCAMZi3FB2AGi5EDRIRDycEBzOCf49jAQDJgZ4DawNGQAGNARfgbFNBEkBgFDHQCAFpeDBFWG3tpAAAAAElFTkSuQmCC';
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAIAQMAAAD6NPz1AAAABlBMVEX///8AAABVwtN+AAAAC0lEQVR42mNgwA4AABgAAUbbswsAAAAASUVORK5CYII=';
const boxes = [
  { x: 6.25, y: 6.25, width: 35.9375, height: 21.875, rotation: 0 },
  { x: 6.25, y: 43.75, width: 25, height: 21.875, rotation: 0 },
];

contract(test, Model);

test('lines of text are in boxes and are read, and a blank image has none', async () => {
  const backend = await createTestBackend(Model);
  const reads = [...backend.config.controls.values()].some(({ type, perRegion }) => type === 'textarea' && perRegion);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }, { data: { [dataKey]: blank } }]);
  await backend.close();
  const [lines = [], none] = results.map(({ result }) => result);
  const found = (wanted: string) => lines.filter(({ type }) => type === wanted).map(({ value }) => value);
  assert.equal(found('rectangle'), boxes);
  assert.equal(
    found('textarea').map((value) => value?.text),
    reads ? [['2079'], ['? 1']] : [],
  );
  assert.equal(none, []);
});

test('what people type teaches the characters of the line', async () => {
  const backend = await createTestBackend(Model);
  const { controls } = backend.config;
  const { toName: [object = ''] = [] } = { ...controls.get(control) };
  const text = [...controls.values()].find(({ type, perRegion }) => type === 'textarea' && perRegion);
  const result = ['2Ж7E', 'А 1'].flatMap((typed, index) => [
    { id: `line-${index}`, from_name: control, to_name: object, type: 'rectangle', value: boxes[index] },
    ...(text
      ? [{ id: `line-${index}`, from_name: text.name, to_name: object, type: 'textarea', value: { text: [typed] } }]
      : []),
  ]);
  const version = await backend.train([{ id: 1, data: { [dataKey]: image }, annotations: [{ result }] }]);
  const { results } = await backend.predict([{ data: { [dataKey]: image } }]);
  await backend.close();
  assert.is(version, text ? 'v1' : Model.version);
  const texts = results[0]?.result.filter(({ type }) => type === 'textarea').map(({ value }) => value?.text);
  assert.equal(texts, text ? [['2Ж7E'], ['А 1']] : []);
});

test.run();
