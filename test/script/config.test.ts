/** The labeling config of a script that comes without one. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { read } from './read.ts';

const CONFIGS: Array<[name: string, code: string, config: string | undefined]> = [
  [
    'no builder is called by name',
    'this.choices(control(), "A"); other.choices("mood", "A"); this.relate("a", "b")',
    undefined,
  ],
  [
    'choices, by a constant, with the labels that stand in the code; quotes are safe',
    'this.choices(CONTROL, x === "no label" ? "Yes & no" : ["\\"Maybe\\""], { score: 1 })',
    '<View>\n  <Text name="text" value="$text"/>\n  <Choices name="the mood" toName="text">\n    <Choice value="Yes &amp; no"/>\n    <Choice value="&quot;Maybe&quot;"/>\n  </Choices>\n</View>\n',
  ],
  [
    'several controls on two objects; labels from elsewhere; a control that has the name of an object',
    'this.rectangleLabels("box", label, box); this.textArea("image", text); this.rectangleLabels("box", "Car", box)',
    '<View>\n  <Image name="image_" value="$image"/>\n  <Text name="text" value="$text"/>\n  <RectangleLabels name="box" toName="image_">\n    <Label value="Car"/>\n  </RectangleLabels>\n  <TextArea name="image" toName="text"/>\n</View>\n',
  ],
  [
    'labels that only the labeling config knows',
    'this.labels("ner", this.labelsOf("ner")[0], span)',
    '<View>\n  <Text name="text" value="$text"/>\n  <Labels name="ner" toName="text">\n    <Label value="First"/>\n    <Label value="Second"/>\n  </Labels>\n</View>\n',
  ],
];

for (const [name, code, config] of CONFIGS) {
  test(`a labeling config for a script: ${name}`, async () => {
    const text = `import { WOWAIML } from 'wow-ai-ml';\nconst CONTROL = 'the mood';\nexport default class extends WOWAIML { predict() { ${code} } }`;
    assert.is((await read({ 'm.js': text }, 'm.js')).config, config);
  });
}

test.run();
