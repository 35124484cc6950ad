/** The example's model class, on its own labeling config and on those that users put in its place. */

import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ModelClass } from '../../runtime/hosting/load.ts';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { createLog } from '../../runtime/log.ts';
import type { WOWAIML } from '../../runtime/model.ts';
import type { TestBackend } from '../../runtime/testing.ts';
import type { AnnotatedTask, Region } from '../../runtime/types.ts';

const root = resolve(import.meta.dirname, '../..');
/** The example with the runtime copied in, as the generator does it. */
const project = mkdtempSync(join(tmpdir(), 'text-classifier-'));
cpSync(join(root, 'examples/text-classifier'), project, { recursive: true });
cpSync(join(root, 'runtime'), join(project, 'runtime'), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));

const load = (file: string): Promise<unknown> => import(pathToFileURL(join(project, file)).href);
const { default: Model } = (await load('model.ts')) as { default: ModelClass };
const { createTestBackend } = (await load('runtime/testing.ts')) as typeof import('../../runtime/testing.ts');

const test = suite('text classifier, the model');
test.after(() => rmSync(project, { recursive: true, force: true }));

const SINGLE = `<View><Text name="t" value="$body"/><Choices name="c" toName="t"><Choice value="Tea"/><Choice value="Rain" alias="r"/></Choices></View>`;
const SEVERAL = SINGLE.replace('toName="t"', 'toName="t" choice="multiple"');

async function createBackend(labelConfig: string): Promise<TestBackend> {
  const files = { labelConfig: join(project, 'config.xml'), tasks: join(project, 'no-tasks.json') };
  writeFileSync(files.labelConfig, labelConfig);
  writeFileSync(files.tasks, '[]');
  return createTestBackend(Model, files);
}

/** A task with one answer per annotator; several labels are joined with '+'. */
function annotated(id: number, data: Record<string, unknown>, ...answers: string[]): AnnotatedTask {
  const result = (answer: string): Region[] => [
    { from_name: 'c', to_name: 't', type: 'choices', value: { choices: answer.split('+') } },
    { from_name: 'other', to_name: 't', type: 'choices', value: { choices: ['Rain'] } },
    { from_name: 'c', to_name: 't', type: 'choices' },
  ];
  return { id, data, annotations: answers.map((answer) => ({ result: result(answer) })) };
}

const LESSON = [
  annotated(1, { body: 'green tea' }, 'Tea'),
  annotated(2, { body: 'a pot of tea' }, 'Tea', 'r', 'Tea'),
  annotated(3, { body: 'heavy rain' }, 'r'),
  annotated(4, { body: 'rain again' }, 'r'),
];

async function ask(backend: TestBackend, ...bodies: unknown[]): Promise<Array<[choices: unknown, score: number]>> {
  const { results } = await backend.predict(bodies.map((body, id) => ({ id, data: { body } })));
  return results.map(({ result, score }) => [result[0]?.value?.choices, score]);
}

test('it finds the choices of a config, answers with aliases, and takes numbers for text', async () => {
  const backend = await createBackend(SINGLE);
  assert.equal(await ask(backend, 'a rainy day', 42), [
    [['Tea'], 0.5],
    [['Tea'], 0.5],
  ]);
  assert.is(await backend.train(LESSON), 'v1');
  const answers = await ask(backend, 'more tea', 'more rain', 42);
  await backend.close();
  assert.equal(answers.map(([choices]) => choices).slice(0, 2), [['Tea'], ['r']]);
  for (const [, score] of answers.slice(0, 2)) assert.ok(score > 0.7 && score < 1, `${score}`);
});

test('with choice="multiple" it gives all that apply', async () => {
  const backend = await createBackend(SEVERAL);
  const both = [5, 6, 7].map((id) => annotated(id, { body: 'tea in the rain' }, 'Tea+r'));
  await backend.train([...LESSON, ...both]);
  const answers = await ask(backend, 'tea', 'rain', 'tea in the rain');
  await backend.close();
  assert.equal(
    answers.map(([choices]) => choices),
    [['Tea'], ['r'], ['Tea', 'r']],
  );
});

test('labels that the config no longer has are neither learned nor given', async () => {
  const backend = await createBackend(SINGLE);
  const strangers = [1, 2, 3].map((id) => annotated(10 + id, { body: 'heavy snow' }, 'Snow'));
  await backend.train([...LESSON, ...strangers]);
  const now = SINGLE.replace('value="Tea"', 'value="Coffee"');
  const answer = await backend.request('/predict', {
    tasks: [{ id: 1, data: { body: 'green tea' } }],
    project: '1.1700000000',
    label_config: now,
  });
  await backend.close();
  const [item] = answer.body.results as Array<{ result: Region[]; score: number }>;
  assert.equal([item?.result[0]?.value?.choices, item?.score], [['r'], 1]);
});

test('labels that come with the task are learned as they come', async () => {
  const backend = await createBackend(
    `<View><Text name="t" value="$body"/><Choices name="c" toName="t" value="$options"/></View>`,
  );
  assert.equal(await ask(backend, 'tea'), [[undefined, 0]]);
  await backend.train(LESSON);
  const [answer] = await ask(backend, 'green tea');
  await backend.close();
  assert.equal(answer?.[0], ['Tea']);
});

test('a task without its text costs only itself when learning, and is named when asked for', async () => {
  const backend = await createBackend(SINGLE);
  const version = await backend.train([
    ...LESSON,
    annotated(9, { other: 1 }, 'Tea'),
    annotated(10, { body: ['x'] }, 'r'),
  ]);
  const answer = await backend.request('/predict', {
    tasks: [{ id: 9, data: { other: 1 } }],
    project: '1.1700000000',
    label_config: SINGLE,
  });
  await backend.close();
  assert.is(version, 'v1');
  assert.is(answer.status, 400);
  assert.match(String(answer.body.detail), /task 9 has no data 'body', which control 'c' needs \(it has: other\)/);
});

test('what fit() reports, and when it has nothing to report', async () => {
  const context = {
    config: parseLabelConfig(SINGLE),
    log: createLog({ level: 'error', format: 'plain', secrets: [] }),
  };
  const model = new Model(context as never) as unknown as Required<WOWAIML>;
  const many = Array.from({ length: 40 }, (_, id) => {
    const [word = '', label = ''] = id % 2 === 0 ? ['tea', 'Tea'] : ['rain', 'r'];
    return annotated(id, { body: `${word} ${id}` }, label);
  });
  const cases: Array<[tasks: AnnotatedTask[], output: unknown]> = [
    [[], undefined],
    [LESSON.slice(0, 2), undefined],
    [LESSON, { labels: ['Tea', 'r'], documents: 4, accuracy: null }],
    [[...LESSON, annotated(9, { body: 'snow' }, 'Snow')], { labels: ['Tea', 'r'], documents: 4, accuracy: null }],
    [many, { labels: ['Tea', 'r'], documents: 40, accuracy: 1 }],
  ];
  for (const [tasks, output] of cases) {
    const fit = { workdir: project, event: 'TRAIN', progress: () => {}, signal: new AbortController().signal };
    assert.equal(await model.fit(stream(tasks), fit), output);
  }
});

async function* stream(tasks: AnnotatedTask[]): AsyncGenerator<AnnotatedTask> {
  yield* tasks;
}

test('a config without choices on a text is refused, with what there is', async () => {
  const cases = [
    SINGLE.replace('toName="t"', 'toName="t" perRegion="true"'),
    SINGLE.replace('toName="t"', 'toName="t" allowNested="true"'),
    SINGLE.replace('<Text ', '<Image '),
    SINGLE.replace('<View>', '<View><Repeater on="$all" indexFlag="{{i}}">').replace('</View>', '</Repeater></View>'),
    '<View><Text name="t" value="$body"/><Labels name="l" toName="t"><Label value="x"/></Labels></View>',
  ];
  const backend = await createBackend(SINGLE);
  for (const [index, schema] of cases.entries()) {
    const { status, body } = await backend.request('/setup', { project: `${index + 2}.1700000000`, schema });
    assert.is(status, 400, schema);
    assert.match(
      String(body.detail),
      /needs <Choices toName="…"> on a <Text>.*\(the labeling config has: <\w+ name="\w">\)/,
    );
  }
  await backend.close();
});

test.run();
