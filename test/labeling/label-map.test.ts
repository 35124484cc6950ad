import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { RegionBuilders } from '../../runtime/labeling/regions.ts';
import { refusal } from './refusal.ts';

const build = new RegionBuilders(
  parseLabelConfig(`<View>
  <Image name="img" value="$image"/><Image name="pages" valueList="$pages"/><Text name="t" value="$a.b"/>
  <Choices name="kind" toName="t"><Choice value="X"/></Choices>
  <RectangleLabels name="box" toName="img" model_score_threshold="0.3" model_skip="Yes" model_iou="high">
    <Label value="Vehicle" predicted_values=" car, truck,,unheard of "/><Label value="PERSON"/><Label value="dog" alias="d"/>
    <Label value="Cat"/><Label value="Bus" predicted_values="nothing"/><Label value="Truck two" predicted_values="truck"/>
  </RectangleLabels>
  <KeyPointLabels name="kp" toName="img,pages" score_threshold="0.2">
    <Label value="Nose" predicted_values="person" model_index="0"/><Label value="Eye" predicted_values="person" model_index="1"/><Label value="Tail"/>
  </KeyPointLabels>
</View>`),
);

test('classes to labels', () => {
  const classes = ['car', 'truck', 'Person', 'dog', 'd', 'cat', 'CAT', 'bus', 'tree'];
  assert.equal(
    [...build.labelMap('box', classes)],
    [
      ['car', 'Vehicle'],
      // Two labels want it: the later one has it.
      ['truck', 'Truck two'],
      // The model's spelling is the key; the reference would have 'person' here, which never matches.
      ['Person', 'PERSON'],
      // What results carry, the alias, is compared: 'dog' is what people see.
      ['d', 'd'],
      ['cat', 'Cat'],
      ['bus', 'Bus'],
    ],
  );
  assert.equal([...build.labelMap('box', [])], []);
  assert.equal([...build.labelMap('kind', ['x'])], [['x', 'X']]);
});

test('points to labels', () => {
  const expected = new Map([
    [
      'person',
      new Map([
        [0, 'Nose'],
        [1, 'Eye'],
      ]),
    ],
  ]);
  assert.equal(build.keyPointMap('kp'), expected);
});

test('the first control of a tag for an object of a tag', () => {
  assert.equal(build.getFirstTagOccurrence('choices', 'TEXT'), { from_name: 'kind', to_name: 't', value: 'a.b' });
  assert.equal(build.getFirstTagOccurrence(['KeyPointLabels', 'RectangleLabels'], 'Image').from_name, 'box');
  assert.match(
    refusal(() => build.getFirstTagOccurrence('Choices', ['Image', 'Video'])),
    'the labeling config has no Choices for Image or Video (it has: Choices, RectangleLabels, KeyPointLabels)',
  );
});

test('custom attributes', () => {
  assert.equal(
    ['box', 'kp', 'kind'].map((name) => build.scoreThreshold(name)),
    [0.3, 0.2, 0.5],
  );
  assert.is(build.scoreThreshold('kind', 0.9), 0.9);
  assert.equal(
    [build.flagOf('box', 'model_skip'), build.flagOf('kp', 'model_skip'), build.flagOf('kp', 'x', true)],
    [true, false, true],
  );
  assert.is(build.numberOf('box', 'model_conf', 0.25), 0.25);
  assert.is(
    refusal(() => build.numberOf('box', 'model_iou', 0.7)),
    "control 'box': model_iou must be a number, got 'high'",
  );
});

test.run();
