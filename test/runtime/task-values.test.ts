/** The data of a task, as a control refers to it. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { createLog } from '../../runtime/log.ts';
import { WOWAIML } from '../../runtime/model.ts';

class Model extends WOWAIML {
  predict() {
    return [];
  }
}

const model = new Model({
  projectId: '1',
  config: parseLabelConfig(
    '<View><Text name="a" value="$one"/><Text name="b" value="$two.b"/><Text name="c" value="$c"/><Pairwise name="p" toName="a,b"/><Repeater on="$lines" indexFlag="{{idx}}"><Text name="line_{{idx}}" value="$lines[{{idx}}].text"/><Rating name="stars_{{idx}}" toName="line_{{idx}}"/></Repeater></View>',
  ),
  modelVersion: '0.0.1',
  trainOutput: undefined,
  workdir: undefined,
  extraParams: undefined,
  options: {},
  wowAi: { host: undefined, apiKey: undefined },
  strings: { get: async () => undefined, set: async () => {}, has: async () => false },
  readFile: async () => new Uint8Array(),
  log: createLog({ level: 'error', format: 'plain', secrets: [] }),
});
const task = { id: 7, data: { one: 'left', two: { b: 5 }, c: 'neither' } };

test('the first object, unless another is named', () => {
  assert.equal(
    [model.taskValue(task, 'p'), model.taskValue(task, 'p', 'a'), model.taskValue(task, 'p', 'b')],
    ['left', 'left', 5],
  );
  assert.equal([model.taskText(task, 'p'), model.taskText(task, 'p', 'b')], ['left', '5']);
});

test('an object of another control, and data that is not there, are refused by name', () => {
  assert.throws(() => model.taskValue(task, 'p', 'c'), /control 'p': .*'c'.* a, b/);
  const message = /task 7 has no data 'two\.b', which control 'p' needs \(it has: one\)/;
  assert.throws(() => model.taskText({ id: 7, data: { one: 'left' } }, 'p', 'b'), message);
});

test('inside of a Repeater, by the name that results have', () => {
  const lines = [{ text: 'first' }, { text: 'second' }];
  assert.is(model.taskText({ data: { lines } }, 'stars_1'), 'second');
  assert.throws(() => model.taskText({ data: { lines } }, 'stars_2'), /has no data 'lines\[2\]\.text'/);
});

test.run();
