/** What results say beyond the end of the video or of the series, and predictions that are too long themselves. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { validatePrediction } from '../../runtime/labeling/validate.ts';

const labels = '<Label value="Run"/>';
const video = parseLabelConfig(
  `<View><Labels name="kind" toName="vid">${labels}</Labels><VideoRectangle name="box" toName="vid"/>
  <TimelineLabels name="act" toName="vid">${labels}</TimelineLabels><TimelineLabels name="other" toName="vid2">${labels}</TimelineLabels>
  <Video name="vid" value="$v"/><Video name="vid2" value="$w"/></View>`,
);
const box = (framesCount: number, time = 0.04) => ({
  from_name: 'box',
  to_name: 'vid',
  type: 'videorectangle',
  value: {
    framesCount,
    duration: 10,
    labels: ['Run'],
    sequence: [{ frame: 1, time, enabled: true, x: 1, y: 1, width: 5, height: 5, rotation: 0 }],
  },
});
const act = (end: number, to_name = 'vid') => ({
  from_name: to_name === 'vid' ? 'act' : 'other',
  to_name,
  type: 'timelinelabels',
  value: { ranges: [{ start: 3, end }], timelinelabels: ['Run'] },
});

const series = parseLabelConfig(
  `<View><TimeSeriesLabels name="ev" toName="ts">${labels}</TimeSeriesLabels>
  <TimeSeries name="ts" value="$s" valueType="json" timeColumn="t"><Channel column="a"/></TimeSeries></View>`,
);
const event = (start: number, end: number) => ({
  from_name: 'ev',
  to_name: 'ts',
  type: 'timeserieslabels',
  value: { start, end, instant: start === end, timeserieslabels: ['Run'] },
});
const task = (t: unknown) => ({ id: 1, data: { v: 'v.mp4', w: 'w.mp4', s: { t, a: [0, 0, 0] } } });

const cases: [title: string, config: typeof video, times: unknown, result: object[], found: string[]][] = [
  ['a range up to the last frame', video, [], [box(250), act(250)], []],
  [
    'a range beyond it',
    video,
    [],
    [box(250), act(251)],
    ['error /result/1/value/ranges/0/end: is 251, the video has 250 frames'],
  ],
  [
    'the range first',
    video,
    [],
    [act(300), box(250)],
    ['error /result/0/value/ranges/0/end: is 300, the video has 250 frames'],
  ],
  ['the range of another video', video, [], [box(250), act(300, 'vid2')], []],
  ['a range alone, of a video of unknown length', video, [], [act(300)], []],
  [
    'two lengths of one video',
    video,
    [],
    [box(250), box(240)],
    ['warning /result/1/value/framesCount: is 240, another result has 250 for the same video'],
  ],
  [
    'a keyframe after the end',
    video,
    [],
    [box(250, 12)],
    ['error /result/0/value/sequence/0/time: is at 12 s, the video ends at 10 s (duration)'],
  ],
  ['events at both ends of the series', series, [5, 6, 9], [event(5, 9), event(9, 9)], []],
  [
    'events outside of it',
    series,
    [5, 6, 9],
    [event(4, 6), event(6, 9.5)],
    [
      'error /result/0/value/start: is 4, the series goes from 5 to 9',
      'error /result/1/value/end: is 9.5, the series goes from 5 to 9',
    ],
  ],
  ['times that are text', series, ['5', '6', '9'], [event(4, 6)], []],
  ['times that are none', series, undefined, [event(4, 6)], []],
];

for (const [title, config, times, result, expected] of cases) {
  test(title, () => {
    const found = validatePrediction({ result }, config, { task: task(times) })
      .filter(({ code }) => code !== 'type-support')
      .map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
    assert.equal(found, expected);
  });
}

test('megabytes of text are told, whatever they are made of', () => {
  const notes = parseLabelConfig('<View><Text name="t" value="$t"/><TextArea name="note" toName="t"/></View>');
  const shapes = parseLabelConfig(
    `<View><Image name="i" value="$i"/><PolygonLabels name="p" toName="i">${labels}</PolygonLabels></View>`,
  );
  const note = (length: number) => ({
    from_name: 'note',
    to_name: 't',
    type: 'textarea',
    value: { text: ['x'.repeat(length)] },
  });
  const points = Array.from({ length: 60_000 }, (_, at) => [at % 100, at % 99]);
  const polygons = Array.from({ length: 10 }, () => ({
    from_name: 'p',
    to_name: 'i',
    type: 'polygonlabels',
    value: { points, closed: true, polygonlabels: ['Run'] },
    original_width: 10,
    original_height: 10,
  }));
  const sizes = (result: object[], config: typeof video) =>
    validatePrediction({ result }, config)
      .filter(({ code }) => code === 'size')
      .map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
  assert.equal(sizes([note(19_000_000)], notes), []);
  assert.equal(sizes([note(21_000_000)], notes), [
    'warning /result: about 21 MB of JSON: the editor and proxies want less',
  ]);
  assert.equal(sizes(polygons, shapes), ['warning /result: about 24 MB of JSON: the editor and proxies want less']);
});

test('long ids that begin alike are two pairs', () => {
  const config = parseLabelConfig(
    `<View><Text name="t" value="$t"/><Labels name="l" toName="t">${labels}</Labels><Relations/></View>`,
  );
  const id = (end: string) => `${'x'.repeat(80)}${end}`;
  const span = (end: string) => ({
    id: id(end),
    from_name: 'l',
    to_name: 't',
    type: 'labels',
    value: { start: 0, end: 1, labels: ['Run'] },
  });
  const relation = (from: string, to: string) => ({
    type: 'relation',
    from_id: id(from),
    to_id: id(to),
    direction: 'right',
  });
  const result = [span('a'), span('b'), span('c'), relation('a', 'b'), relation('a', 'c'), relation('a', 'c')];
  const found = validatePrediction({ result }, config).map(({ code, path }) => `${code} ${path}`);
  assert.equal(found, ['relation /result/5/to_id']);
});

test.run();
