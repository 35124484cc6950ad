/** What builders refuse: each message names the control, what came, and what is known. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { RegionBuilders } from '../../runtime/labeling/regions.ts';
import type { Region } from '../../runtime/types.ts';
import { refusal } from './refusal.ts';

const build = new RegionBuilders(
  parseLabelConfig(`<View>
  <Text name="t" value="$t"/><Text name="u" value="$u"/><HyperText name="h" value="$h"/><Audio name="a" value="$a"/>
  <Image name="i" value="$i"/><Image name="pages" valueList="$p"/><Video name="v" value="$v"/><List name="hits" value="$hits"/>
  <Paragraphs name="talk" value="$talk" textKey="said"/><TimeSeries name="ts" value="$ts"/><Pdf name="pdf" value="$pdf"/>
  <Choices name="topic" toName="t" allowNested="true"><Choice value="A"><Choice value="B"/></Choice></Choices>
  <Choices name="many" toName="pages" perItem="true"><Choice value="A"/></Choices>
  <Choices name="state" toName="i" perRegion="true"><Choice value="A"/></Choices>
  <Taxonomy name="tax" toName="t" leafsOnly="true" maxUsages="2"><Choice value="A"><Choice value="B"/><Choice value="C"/></Choice></Taxonomy>
  <Rating name="stars" toName="t" maxRating="3"/><Number name="count" toName="t" min="1" max="5"/>
  <DateTime name="day" toName="t" only="date"/><Pairwise name="pair" toName="t,u"/>
  <Ranker name="rank" toName="hits"><Bucket name="good"/></Ranker><Ranker name="order" toName="hits"/>
  <Labels name="seg" toName="a"><Label value="S"/></Labels><Labels name="ner" toName="t"><Label value="P"/></Labels>
  <Labels name="on" toName="i"><Label value="L"/></Labels><Rectangle name="box" toName="i"/>
  <RectangleLabels name="lbox" toName="i"><Label value="L"/></RectangleLabels><Brush name="brush" toName="i"/>
  <HyperTextLabels name="html" toName="h"><Label value="X"/></HyperTextLabels>
  <ParagraphLabels name="act" toName="talk"><Label value="Q"/></ParagraphLabels>
  <TimeSeriesLabels name="ev" toName="ts"><Label value="R"/></TimeSeriesLabels>
  <TimelineLabels name="line" toName="v"><Label value="M"/></TimelineLabels>
  <VideoRectangle name="vbox" toName="v"/><OcrLabels name="ocr" toName="pdf"><Label value="T"/></OcrLabels>
  <Chat name="chat" value="$m"/><Relations><Relation value="knows"/></Relations>
</View>`),
);
const image = { width: 4, height: 2 };
const wrong = <T>(value: unknown) => value as T;
const track = { framesCount: 10, duration: 1 };
const percent = { x: 1, y: 1, width: 1, height: 1 };
const dialogue = [{ said: 'Hi 😀' }, { said: 'Yes' }, { x: 1 }];
const speech = (item: number, start: number, end: number, lastItem?: number) => () =>
  build.paragraphLabels('act', 'Q', { dialogue, item, start, end, ...(lastItem !== undefined && { lastItem }) });
const span = { start: '/p[1]/text()[1]', end: '/p[1]/text()[1]', startOffset: 0, endOffset: 1 };

const REFUSED: [act: () => unknown, message: string][] = [
  [
    () => build.choices('topic', 'A'),
    "control 'topic' is allowNested: its answers are paths, pass them to nestedChoices()",
  ],
  [() => build.nestedChoices('topic', [['A'], ['A', 'B']]), "control 'topic' takes one path"],
  [() => build.nestedChoices('topic', [['A', 'b']]), "unknown label below 'A' 'b'; did you mean 'B'? (known: B)"],
  [() => build.taxonomy('tax', [['A']]), "control 'tax' is leafsOnly: 'A' has labels below it"],
  [() => build.taxonomy('tax', [['C']]), "unknown label 'C'"],
  [() => build.taxonomy('tax', [[]]), 'a path is a list of labels, root first'],
  [() => build.taxonomy('tax', []), 'at least one path is needed'],
  [
    () =>
      build.taxonomy('tax', [
        ['A', 'B'],
        ['A', 'B'],
      ]),
    'a path is given twice',
  ],
  [() => build.taxonomy('tax', [['A', 'B'], ['A', 'C'], ['x']]), 'takes at most 2 paths (maxUsages), got 3'],
  [() => build.rating('stars', 4), 'a rating is a whole number, 1 to 3 (maxRating), got 4'],
  [() => build.rating('stars', 2.5), 'got 2.5'],
  [() => build.number('count', 6), 'needs a finite number 1 to 5, got 6'],
  [() => build.number('count', Number.NaN), 'got NaN'],
  [() => build.dateTime('day', '3.5.2024'), "needs a date in the format %Y-%m-%d, got '3.5.2024'"],
  [() => build.dateTime('day', new Date(Number.NaN)), 'an invalid Date'],
  [() => build.pairwise('pair', wrong('up')), "needs 'left' or 'right', got 'up'"],
  [() => build.ranker('rank', { goood: ['a'] }), "unknown bucket 'goood'; did you mean 'good'? (known: good, _)"],
  [() => build.ranker('order', ['a', 'a']), "item 'a' is ranked twice"],
  [() => build.ranker('order', wrong([1])), 'item ids are text, got 1'],
  [() => build.chatMessage('chat', wrong({ role: 'user' })), 'a message needs role and content'],
  [() => build.relation('a', 'b', { labels: 'know' }), "unknown relation label 'know'; did you mean 'knows'?"],
  [() => build.relation(wrong<Region>({ type: 'labels' }), 'b'), 'a relation needs regions with ids'],
  [() => build.labels('ner', 'P', { seconds: [0, 1] }), "this is a span of <Audio>, but 't' is <Text>"],
  [() => build.labels('on', 'L', { text: 'x', start: 0, end: 1 }), 'labelsOn() names what is drawn on images'],
  [() => build.labels('seg', 'S', { seconds: [2, 1] }), 'needs 0 <= start <= end seconds, got 2..1'],
  [() => build.labels('seg', 'S', { seconds: [0, 9], duration: 8 }), 'needs 0 <= start <= end <= 8 seconds, got 0..9'],
  [
    () => build.labels('seg', 'S', { seconds: [0, 1], channel: 0.5 }),
    'channel: needs a whole number from 0 on, got 0.5',
  ],
  [
    () => build.labelsOn('on', 'L', build.rectangleLabels('lbox', 'L', { percent, image })),
    "'lbox' has labels of its own",
  ],
  [
    () => build.labelsOn('ner', 'P', build.rectangle('box', { percent, image })),
    "control 'ner': unknown object 'i' (known: t)",
  ],
  [
    () => build.hyperTextLabels('html', 'X', { ...span, start: 'p' }),
    'start and end are XPaths such as /p[1]/text()[1], got p',
  ],
  [
    () => build.hyperTextLabels('html', 'X', { ...span, endOffset: 0 }),
    'needs whole numbers, 0 <= start < end, got 0..0',
  ],
  [
    () => build.hyperTextLabels('html', 'X', { ...span, globalOffsets: { start: 2, end: 1 } }),
    'globalOffsets: needs whole numbers',
  ],
  [speech(2, 0, 1), "item 2 has no text under 'said' (there are 3 items)"],
  [speech(9, 0, 1), 'item 9 has no text'],
  [speech(0, 0, 9), 'offset 9 is not within 0 to 5'],
  [speech(0, 0, 4), "offset 4 is inside of '😀'"],
  [speech(0, 2, 2), 'needs start < end, got 2..2'],
  [speech(1, 0, 1, 0), 'needs item <= lastItem, got 1..0'],
  [() => build.timeSeriesLabels('ev', 'R', { start: 2, end: 1 }), 'needs start <= end, got 2..1'],
  [() => build.timeSeriesLabels('ev', 'R', { start: 2, end: 'x' }), 'must be of one kind'],
  [() => build.timeSeriesLabels('ev', 'R', { at: Number.NaN }), 'needs finite numbers or text, got NaN'],
  [() => build.timelineLabels('line', 'M', [0, 5]), 'needs whole frames, 1 <= start <= end (both are in it), got 0..5'],
  [
    () => build.ocrLabels('ocr', 'T', { x: 12, y: 0, width: 1, height: 1 }),
    'needs x, y, width, height in 0..1 of the page',
  ],
  [() => build.ocrLabels('ocr', 'T', { x: 0, y: 0, width: 1, height: 1, page: 0 }), 'page: counts from 1, got 0'],
  [() => build.videoRectangle('vbox', null, { ...track, keyframes: [] }), 'track: needs at least one keyframe'],
  [
    () => build.videoRectangle('vbox', null, { ...track, keyframes: [{ frame: 0, percent }] }),
    'in order, 1 to 10, got 0',
  ],
  [
    () =>
      build.videoRectangle('vbox', null, {
        ...track,
        keyframes: [
          { frame: 3, percent },
          { frame: 3, percent },
        ],
      }),
    'got 3 after 3',
  ],
  [
    () => build.videoRectangle('vbox', null, { ...track, keyframes: [{ frame: 3, px: [0, 0, 1, 1] }] }),
    'keyframes in pixels need { image }',
  ],
  [
    () => build.videoRectangle('vbox', 'Car', { ...track, keyframes: [{ frame: 3, percent }] }),
    "unknown label 'Car' (known: none)",
  ],
  [
    () => build.videoRectangle('vbox', null, { framesCount: 0.5, duration: 1, keyframes: [] }),
    'framesCount is a whole number',
  ],
  [() => build.brush('brush', { pixels: new Uint8Array(5), image }), 'a mask of 5 pixels for an image of 4 × 2 = 8'],
  [
    () => build.brush('brush', { rle: [0, 0, 0, 4, 57, 27, 252, 127, 224], image }),
    'the encoding is of 1 pixels, the image has 4 × 2',
  ],
  [
    () => build.maskOf({ type: 'brush', value: {}, original_width: 4, original_height: 2 }),
    'a brush result has no mask',
  ],
  [() => build.choices('many', 'A'), "control 'many' is for one of several images: say which in { item }"],
  [() => build.choices('many', 'A', { item: -1 }), 'item must be a whole number from 0 on, got -1'],
  [() => build.choices('state', 'A'), 'is perRegion: needs the region it describes, { about } or its { id }'],
  [
    () => build.rectangleLabels('box', 'L', { percent, image }),
    "control 'box' is <Rectangle>, whose results differ in shape from those of <RectangleLabels>",
  ],
];
for (const [act, message] of REFUSED) test(`refuses: ${message}`, () => assert.match(refusal(act), message));

test('masks come back as they were', () => {
  const pixels = Uint8Array.of(0, 1, 1, 0, 0, 0, 1, 1);
  const painted = pixels.map((pixel) => pixel * 255);
  const region = build.brush('brush', { pixels, image });
  assert.equal(build.maskOf(region), { ...image, mask: painted });
  assert.equal(build.brush('brush', { pixels: painted, image }).value, region.value);
  const soft = Uint8Array.of(0, 128, 255, 0, 0, 0, 7, 1);
  assert.equal(build.maskOf(build.brush('brush', { pixels: soft, image })).mask, soft);
  assert.equal(build.brush('brush', { rle: region.value?.rle as number[], image }).value, region.value);
});

test('a dialogue in code points, over several paragraphs', () => {
  const value = (item: number, start: number, end: number, lastItem: number, unit: 'utf16' | 'codePoint') =>
    build.paragraphLabels('act', 'Q', { dialogue, item, start, end, lastItem, unit }).value;
  const expected = { start: '0', end: '1', startOffset: 3, endOffset: 3, text: '😀\nYes', paragraphlabels: ['Q'] };
  assert.equal(value(0, 3, 3, 1, 'utf16'), expected);
  assert.equal(value(0, 3, 3, 1, 'codePoint'), expected);
  assert.equal(value(0, 3, 4, 0, 'codePoint')?.text, '😀');
});

test('an instant of a series', () => {
  assert.equal(build.timeSeriesLabels('ev', 'R', { at: 5 }).value, {
    start: 5,
    end: 5,
    instant: true,
    timeserieslabels: ['R'],
  });
});

test('OCR with a polygon, without a label', () => {
  const page = new RegionBuilders(
    parseLabelConfig(
      '<View><Image name="i" value="$i"/><PolygonLabels name="p" toName="i"><Label value="A"/></PolygonLabels><TextArea name="t" toName="i" perRegion="true"/></View>',
    ),
  );
  const where = {
    percent: [
      [1, 1],
      [2, 1],
      [2, 2],
    ] as const,
    image,
  };
  const [shape, text] = page.ocr({ shape: 'p', text: 't' }, { where, label: 'A', text: ['x'] }, { score: 0.5 });
  assert.equal(
    [shape?.type, text?.type, text?.id === shape?.id, text?.score],
    ['polygonlabels', 'textarea', true, 0.5],
  );
  assert.equal(text?.value, {
    points: [
      [1, 1],
      [2, 1],
      [2, 2],
    ],
    closed: true,
    text: ['x'],
  });
});

test.run();
