import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BatchContext, predictEach } from '../../runtime/hosting/isolate.ts';
import type { Model } from '../../runtime/hosting/load.ts';
import { type Results, toResults, type Validation } from '../../runtime/hosting/results.ts';
import { Work } from '../../runtime/hosting/work.ts';
import type { Task } from '../../runtime/types.ts';
import { config, openSite, type Site, task } from './site.ts';

const test = suite<{ site: Site }>('isolation');
test.before.each((context) => {
  context.site = openSite();
});
test.after.each(({ site }) => site.close());

const tasks = (count: number): Task[] => Array.from({ length: count }, (_, id) => ({ id, data: { text: 'x' } }));
const context = new BatchContext(false, [], {}, new Work());

test('a task that throws gets an empty prediction and a reason; the others are kept, the secret stays in the log', async ({
  site,
}) => {
  const { status, body } = await site.request('/predict', {
    project: '1',
    tasks: [task('good'), task('throw'), task('bad')],
  });
  const results = body.results as Array<{ result: unknown[] }>;
  assert.equal([status, results.map(({ result }) => result.length)], [200, [1, 0, 1]]);
  assert.equal(body.errors, [
    { index: 1, task: 1, reason: 'the model failed on this task: the log of the ML backend has the reason' },
  ]);
  await new Promise(setImmediate);
  assert.match(site.lines.join(''), /WARN a prediction was left empty .*secret-in-an-error/);
});

test('where nothing works the whole request fails, after few tries', async () => {
  let calls = 0;
  const model = {
    setup: () => {},
    predict: () => {
      calls++;
      throw new Error('down');
    },
  } satisfies Model;
  assert.match(await predictEach(model, tasks(1000), context).then(String, String), 'down');
  assert.is(calls, 11);
});

test('a prediction that the labeling config does not allow is left empty, sent with a warning, or not looked at', () => {
  const region = { id: 'r1', from_name: 'sentiment', to_name: 'text', type: 'choices' };
  const items = [
    { result: [{ ...region, value: { choices: ['Positve'] } }] },
    { result: [{ ...region, value: { choices: ['Positive'] } }] },
    { result: 'none' },
  ];
  const judge = (validation: Validation): Results =>
    toResults(structuredClone(items), tasks(3), { version: 'v1', config, validation, single: false });
  const lengths = ({ results }: Results): number[] => results.map((item) => [item].flat()[0]?.result.length ?? -1);
  const strict = judge('strict');
  assert.equal(lengths(strict), [0, 1, 0]);
  assert.match(strict.troubles[0]?.reason ?? '', /^\/result\/0\/value\/choices\/0: .*Positve.*Positive/);
  assert.equal(
    strict.troubles.map(({ index, dropped }) => [index, dropped]),
    [
      [0, true],
      [2, true],
    ],
  );
  const warned = judge('warn');
  assert.equal(
    [lengths(warned), warned.troubles.map(({ dropped }) => dropped)],
    [
      [1, 1, 0],
      [false, true],
    ],
  );
  assert.equal([lengths(judge('off')), judge('off').troubles.map(({ index }) => index)], [[1, 1, 0], [2]]);
});

test.run();
