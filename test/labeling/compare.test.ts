import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareConfigs } from '../../runtime/labeling/compare.ts';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';

const config = (labels: string[], { tag = 'Choices', name = 'mood', key = 'text' } = {}): string => {
  const children = labels.map((label) => `<Choice value="${label}"/>`).join('');
  return `<View><Text name="t" value="$${key}"/><${tag} name="${name}" toName="t">${children}</${tag}></View>`;
};
const written = parseLabelConfig(config(['Good', 'Bad']));

test('a difference is a line; the same labels in other clothes are none', () => {
  const cases: Array<[string, string[]]> = [
    [config(['Bad', 'Good']).replace('<View>', '<View style="x"><Header value="Hi"/>'), []],
    [
      config(['Good', 'Awful']),
      ["control 'mood' has no label 'Bad' any more", "control 'mood' has new labels: 'Awful'"],
    ],
    [
      config(['Good', 'Bad'], { key: 'body' }),
      ["control 'mood' is about the task's 'body', the model was written for 'text'"],
    ],
    [config([], { tag: 'Labels' }), ["control 'mood' is a Labels, the model was written for Choices"]],
    [config(['Good'], { name: 'tone' }), ["control 'mood' (Choices) is missing", "control 'tone' (Choices) is new"]],
    ['<View></View>', ["control 'mood' (Choices) is missing"]],
  ];
  for (const [live, wanted] of cases) assert.equal(compareConfigs(written, parseLabelConfig(live)), wanted);
});

test('thousands of new labels are a short line', () => {
  const many = parseLabelConfig(config(Array.from({ length: 5000 }, (_, index) => `L${index}`)));
  assert.match(compareConfigs(written, many).join(), /'L9' and 4990 more$/);
});

test.run();
