/** What the attributes of a control ask of a prediction: each finding, and the prediction that has none. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { validatePrediction } from '../../runtime/labeling/validate.ts';

const OBJECTS =
  '<Text name="t" value="$t"/><Image name="i" value="$i"/><TimeSeries name="ts" value="$s" timeFormat="%Y"/>';
const LABEL = '<Choice value="A"/><Choice value="B"><Choice value="C"/></Choice>';
const result = (from_name: string, type: string, value: object, to_name = 't', id = 'r1') => ({
  id,
  from_name,
  to_name,
  type,
  value,
});
const box = (label: string) => ({
  ...result('box', 'rectanglelabels', { x: 1, y: 1, width: 1, height: 1, rectanglelabels: [label] }, 'i'),
  ...{ original_width: 10, original_height: 10 },
});
const state = result('state', 'choices', { x: 1, y: 1, width: 1, height: 1, choices: ['A'] }, 'i');
const BOXES =
  '<RectangleLabels name="box" toName="i"><Label value="L"/><Label value="M" maxUsages="1"/></RectangleLabels>';
const region = (when: string) => `${BOXES}<Choices name="state" toName="i" perRegion="true" ${when}>${LABEL}</Choices>`;
const vertex = (id: string) => ({ id, x: 1, y: 1, prevPointId: null, isBezier: false });
const vector = (count: number) => ({
  ...result(
    'v',
    'vectorlabels',
    { vertices: Array.from({ length: count }, (_, at) => vertex(`v${at}`)), closed: false, vectorlabels: ['L'] },
    'i',
  ),
  ...{ original_width: 10, original_height: 10 },
});
const VECTOR = '<VectorLabels name="v" toName="i" minPoints="2" maxPoints="3"><Label value="L"/></VectorLabels>';
const day = (datetime: string) => result('d', 'datetime', { datetime });
const DAY = '<DateTime name="d" toName="t" only="date" min="2024-01-02" max="2024-01-31"/>';
const path = (...taxonomy: string[][]) => result('x', 'taxonomy', { taxonomy });

const CASES: [title: string, controls: string, good: object[], bad: object[], finding: string][] = [
  [
    'leafsOnly',
    `<Taxonomy name="x" toName="t" leafsOnly="true">${LABEL}</Taxonomy>`,
    [path(['B', 'C'])],
    [path(['B'])],
    'error label-unknown: "B" has labels below it',
  ],
  [
    'maxUsages of a taxonomy',
    `<Taxonomy name="x" toName="t" maxUsages="1">${LABEL}</Taxonomy>`,
    [path(['A'])],
    [path(['A'], ['B'])],
    'error label-count: takes at most 1 paths',
  ],
  [
    'maxUsages of a label',
    BOXES,
    [box('M')],
    [box('M'), { ...box('M'), id: 'r2' }],
    'warning label-usages: "M" may be used 1 times',
  ],
  [
    'required',
    `<Choices name="c" toName="t" required="true">${LABEL}</Choices>`,
    [result('c', 'choices', { choices: ['A'] })],
    [],
    `warning required: control 'c' is required="true"`,
  ],
  [
    'whenLabelValue',
    region('whenLabelValue="L"'),
    [box('L'), state],
    [box('M'), state],
    'warning condition: is for regions labeled "L" only',
  ],
  ['whenTagName', region('whenTagName="box"'), [box('L'), state], [], ''],
  [
    'whenTagName of another',
    region('whenTagName="other"'),
    [],
    [box('L'), state],
    'warning condition: is for regions of other only',
  ],
  ['min', DAY, [day('2024-01-02')], [day('2024-01-01')], 'error date: needs 2024-01-02 or later (min), got 2024-01-01'],
  [
    'max',
    DAY,
    [day('2024-01-31')],
    [day('2024-02-01')],
    'error date: needs 2024-01-31 or earlier (max), got 2024-02-01',
  ],
  ['minPoints', VECTOR, [vector(2)], [vector(1)], 'error vertices: needs at least 2 vertices, got 1'],
  ['maxPoints', VECTOR, [vector(3)], [vector(4)], 'error vertices: takes at most 3 vertices (maxPoints), got 4'],
  [
    'timeFormat',
    '<TimeSeriesLabels name="e" toName="ts"><Label value="L"/></TimeSeriesLabels>',
    [result('e', 'timeserieslabels', { start: '2001', end: '2002', instant: false, timeserieslabels: ['L'] }, 'ts')],
    [result('e', 'timeserieslabels', { start: 1, end: 2, instant: false, timeserieslabels: ['L'] }, 'ts')],
    "warning time: needs text in the series' timeFormat, got 1",
  ],
  [
    'labels of a task that is not there',
    '<Choices name="c" toName="t" value="$options"/>',
    [],
    [result('c', 'choices', { choices: ['x'] })],
    'warning label-dynamic: "x" cannot be checked: labels come with the task',
  ],
  [
    'an unknown tag',
    '<Sparkle name="s" toName="t"/>',
    [],
    [result('s', 'sparkle', {})],
    'warning type-support: <Sparkle> is not a tag that we know',
  ],
  [
    'allowEmpty',
    '<Labels name="l" toName="t" allowEmpty="true"><Label value="L"/></Labels>',
    [result('l', 'labels', { start: 0, end: 1, labels: [] })],
    [],
    '',
  ],
];
for (const [title, controls, good, bad, expected] of CASES) {
  test(title, () => {
    const config = parseLabelConfig(`<View>${OBJECTS}${controls}</View>`);
    const told = (items: object[]) =>
      validatePrediction({ result: items }, config).map(
        ({ severity, code, message }) => `${severity} ${code}: ${message}`,
      );
    if (good.length > 0) assert.equal(told(good), []);
    if (expected !== '')
      assert.ok(
        told(bad).some((text) => text.startsWith(expected)),
        told(bad).join('\n'),
      );
  });
}

test('labels that come with the task beside labels of the config', () => {
  const config = parseLabelConfig(
    `<View>${OBJECTS}<Choices name="c" toName="t" value="$options"><Choice value="A"/></Choices></View>`,
  );
  const prediction = { result: [result('c', 'choices', { choices: ['x'] })] };
  const [finding, ...others] = validatePrediction(prediction, config, {
    task: { data: { options: [{ value: 'x' }] } },
  });
  assert.equal([finding?.severity, finding?.code, finding?.sdk, others], ['warning', 'type-support', true, []]);
});

test('a prediction that is none', () => {
  for (const none of [null, undefined, [], 'x', 5]) {
    const [finding] = validatePrediction(none, parseLabelConfig('<View/>'));
    assert.equal([finding?.path, finding?.code, finding?.sdk], ['/result', 'result', true]);
  }
});

test.run();
