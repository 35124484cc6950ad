/** The names that a config declares, as a model asks for them: labels, and whether a text is one. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { RegionBuilders } from '../../runtime/labeling/regions.ts';

const build = new RegionBuilders(
  parseLabelConfig(`<View>
  <Text name="text" value="$text"/><Video name="clip" value="$clip"/>
  <Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad" alias="b"/></Choices>
  <Choices name="open" toName="text" value="$opts"><Choice value="Known"/></Choices>
  <Rating name="stars" toName="text"/>
  <Labels name="moving" toName="clip"><Label value="Car"/></Labels><VideoRectangle name="box" toName="clip"/>
  <Repeater on="$list" indexFlag="{{i}}"><Choices name="q_{{i}}" toName="text"><Choice value="X"/></Choices></Repeater>
</View>`),
);

const CASES: [control: string, labels: string[], yes: string[], no: string[]][] = [
  ['mood', ['Good', 'b'], ['Good', 'b'], ['Bad', 'good', '', 'constructor']],
  ['open', ['Known'], ['Known', 'whatever comes with a task'], []],
  ['stars', [], [], ['Good']],
  ['box', ['Car'], ['Car'], ['Good']],
  ['q_3', ['X'], ['X'], ['Y']],
];
for (const [control, labels, yes, no] of CASES) {
  test(`labels of ${control}`, () => {
    assert.equal(build.labelsOf(control), labels);
    const asked = (texts: string[]) => texts.map((text) => build.isLabel(control, text));
    assert.equal([asked(yes), asked(no)], [yes.map(() => true), no.map(() => false)]);
  });
}

test('an unknown control has no labels: it is refused', () => {
  const message = /unknown control 'modo'; did you mean 'mood'\?/;
  assert.throws(() => build.labelsOf('modo'), message);
  assert.throws(() => build.isLabel('modo', 'Good'), message);
});

test('the list is the caller’s own', () => {
  build.labelsOf('mood').push('Other');
  assert.equal(build.labelsOf('mood'), ['Good', 'b']);
});

test.run();
