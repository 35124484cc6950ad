import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { type Box, RegionBuilders, type RegionOptions, type Span } from '../../runtime/labeling/regions.ts';
import type { Region } from '../../runtime/types.ts';
import { cpuMilliseconds } from '../cpu-time.ts';
import { refusal } from './refusal.ts';

const CONFIG = `<View>
  <Text name="doc" value="$text"/><Text name="other" value="$other"/><Image name="img" value="$image"/>
  <HyperText name="page" value="$html"/>
  <Choices name="mood" toName="doc"><Choice value="Good"/><Choice value="Bad" alias="b"/></Choices>
  <Choices name="tags" toName="doc" choice="multiple"><Choice value="A"/><Choice value="B"/></Choices>
  <Choices name="free" toName="doc" value="$options2"><Choice value="A"/></Choices>
  <Choices name="both" toName="doc,other"><Choice value="A"/></Choices>
  <Choices name="lost" toName="nowhere"><Choice value="A"/></Choices>
  <Choices name="state" toName="img" perRegion="true"><Choice value="Clean"/></Choices>
  <Labels name="ner" toName="doc"><Label value="Person"/><Label value="Place"/></Labels>
  <Labels name="one" toName="doc" choice="single"><Label value="X"/><Label value="Y"/></Labels>
  <Labels name="html" toName="page"><Label value="X"/></Labels>
  <RectangleLabels name="box" toName="img"><Label value="Car"/><Label value="Person" alias="p"/></RectangleLabels>
  <RectangleLabels name="astray" toName="doc"><Label value="Car"/></RectangleLabels>
  <TextArea name="note" toName="doc" maxSubmissions="2"/>
</View>`;
const build = new RegionBuilders(parseLabelConfig(CONFIG));
const image = { width: 800, height: 600 };
const span = (text: string, start: number, end: number, unit?: Span['unit']): Span => {
  return { text, start, end, ...(unit !== undefined && { unit }) };
};
/** A region with an id that a test knows. */
const known: RegionOptions = { id: 'r1' };

/** The label-type fixtures' own predictions, built. */
const FIXTURES: Record<string, (builders: RegionBuilders, text: string) => Region[]> = {
  choices: (builders) => [builders.choices('mood', 'Positive', { id: 'r1', score: 0.93 })],
  choices_multiple: (builders) => [builders.choices('flags', ['Blurred', 'Dark'], known)],
  labels_text: (builders, text) => [
    builders.labels('ner', 'Person', span(text, 0, 12), { id: 'e1', score: 0.98 }),
    builders.labels('ner', ['Person'], span(text, 17, 32, 'codePoint'), { id: 'e2', score: 0.7 }),
  ],
  rectanglelabels: (builders) => [
    builders.rectangleLabels('box', 'Car', { px: [84, 120, 324, 271.5], image }, { id: 'b1', score: 0.77 }),
  ],
  textarea: (builders) => [builders.textArea('transcript', 'Hello and welcome.', { id: 't1' })],
};
for (const [name, act] of Object.entries(FIXTURES)) {
  test(`builds the fixture ${name}`, () => {
    const file = new URL(`../fixtures/label_types/${name}.json`, import.meta.url);
    const { config, task, prediction } = JSON.parse(readFileSync(file, 'utf8'));
    assert.equal(act(new RegionBuilders(parseLabelConfig(config)), task.data.text), prediction.result);
  });
}

const WOMEN = '👩‍👩‍👧 met Ada 😀';
test('spans are stored in code points, with the slice', () => {
  const start = WOMEN.indexOf('Ada');
  const expected = { start: 10, end: 15, text: 'Ada 😀', labels: ['Person'] };
  for (const given of [span(WOMEN, start, WOMEN.length), span(WOMEN, 10, 15, 'codePoint')]) {
    assert.equal(build.labels('ner', 'Person', given).value, expected);
  }
  assert.is([...WOMEN].slice(expected.start, expected.end).join(''), expected.text);
});

/** Pixels and percent of one box on 800 × 600. */
const BOXES: [Box, [x: number, y: number, width: number, height: number, rotation: number]][] = [
  [{ px: [0, 0, 800, 600], image }, [0, 0, 100, 100, 0]],
  [{ px: [80, 60, 240, 300], image }, [10, 10, 20, 40, 0]],
  [{ px: [80, 60, 240, 300], image, rotation: -90 }, [10, 10, 20, 40, 270]],
  [{ px: [80, 60, 240, 300], image, rotation: 720.5 }, [10, 10, 20, 40, 0.5]],
  [{ percent: { x: 10, y: 10, width: 20, height: 40 }, image, rotation: 359.5 }, [10, 10, 20, 40, 359.5]],
  [{ percent: { x: 90, y: 10, width: 20, height: 40 }, image, rotation: 45 }, [90, 10, 20, 40, 45]],
  [{ percent: { x: 0, y: 99.9, width: 100, height: 0.1 }, image, rotation: -0 }, [0, 99.9, 100, 0.1, 0]],
];
for (const [box, [x, y, width, height, rotation]] of BOXES) {
  test(`a box from ${JSON.stringify(box)}`, () => {
    const region = build.rectangleLabels('box', ['Car', 'p'], box, known);
    assert.ok(Object.is(region.value?.rotation, rotation));
    assert.equal(region, {
      id: 'r1',
      from_name: 'box',
      to_name: 'img',
      type: 'rectanglelabels',
      value: { x, y, width, height, rotation, rectanglelabels: ['Car', 'p'] },
      original_width: 800,
      original_height: 600,
      image_rotation: 0,
    });
  });
}

test('options: score, id, to', () => {
  const value = { choices: ['A'] };
  const region = { from_name: 'both', to_name: 'other', type: 'choices', value };
  assert.equal(build.choices('both', 'A', { to: 'other', id: 'x-Y_9', score: 0 }), {
    id: 'x-Y_9',
    ...region,
    score: 0,
  });
  assert.equal(build.choices('free', ['unheard of'], known).value, { choices: ['unheard of'] });
  assert.is(build.choices('state', 'Clean', { id: 'r9' }).id, 'r9');
});

test('a TextArea takes as many texts as it says', () => {
  const { value, type } = build.textArea('note', ['1', '']);
  assert.equal([type, value], ['textarea', { text: ['1', ''] }]);
});

test('ids are ten characters of the editor’s, and differ', () => {
  const ids = Array.from({ length: 2000 }, () => build.choices('mood', 'Good').id ?? '');
  assert.is(new Set(ids).size, ids.length);
  assert.equal(
    ids.filter((id) => !/^[A-Za-z0-9_-]{10}$/.test(id)),
    [],
  );
});

test('control, objectOf, labelsOf', () => {
  assert.equal(build.labelsOf('mood'), ['Good', 'b']);
  build.labelsOf('mood').push('mine');
  assert.equal(build.labelsOf('mood'), ['Good', 'b']);
  assert.is(build.objectOf('both').dataKey, 'text');
  assert.is(build.control('note').type, 'textarea');
});

const wrong = <T>(value: unknown) => value as T;
const percent = (x: number, y: number, width: number, height: number) => ({ percent: { x, y, width, height }, image });
const px = (...corners: [number, number, number, number]) => ({ px: corners, image });
const box = (given: Box) => () => build.rectangleLabels('box', 'Car', given);
const ner = (given: Span) => () => build.labels('ner', 'Person', given);

const REFUSED: [act: () => unknown, message: string][] = [
  [() => build.control('moot'), "unknown control 'moot'; did you mean 'mood'? (known: mood, tags, free, both"],
  [() => build.control('constructor'), "unknown control 'constructor'"],
  [() => build.objectOf('lost'), "control 'lost': unknown object 'nowhere' (known: doc, other, img, page)"],
  [() => build.choices('mood', 'Godo'), "control 'mood': unknown label 'Godo'; did you mean 'Good'? (known: Good, b)"],
  [() => build.choices('mood', 'Bad'), "control 'mood': 'Bad' is shown to people, results carry its alias 'b'"],
  [() => build.choices('mood', ['Good', 'b']), "control 'mood' takes one label"],
  [() => build.choices('mood', []), "control 'mood': at least one label is needed"],
  [() => build.choices('mood', wrong<string>(5)), "control 'mood': a label must be text, got 5"],
  [() => build.choices('mood', ''), 'a label must be text, got ""'],
  [() => build.choices('free', wrong<string[]>([null])), "control 'free': a label must be text, got null"],
  [() => build.choices('tags', ['A', 'A']), "control 'tags': label 'A' is given twice"],
  [() => build.labels('one', ['X', 'Y'], span('a', 0, 1)), "control 'one' takes one label"],
  [
    () => build.choices('ner', 'Person'),
    "control 'ner' is <Labels>, whose results differ in shape from those of <Choices>",
  ],
  [() => build.textArea('mood', 'x'), "control 'mood' is <Choices>"],
  [() => build.choices('both', 'A'), "control 'both' is for several objects: say which in { to } (known: doc, other)"],
  [() => build.choices('both', 'A', { to: 'img' }), "control 'both': unknown object 'img' (known: doc, other)"],
  [() => build.choices('mood', 'Good', { to: 'dok' }), "control 'mood': unknown object 'dok'; did you mean 'doc'?"],
  [() => build.choices('lost', 'A'), "control 'lost': unknown object 'nowhere'"],
  [
    () => build.choices('state', 'Clean'),
    "control 'state' is perRegion: needs the region it describes, { about } or its { id }",
  ],
  [() => build.choices('mood', 'Good', { id: 'a b' }), "region id 'a b': only A-Z a-z 0-9 _ - are allowed"],
  [() => build.choices('mood', 'Good', { id: '' }), "region id ''"],
  ...[Number.NaN, -0.1, 1.1, wrong<number>('0.5'), wrong<number>(null)].map((score): [() => unknown, string] => [
    () => build.choices('mood', 'Good', { score }),
    `control 'mood': score must be a number 0..1, got ${score}`,
  ]),
  [() => build.labels('html', 'X', span('a', 0, 1)), "this is a span of <Text>, but 'page' is <HyperText>"],
  [
    ner(span('abc', 1, 1)),
    'span 1..1: needs whole numbers, 0 <= start < end <= 3 (the length of the text in UTF-16 units)',
  ],
  [ner(span('abc', 2, 1)), 'span 2..1: needs'],
  [ner(span('abc', -1, 1)), 'span -1..1: needs'],
  [ner(span('abc', 0, 4)), 'span 0..4: needs'],
  [ner(span('😀', 0, 2, 'codePoint')), 'end <= 1 (the length of the text in code points)'],
  [ner(span('abc', 0.5, 1)), 'span 0.5..1: needs'],
  [ner(span('abc', Number.NaN, 1)), 'span NaN..1: needs'],
  [ner(span('abc', wrong('0'), 1)), 'span 0..1: needs'],
  [ner(span('a😀', 0, 2)), 'offset 2 is inside of'],
  [ner(span(wrong(undefined), 0, 2)), 'a span needs the whole text, got undefined'],
  [() => build.rectangleLabels('astray', 'Car', px(0, 0, 1, 1)), "<RectangleLabels> is for Image, but 'doc' is <Text>"],
  [box(px(0, 0, 801, 600)), 'box px [0, 0, 801, 600] on an image of 800 × 600 is not within the image: clip it first'],
  [box(px(-1, 0, 80, 60)), 'clip it first'],
  [box(px(80, 60, 80, 61)), 'needs right > left and bottom > top'],
  [box(px(80, 60, 81, 59)), 'needs right > left'],
  [box(px(0, 0, Number.NaN, 1)), 'needs four finite numbers'],
  [box(px(0, 0, wrong('5'), wrong('5'))), 'needs four finite numbers'],
  [box(px(...wrong<[number, number, number, number]>([0, 0, 5]))), 'needs four finite numbers'],
  [box(percent(84, 120, 240, 151)), 'these look like pixels, pass them as px'],
  [box(percent(60, 10, 40.1, 10)), 'is not within the image: clip it first'],
  [box(percent(10, 10, Number.POSITIVE_INFINITY, 10)), 'needs four finite numbers'],
  [box({ ...percent(10, 10, 101, 10), rotation: 5 }), 'is not within the image'],
  [box({ ...percent(10, 10, 10, 10), rotation: Number.NaN }), 'rotation must be a finite number of degrees, got NaN'],
  [box({ ...px(0, 0, 1, 1), image: { width: 0, height: 5 } }), 'two whole numbers of pixels above 0, got 0 × 5'],
  [box({ ...px(0, 0, 1, 1), image: { width: 1.5, height: 5 } }), 'got 1.5 × 5'],
  [() => build.textArea('note', []), "control 'note': at least one text is needed"],
  [() => build.textArea('note', ['1', '2', '3']), "control 'note' takes at most 2 texts (maxSubmissions), got 3"],
  [() => build.textArea('note', wrong([1])), "control 'note': an entry must be text, got 1"],
  [() => build.textArea('note', wrong(undefined)), "control 'note': an entry must be text, got undefined"],
];
for (const [act, message] of REFUSED) {
  test(`refuses: ${message}`, () => assert.match(refusal(act), message));
}

test('a thousand spans of one long text cost one table', () => {
  const text = 'Ada 😀 '.repeat(50_000);
  const start = cpuMilliseconds();
  for (let k = 0; k < 1000; k++) build.labels('ner', 'Person', span(text, k * 7, k * 7 + 3));
  assert.ok(cpuMilliseconds() - start < 1000, `${cpuMilliseconds() - start} ms`);
});

test.run();
