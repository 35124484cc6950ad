import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { completeTasks, findStarter, type Starter } from '../../generators/app/starter.ts';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';

const text = '<Text name="t" value="$body"/>';
const choices = '<Choices name="c" toName="t"><Choice value="A"/></Choices>';

/** Labeling config → what the starter is written for. */
const found: [string, string, Starter][] = [
  [
    'choices on text',
    `<View>${text}${choices}</View>`,
    { labelType: 'choices', control: 'c', object: 't', objectTag: 'Text', dataKey: 'body' },
  ],
  [
    'the first control that there is a starter for',
    `<View>${text}<Rating name="r" toName="t"/><TextArea name="a" toName="t"/>${choices}</View>`,
    { labelType: 'textarea', control: 'a', object: 't', objectTag: 'Text', dataKey: 'body' },
  ],
  [
    'labels on audio are passed over',
    `<View><Audio name="s" value="$wav"/><Labels name="l" toName="s"><Label value="A"/></Labels>${text}${choices}</View>`,
    { labelType: 'choices', control: 'c', object: 't', objectTag: 'Text', dataKey: 'body' },
  ],
  [
    'answers per region are passed over',
    `<View><Image name="i" value="$url"/><Choices name="p" toName="i" perRegion="true"><Choice value="A"/></Choices><RectangleLabels name="r" toName="i"><Label value="B"/></RectangleLabels></View>`,
    { labelType: 'rectanglelabels', control: 'r', object: 'i', objectTag: 'Image', dataKey: 'url' },
  ],
  [
    'nested data and odd names',
    `<View><Text name="it's" value="$a.b[0].c"/><Labels name="&quot;x&quot;" toName="it's"><Label value="A"/></Labels></View>`,
    { labelType: 'labels', control: '"x"', object: "it's", objectTag: 'Text', dataKey: 'a.b[0].c' },
  ],
];
for (const [what, xml, starter] of found) {
  test(`starter: ${what}`, () => assert.equal(findStarter(parseLabelConfig(xml), 'x.xml'), starter));
}

const notFound: [string, string, RegExp][] = [
  [
    'no control',
    `<View>${text}</View>`,
    /^x\.xml has no control that there is a starter for\.\nFound: no control at all \(.*\)\nSupported: Choices, Labels on Text, RectangleLabels on Image, TextArea$/,
  ],
  ['another control', `<View>${text}<Rating name="r" toName="t"/></View>`, /Found: Rating 'r' on Text\n/],
  [
    'an object that is not there',
    '<View><Choices name="c" toName="zz"><Choice value="A"/></Choices></View>',
    /Found: Choices 'c' \(its toName 'zz' names no object\)/,
  ],
  [
    'labels that come with the task',
    `<View>${text}<Choices name="c" toName="t" value="$options"/></View>`,
    /Found: Choices 'c' on Text \(its labels come with the task\)/,
  ],
  [
    'a Repeater',
    '<View><Repeater on="$l" indexFlag="{{i}}"><Text name="t_{{i}}" value="$l[{{i}}].x"/><Choices name="c_{{i}}" toName="t_{{i}}"><Choice value="A"/></Choices></Repeater></View>',
    /is inside a Repeater/,
  ],
];
for (const [what, xml, message] of notFound) {
  test(`no starter: ${what}`, () => {
    assert.throws(
      () => findStarter(parseLabelConfig(xml), 'x.xml'),
      (error: Error) => message.test(error.message) || assert.unreachable(error.message),
    );
  });
}

test('a wanted label type is found behind others, or missed by name', () => {
  const config = parseLabelConfig(`<View>${text}<TextArea name="a" toName="t"/>${choices}</View>`);
  assert.is(findStarter(config, 'x.xml', 'choices').control, 'c');
  assert.throws(
    () => findStarter(config, 'x.xml', 'labels'),
    /no control that there is a 'labels' starter for\.\nFound: TextArea 'a' on Text, Choices 'c' on Text\nSupported: Labels on Text$/,
  );
});

function tasksFor(xml: string, ownTag: string, data: object[]): unknown {
  const config = parseLabelConfig(xml);
  const tasks = JSON.stringify(data.map((entry, index) => ({ id: index + 1, data: entry })));
  const completed = JSON.parse(completeTasks(tasks, config, findStarter(config, 'x.xml'), ownTag)) as {
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

test('an object of another kind gets samples of its own, two tasks of them', () => {
  const xml = `<View><Image name="i" value="$a.b[1].url"/><Choices name="c" toName="i"><Choice value="A"/></Choices></View>`;
  const tasks = tasksFor(xml, 'Text', [{}, {}, {}]) as { a: { b: { url: string }[] } }[];
  assert.is(tasks.length, 2);
  assert.match(tasks[0]?.a.b[1]?.url ?? '', /^data:image\/png/);
});

test('a data key cannot reach the prototypes', () => {
  tasksFor('<View><Text name="t" value="$__proto__.polluted"/><TextArea name="a" toName="t"/></View>', 'Text', [{}]);
  assert.is(({} as Record<string, unknown>).polluted, undefined);
});

test.run();
