import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LabelTypeId } from '../../generators/app/choices.ts';
import { completeTasks } from '../../generators/app/sample-tasks.ts';
import { chooseStarter, type Starter } from '../../generators/app/starter.ts';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';

const text = '<Text name="t" value="$body"/>';
const choices = '<Choices name="c" toName="t"><Choice value="A"/></Choices>';

const on = (
  tag: string,
  labelType: Starter['labelType'],
  control: string,
  object = 't',
  dataKey = 'body',
): Starter => ({
  labelType,
  control,
  object,
  objectTag: tag,
  dataKey,
});
const audio = '<Audio name="s" value="$wav"/>';
const image = '<Image name="i" value="$url"/>';
const relations = '<Relations><Relation value="is"/></Relations>';
const labels = (tag: string, to: string, more = '') =>
  `<${tag} name="l" toName="${to}"${more}><Label value="A"/></${tag}>`;

/** Labeling config → what the project is written for. */
const begun: [string, string, Starter][] = [
  ['choices on text', `<View>${text}${choices}</View>`, on('Text', 'choices', 'c')],
  ['labels on text', `<View>${text}${labels('Labels', 't')}</View>`, on('Text', 'labels', 'l')],
  ['the same with relations', `<View>${text}${labels('Labels', 't')}${relations}</View>`, on('Text', 'relations', 'l')],
  ['relations without labels', `<View>${text}${labels('Labels', 't')}<Relations/></View>`, on('Text', 'labels', 'l')],
  ['labels on audio', `<View>${audio}${labels('Labels', 's')}</View>`, on('Audio', 'audiolabels', 'l', 's', 'wav')],
  [
    'a tag that the editor spells in two ways',
    `<View>${image}<MagicWand name="m" toName="i"/></View>`,
    on('Image', 'magicwand', 'm', 'i', 'url'),
  ],
  [
    'nested data and odd names',
    `<View><Text name="it's" value="$a.b[0].c"/><Labels name="&quot;x&quot;" toName="it's"><Label value="A"/></Labels></View>`,
    on('Text', 'labels', '"x"', "it's", 'a.b[0].c'),
  ],
  ['two controls', `<View>${text}${choices}<Rating name="r" toName="t"/></View>`, on('Text', 'stubs', 'c')],
  ['a tag without a starter', `<View>${text}<Custom name="x" toName="t"/></View>`, on('Text', 'stubs', 'x')],
  [
    'answers per region',
    `<View>${image}<Rating name="r" toName="i" perRegion="true"/></View>`,
    on('Image', 'stubs', 'r', 'i', 'url'),
  ],
  [
    'labels that come with the task',
    `<View>${text}<Choices name="c" toName="t" value="$o"/></View>`,
    on('Text', 'stubs', 'c'),
  ],
  ['several objects', `<View>${text}${image}<Rating name="r" toName="t,i"/></View>`, on('Text', 'stubs', 'r')],
  [
    'a list of images',
    `<View><Image name="i" valueList="$pages"/>${labels('RectangleLabels', 'i')}</View>`,
    on('Image', 'stubs', 'l', 'i', 'pages'),
  ],
  [
    'a Repeater',
    '<View><Repeater on="$l" indexFlag="{{i}}"><Text name="t_{{i}}" value="$l[{{i}}].x"/><Choices name="c_{{i}}" toName="t_{{i}}"><Choice value="A"/></Choices></Repeater></View>',
    on('Text', 'stubs', 'c_{{i}}', 't_{{i}}', 'l[{{i}}].x'),
  ],
];
for (const [what, xml, starter] of begun) {
  test(`begins with: ${what}`, () => assert.equal(chooseStarter(parseLabelConfig(xml), 'x.xml'), starter));
}

const refused: [string, string, LabelTypeId | undefined, RegExp][] = [
  ['no control', `<View>${text}</View>`, undefined, /^x\.xml has no control: .* \(it has Text 't'\)$/],
  ['nothing at all', '<View/>', undefined, /\(it has no objects either\)$/],
  [
    'an object that is not there',
    `<View>${text}${choices}<Choices name="d" toName="zz"><Choice value="A"/></Choices></View>`,
    undefined,
    /^x\.xml: Choices 'd' has the toName 'zz', which names no object \(known: 't'\)$/,
  ],
  [
    'another label type',
    `<View>${text}<TextArea name="a" toName="t"/><Rating name="r" toName="t" perRegion="true"/></View>`,
    'labels',
    /^x\.xml has no control that there is a 'labels' starter for\.\nFound: TextArea 'a' on Text, Rating 'r' on Text \(answers per region\)\nSupported: Labels on Text\. Leave --label-type out/,
  ],
  ['no relations', `<View>${text}${labels('Labels', 't')}</View>`, 'relations', /beside <Relations> that have labels/],
];
for (const [what, xml, labelType, message] of refused) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => chooseStarter(parseLabelConfig(xml), 'x.xml', { labelType }),
      (error: Error) => message.test(error.message) || assert.unreachable(error.message),
    );
  });
}

test('of several controls, the wished label type is found, and for a model that is there the first with a starter', () => {
  const config = parseLabelConfig(
    `<View>${text}<Custom name="x" toName="t"/><TextArea name="a" toName="t"/>${choices}</View>`,
  );
  assert.is(chooseStarter(config, 'x.xml', { labelType: 'choices' }).control, 'c');
  assert.equal(chooseStarter(config, 'x.xml', { ownModel: true }), on('Text', 'textarea', 'a'));
  assert.equal(chooseStarter(config, 'x.xml', { labelType: 'stubs' }), on('Text', 'stubs', 'x'));
});

function tasksFor(xml: string, ownTag: string, data: object[]): unknown {
  const config = parseLabelConfig(xml);
  const tasks = JSON.stringify(data.map((entry, index) => ({ id: index + 1, data: entry })));
  const completed = JSON.parse(
    completeTasks(tasks, config, chooseStarter(config, 'x.xml', { ownModel: true }), ownTag),
  ) as {
    data: unknown;
  }[];
  return completed.map((task) => task.data);
}

test('sample tasks keep the starter’s texts and get all other data that the config asks for', () => {
  const xml = `<View>${text}<Header value="Fixed"/><Text name="h" value="Fixed words"/><Image name="i" value="$meta.photo"/><Image name="l" valueList="$pages"/>${choices}<Choices name="d" toName="t" value="$options"><Choice value="B"/></Choices></View>`;
  const [first, second] = tasksFor(xml, 'Text', [{ body: 'one' }, { body: 'two' }]) as Record<string, unknown>[];
  assert.equal(Object.keys(first ?? {}), ['body', 'meta', 'pages', 'options']);
  assert.is(first?.body, 'one');
  assert.is(second?.body, 'two');
  assert.match((first?.meta as { photo?: string } | undefined)?.photo ?? '', /^data:image\/png;base64,/);
  assert.match((first?.pages as string[] | undefined)?.[0] ?? '', /^data:image\/png;base64,/);
  assert.equal(first?.options, [{ value: 'B' }]);
});

test('labels that come with the task are samples, within a Repeater those of the first row', () => {
  const xml = `<View><Repeater on="$l.rows" indexFlag="{{i}}"><Text name="t_{{i}}" value="$l.rows[{{i}}].x"/><Choices name="c_{{i}}" toName="t_{{i}}" value="$l.rows[{{i}}].o"/></Repeater>${text}<TextArea name="a" toName="t" value="$draft"/></View>`;
  const [task] = tasksFor(xml, 'Text', [{}]) as { draft: string; l: { rows: Record<string, unknown>[] } }[];
  assert.is(typeof task?.draft, 'string');
  assert.equal(task?.l.rows, [
    { x: 'The parcel came two days late, and the box was wet.', o: [{ value: 'First' }, { value: 'Second' }] },
  ]);
});

test('an object of another kind gets samples of its own, two tasks of them', () => {
  const xml = `<View><Image name="i" value="$a.b[1].url"/><Choices name="c" toName="i"><Choice value="A"/></Choices></View>`;
  const tasks = tasksFor(xml, 'Text', [{}, {}, {}]) as { a: { b: { url: string }[] } }[];
  assert.is(tasks.length, 2);
  assert.match(tasks[0]?.a.b[1]?.url ?? '', /^data:image\/png/);
});

test('dialogues and series have the field names that the config asks for', () => {
  const dialogue = `<View><Paragraphs name="p" value="$d" nameKey="who" textKey="says"/><ParagraphLabels name="l" toName="p"><Label value="A"/></ParagraphLabels></View>`;
  const said = [{ author: 'Mara', text: 'Hello.', start: 1 }];
  assert.equal(tasksFor(dialogue, 'Paragraphs', [{ d: said }]), [{ d: [{ who: 'Mara', says: 'Hello.', start: 1 }] }]);
  const series = `<View><TimeSeries name="s" value="$s" timeColumn="t"><Channel column="a"/><Channel column="b"/><Channel column="c"/></TimeSeries><TimeSeriesLabels name="l" toName="s"><Label value="A"/></TimeSeriesLabels></View>`;
  const measured = { minute: [0, 1], heat: [5, 6], noise: [7, 8] };
  assert.equal(tasksFor(series, 'TimeSeries', [{ s: measured }]), [
    { s: { t: [0, 1], a: [5, 6], b: [7, 8], c: [7, 8] } },
  ]);
});

test('a data key cannot reach the prototypes', () => {
  tasksFor('<View><Text name="t" value="$__proto__.polluted"/><TextArea name="a" toName="t"/></View>', 'Text', [{}]);
  assert.is(({} as Record<string, unknown>).polluted, undefined);
});

test.run();
