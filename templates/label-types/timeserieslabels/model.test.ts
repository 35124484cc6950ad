/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { contract, createTestBackend } from './runtime/testing.ts';
import { readSeries } from './series.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

contract(test, Model);

/** 60 values that rise and fall a little, one per two units of time. */
const times = Array.from({ length: 60 }, (_, at) => 100 + 2 * at);
const calm = times.map((_, at) => 20 + Math.sin(at * 7));
const off = (from: number, to: number, by: number) =>
  calm.map((value, at) => value + (at >= from && at <= to ? by : 0));

/** A backend, and a way to make tasks with the columns that its labeling config asks for. */
async function open() {
  const backend = await createTestBackend(Model);
  const { flat: labels = [], toName: [object = ''] = [] } = { ...backend.config.controls.get(control) };
  const { attrs, children = [] } = { ...backend.config.objects.get(object) };
  const [channel = 'value', ...others] = children.flatMap((child) => child.attrs.column ?? []);
  const stamps = attrs?.timeFormat ? times.map(String) : times;
  const data = (values: number[]) => {
    const columns = [[attrs?.timeColumn ?? 'time', stamps], [channel, values], ...others.map((name) => [name, calm])];
    return { [dataKey]: Object.fromEntries(columns) };
  };
  const timed = Boolean(attrs?.timeColumn);
  const at = (index: number) => (timed ? stamps[index] : index);
  return { backend, labels, object, data, at };
}

test('what is far off is marked from its first to its last time, and a calm series is not', async () => {
  const { backend, labels, data, at } = await open();
  const [first = '', second = first] = labels;
  const tasks = [off(30, 34, 40), off(12, 12, -40), calm].map((values) => ({ data: data(values) }));
  const { results } = await backend.predict(tasks);
  await backend.close();
  const value = (from: number, to: number, label: string) => {
    return { start: at(from), end: at(to), instant: false, timeserieslabels: [label] };
  };
  assert.equal(
    results.map(({ result }) => result.map((region) => region.value)),
    [[value(30, 34, first)], [value(12, 12, second)], []],
  );
});

test('people decide how far off is too far, and what that is called', async () => {
  const { backend, labels, object, data, at } = await open();
  const [last = ''] = labels.slice(-1);
  const weak = off(20, 22, 5);
  const before = await backend.predict([{ data: data(weak) }]);
  const value = { start: at(40), end: at(44), instant: false, timeserieslabels: [last] };
  const region = { from_name: control, to_name: object, type: 'timeserieslabels', value };
  const version = await backend.train([{ id: 1, data: data(off(40, 44, 4.5)), annotations: [{ result: [region] }] }]);
  const after = await backend.predict([{ data: data(weak) }]);
  await backend.close();
  assert.is(version, 'v1');
  assert.equal(before.results[0]?.result, []);
  assert.equal(
    after.results[0]?.result.map((region) => region.value),
    [{ ...value, start: at(20), end: at(22) }],
  );
});

test('columns come as an object or as CSV', () => {
  const object = (attrs: Record<string, string>) => {
    const children = [{ tag: 'Channel', attrs: { column: 'b' } }];
    return { name: 'ts', tag: 'TimeSeries', valueType: null, attrs, children };
  };
  const csv = 't;a;b\n1;5;7.5\r\n2;6;\n';
  assert.equal(readSeries(csv, object({ timeColumn: 't', sep: ';' })), {
    times: [1, 2],
    channels: [[7.5, Number.NaN]],
  });
  assert.equal(readSeries(csv, object({ timeColumn: 't', sep: ';', timeFormat: '%Y' })).times, ['1', '2']);
  assert.equal(readSeries({ t: [3], b: ['4'] }, object({})), { times: [0], channels: [[4]] });
});

test.run();
