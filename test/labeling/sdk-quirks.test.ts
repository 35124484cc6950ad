/** What the reference SDK gets wrong: what it takes though it is wrong, and the other way around. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { validatePrediction } from '../../runtime/labeling/validate.ts';

const text = '<Text name="t" value="$t"/>';
const on = (controls: string) => parseLabelConfig(`<View>${text}<Image name="i" value="$i"/>${controls}</View>`);
const QUIRKS: [title: string, config: ReturnType<typeof on>, region: Record<string, unknown>, sdk: string[]][] = [
  [
    'from_name null where there is one control',
    parseLabelConfig(`<View>${text}<Choices name="c" toName="t"><Choice value="A"/></Choices></View>`),
    { from_name: null, to_name: 't', type: 'choices', value: { choices: ['A'] } },
    [],
  ],
  [
    'a type in another case',
    on('<Choices name="c" toName="t"><Choice value="A"/></Choices>'),
    { from_name: 'c', to_name: 't', type: 'CHOICES', value: { choices: ['A'] } },
    [],
  ],
  [
    'two labels where one is taken',
    on('<Choices name="c" toName="t"><Choice value="A"/><Choice value="B"/></Choices>'),
    { from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['A', 'B'] } },
    [],
  ],
  [
    'the value under the control’s own name',
    on('<Choices name="c" toName="t"><Choice value="A"/></Choices>'),
    { from_name: 'c', to_name: 't', type: 'choices', value: { c: { choices: ['A'] } } },
    [],
  ],
  [
    'numbers as text',
    on('<Number name="n" toName="t"/>'),
    { from_name: 'n', to_name: 't', type: 'number', value: { number: ' 1_0.5 ' } },
    [],
  ],
  [
    'negative coordinates',
    on('<Rectangle name="r" toName="i"/>'),
    { from_name: 'r', to_name: 'i', type: 'rectangle', value: { x: -5, y: true, width: '30', height: 1e-9 } },
    [],
  ],
  [
    'rectanglelabels of a Labels beside a Rectangle',
    on('<Rectangle name="r" toName="i"/><Labels name="l" toName="i"><Label value="A"/></Labels>'),
    {
      from_name: 'l',
      to_name: 'i',
      type: 'rectanglelabels',
      value: { x: 1, y: 1, width: 1, height: 1, rectanglelabels: ['A'] },
    },
    [],
  ],
  [
    'a rating that is cut',
    on('<Rating name="s" toName="t"/>'),
    { from_name: 's', to_name: 't', type: 'rating', value: { rating: 3.5 } },
    ['value'],
  ],
  [
    'Chat with toName',
    parseLabelConfig('<View><Chat name="c" toName="c" value="$m"/></View>'),
    { from_name: 'c', to_name: 'c', type: 'chatmessage', value: { chatmessage: { role: 'user', content: '' } } },
    ['type', 'value'],
  ],
  [
    'an unknown tag',
    on('<PdfLabels name="p" toName="t"/>'),
    { from_name: 'p', to_name: 't', type: 'pdflabels', value: { pdflabels: [] } },
    ['value'],
  ],
  [
    'bitmask',
    on('<Bitmask name="b" toName="i"/>'),
    { from_name: 'b', to_name: 'i', type: 'bitmask', value: { imageDataURL: 'data:image/png;base64,' } },
    ['value'],
  ],
  [
    'a type that is no text',
    on('<Choices name="c" toName="t"><Choice value="A"/></Choices>'),
    { from_name: 'c', to_name: 't', type: 5, value: {} },
    ['unforeseen'],
  ],
];
for (const [title, config, region, sdk] of QUIRKS) {
  test(`the SDK and ${title}`, () => {
    assert.equal(
      validatePrediction({ result: [region] }, config, { mode: 'sdk' }).map(({ code }) => code),
      sdk,
    );
    assert.ok(validatePrediction({ result: [region] }, config).length > 0, 'the strict rules say something');
  });
}

test.run();
