/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

test('amounts, dates and addresses are found where they stand in the page', async () => {
  const backend = await createTestBackend(Model);
  const labels = backend.config.controls.get(control)?.flat.slice(0, 3) ?? [];
  const html = '<p>Fish &amp; chips: <b>€ 8.50</b></p><p>📮 2026-01-15, hi@example.com</p>';
  const { results } = await backend.predict([{ id: 1, data: { [dataKey]: html } }]);
  await backend.close();
  const bold = '/p[1]/b[1]/text()[1]';
  const second = '/p[2]/text()[1]';
  const expected = [
    { start: bold, end: bold, startOffset: 0, endOffset: 6, globalOffsets: { start: 14, end: 20 }, text: '€ 8.50' },
    {
      start: second,
      end: second,
      startOffset: 3,
      endOffset: 13,
      globalOffsets: { start: 22, end: 32 },
      text: '2026-01-15',
    },
    {
      start: second,
      end: second,
      startOffset: 15,
      endOffset: 29,
      globalOffsets: { start: 34, end: 48 },
      text: 'hi@example.com',
    },
  ];
  assert.equal(
    results[0]?.result.map(({ value }) => value),
    labels.map((label, at) => ({ ...expected[at], hypertextlabels: [label] })),
  );
});

test('what people marked is found again in other markup, and their label for a pattern counts', async () => {
  const backend = await createTestBackend(Model);
  const { flat = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const label = flat.at(-1) ?? '';
  const mark = (start: number, end: number) => {
    const value = { start: '/p[1]/text()[1]', end: '/p[1]/text()[1]', startOffset: start, endOffset: end };
    const marked = { ...value, globalOffsets: { start, end }, hypertextlabels: [label] };
    return { from_name: control, to_name: object, type: 'hypertextlabels', value: marked };
  };
  const html = '<p>📮 the quantum flux costs $5</p>';
  const version = await backend.train([
    { id: 1, data: { [dataKey]: html }, annotations: [{ result: [mark(6, 18), mark(25, 27)] }] },
  ]);
  const { results } = await backend.predict([
    { id: 2, data: { [dataKey]: '<ul><li>quantum <i>flux</i>: 7 EUR</li></ul>' } },
  ]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(
    results[0]?.result.map(({ value }) => [value?.text, value?.start, value?.end, value?.hypertextlabels]),
    [
      ['quantum flux', '/ul[1]/li[1]/text()[1]', '/ul[1]/li[1]/i[1]/text()[1]', [label]],
      ['7 EUR', '/ul[1]/li[1]/text()[2]', '/ul[1]/li[1]/text()[2]', [label]],
    ],
  );
});

test.run();
