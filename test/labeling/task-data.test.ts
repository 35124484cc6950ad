/** What a control is about in a task: plain keys, paths, lists, and the names of Repeaters. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { readControlData } from '../../runtime/labeling/task-data.ts';
import { refusal } from './refusal.ts';

const config = parseLabelConfig(`<View>
  <Text name="t" value="$doc.body"/><Image name="pages" valueList="$pages"/><Text name="u" value="$other"/>
  <Choices name="mood" toName="t"/><RectangleLabels name="box" toName="pages"/><Pairwise name="best" toName="t,u"/>
  <Choices name="lost" toName="nobody"/>
  <Repeater on="$lines" indexFlag="{{idx}}">
    <Text name="line_{{idx}}" value="$lines[{{idx}}].text"/><Choices name="tag_{{idx}}" toName="line_{{idx}}"/>
    <Choices name="same_{{idx}}" toName="t"/>
    <Repeater on="$lines[{{idx}}].words" indexFlag="{{w}}">
      <Text name="word_{{idx}}_{{w}}" value="$lines[{{idx}}].words[{{w}}]"/>
      <Choices name="pos_{{w}}_of_{{idx}}" toName="word_{{idx}}_{{w}}"/>
    </Repeater>
  </Repeater>
</View>`);
const data = {
  doc: { body: 'hello' },
  pages: ['a.png', 'b.png'],
  other: 0,
  lines: [
    { text: 'one', words: ['o', 'n', 'e'] },
    { text: 'two', words: ['t', 'w', 'o'] },
  ],
};

const read: [control: string, to: string | undefined, key: string, value: unknown][] = [
  ['mood', undefined, 'doc.body', 'hello'],
  ['box', undefined, 'pages', data.pages],
  ['best', undefined, 'doc.body', 'hello'],
  ['best', 'u', 'other', 0],
  ['tag_0', undefined, 'lines[0].text', 'one'],
  ['tag_1', 'line_1', 'lines[1].text', 'two'],
  ['tag_2', undefined, 'lines[2].text', undefined],
  ['same_1', undefined, 'doc.body', 'hello'],
  ['pos_2_of_1', undefined, 'lines[1].words[2]', 'o'],
  // The name of the config, not of a result: there is nothing to read, and the key says why.
  ['tag_{{idx}}', undefined, 'lines[{{idx}}].text', undefined],
];
for (const [control, to, key, value] of read) {
  test(`${control}${to === undefined ? '' : ` on ${to}`} is about ${key}`, () => {
    assert.equal(readControlData(data, config, control, to), { key, value });
  });
}

test('a file that was uploaded by itself stands under no name yet', () => {
  assert.equal(readControlData({ $undefined$: 'file' }, config, 'mood'), { key: 'doc.body', value: 'file' });
});

test('what is not there is refused with what is', () => {
  const refused: [control: string, to: string | undefined, message: RegExp][] = [
    ['tag_x', undefined, /unknown control 'tag_x'/],
    ['tag_0', 'line_1', /^control 'tag_0': unknown object 'line_1'.*line_0/],
    ['lost', undefined, /^control 'lost': unknown object 'nobody'.*pages/],
  ];
  for (const [control, to, message] of refused) {
    assert.match(
      refusal(() => readControlData(data, config, control, to)),
      message,
    );
  }
});

test.run();
