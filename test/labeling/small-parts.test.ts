/** Dates, names of Repeaters, outputs of code. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { dateFormatOf, fitsDateFormat, formatDate } from '../../runtime/labeling/date-format.ts';
import { createRepeatedNames } from '../../runtime/labeling/repeaters.ts';
import { readDynamicLabels, readPath } from '../../runtime/labeling/task-data.ts';
import { parseOutputs } from '../../runtime/labeling/validate/outputs.ts';

const FORMATS: [attrs: Record<string, string>, format: string, good: string[], bad: string[]][] = [
  [{}, '%Y-%m-%dT%H:%M', ['2024-02-29T23:59'], ['2023-02-29T23:59', '2024-02-29', '2024-01-01T24:00', '']],
  [{ only: 'date' }, '%Y-%m-%d', ['2024-12-31', '2024-1-1'], ['2024-13-01', '2024-00-01', '2024-04-31', '31.12.2024']],
  [{ only: 'time', format: '%d' }, '%H:%M', ['00:00', '9:05'], ['24:00', '12:60', '12']],
  [{ only: 'date,time' }, '%Y-%m-%dT%H:%M', ['2024-02-01T00:00'], ['00:00']],
  [{ only: 'year' }, '%Y', ['1999'], ['99', '19999']],
  [{ only: 'month' }, '%Y-%m', ['2024-02'], ['2024-13']],
  [{ format: '%d.%m.%Y (%B)' }, '%d.%m.%Y (%B)', ['29.02.2024 (Februar)'], ['30.02.2024 (x)', '29-02-2024 (x)']],
  [{ format: '%I:%M %p 100%%' }, '%I:%M %p 100%%', ['12:30 PM 100%'], ['13:30 PM 100%', '12:30 PM']],
  [{ format: '%Q' }, '%Q', ['anything'], ['']],
  [{ format: '%Y %Y' }, '%Y %Y', ['anything'], ['']],
];
for (const [attrs, format, good, bad] of FORMATS) {
  test(`dates of ${JSON.stringify(attrs)}`, () => {
    assert.is(dateFormatOf(attrs), format);
    assert.equal(
      good.filter((text) => !fitsDateFormat(text, format)),
      [],
    );
    assert.equal(
      bad.filter((text) => fitsDateFormat(text, format)),
      [],
    );
  });
}

const WRITTEN: [iso: string, format: string, text: string][] = [
  ['2024-02-05T00:07:09.050Z', '%Y-%m-%dT%H:%M:%S.%L', '2024-02-05T00:07:09.050'],
  ['2024-02-05T00:07:09.050Z', '%d.%m.%y, %I:%M %p', '05.02.24, 12:07 AM'],
  ['2024-12-31T23:59:00Z', '%A, %B %d', 'Tuesday, December 31'],
  ['2024-12-31T12:00:00Z', '%a %b %I %p 100%%', 'Tue Dec 12 PM 100%'],
];
for (const [iso, format, text] of WRITTEN) {
  test(`a Date as ${format}`, () => {
    assert.is(formatDate(new Date(iso), format), text);
    assert.ok(fitsDateFormat(text, format));
  });
}

test('a Date that cannot be written is refused', () => {
  assert.throws(() => formatDate(new Date(0), 'day %j'), /a Date cannot be written as %j: pass text/);
  assert.throws(() => formatDate(new Date('never'), '%Y'), /an invalid Date/);
});

test('names of Repeaters', () => {
  const { controls } = parseLabelConfig(`<View><Choices name="plain" toName="t"/>
    <Repeater on="$a" indexFlag="{{i}}"><Choices name="q2_{{i}}" toName="t"/><Choices name="x{{i}}.{{i}}" toName="t"/>
    <Repeater on="$b" indexFlag="{{j}}"><Choices name="c_{{j}}_{{i}}" toName="t"/></Repeater></Repeater></View>`);
  const names = createRepeatedNames(controls.values());
  const find = (name: string) => {
    const found = names?.find(name);
    return found && [found.control.name, ...found.indices];
  };
  assert.equal(find('q2_0'), ['q2_{{i}}', 0]);
  assert.equal(find('q2_17'), ['q2_{{i}}', 17]);
  assert.equal(find('x3.3'), ['x{{i}}.{{i}}', 3]);
  // Outermost first, wherever it stands in the name.
  assert.equal(find('c_5_1'), ['c_{{j}}_{{i}}', 1, 5]);
  for (const name of ['q3_0', 'q2_', 'q2_01', 'q2_-1', 'q2_x', 'x3.4', 'x3a3', 'plain', '', 'q2_9999999999']) {
    assert.is(find(name), undefined, name);
  }
  assert.is(createRepeatedNames([]), undefined);
});

test('outputs', () => {
  const parse = (text: string) => JSON.parse(JSON.stringify(parseOutputs(text)));
  assert.equal(
    parse('a, b:choices(x, y); c:multichoices(p)|d:number(0,1)\ne:rating(3)\tf:rating() ,, g:odd(1)').properties,
    {
      a: { type: 'string' },
      b: { type: 'string', enum: ['x', 'y'] },
      c: { type: 'array', items: { type: 'string', enum: ['p'] } },
      d: { type: 'number', minimum: 0, maximum: 1 },
      e: { type: 'integer', minimum: 1, maximum: 3 },
      f: { type: 'string' },
      g: { type: 'string' },
    },
  );
  assert.equal(parse('{"a": {"type": "number"}}'), { type: 'object', properties: { a: { type: 'number' } } });
  const whole = { type: 'object', properties: { a: {} }, required: ['a'] };
  assert.equal(parse(JSON.stringify(whole)), whole);
});

test('task data', () => {
  const data = {
    'a.b': 1,
    a: { b: 2, c: [{ d: 3 }] },
    options: ['x', { value: 'y', alias: 'z' }, { value: 'v', children: [{ value: 'w' }] }],
  };
  assert.equal(
    ['a.b', 'a.c[0].d', 'a.x', 'constructor', 'a.constructor'].map((path) => readPath(data, path)),
    [1, 3, undefined, undefined, undefined],
  );
  assert.equal([...(readDynamicLabels(data, 'options') ?? [])].sort(), ['v', 'w', 'x', 'z']);
  assert.is(readDynamicLabels(data, 'a'), undefined);
});

test.run();
