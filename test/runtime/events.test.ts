import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { config, type Item, openSite, type Site, seenBy, task } from './site.ts';

const test = suite<{ site: Site }>('events');
test.before.each((context) => {
  context.site = openSite();
});
test.after.each(({ site }) => site.close());

test('events that teach nothing are answered with 200, and say why', async ({ site }) => {
  const result = [{ from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }];
  const cases: Array<[Record<string, unknown>, number, string]> = [
    [{ action: 'ANNOTATION_CREATED' }, 200, 'ok'],
    [{ action: 'LABEL_LINK_CREATED', project: { id: 1 } }, 200, 'Unknown event'],
    [
      {
        action: 'ANNOTATION_CREATED',
        project: { id: 1 },
        annotation: { id: 1, task: 1, was_cancelled: true, result: [] },
        task: task('a'),
      },
      200,
      'ok',
    ],
    [{ action: 'TASKS_DELETED', project: { id: 1 }, tasks: [{ id: 1 }] }, 200, 'ok'],
    [
      { action: 'ANNOTATION_CREATED', project: { id: 1 }, annotation: { id: 2, task: 1, result }, task: task('a') },
      201,
      'ok',
    ],
    [
      { webhook: 'ANNOTATION_UPDATED', project: '1.5', annotation: { id: 2, task: 1, result }, task: task('a') },
      201,
      'ok',
    ],
    [
      {
        action: 'ANNOTATIONS_CREATED',
        project: { id: 1 },
        annotation: [{ id: 3, task: 1, result }],
        task: [task('a')],
      },
      201,
      'ok',
    ],
    [{ action: 'ANNOTATIONS_DELETED', project: { id: 1 }, annotations: [{ id: 3 }] }, 201, 'ok'],
    [{ action: 'START_TRAINING', project: { id: 1 } }, 201, 'ok'],
    [
      { annotations: [{ ...task('a'), annotations: [{ id: 2, result }] }], project: '1.5', label_config: config.xml },
      201,
      'ok',
    ],
  ];
  for (const [body, status, said] of cases) {
    const answer = await site.request('/webhook', body);
    assert.equal([answer.status, answer.body.status], [status, said], JSON.stringify(body));
    assert.type(answer.body[status === 201 ? 'job_id' : 'detail'], 'string');
  }
  await site.backend.trained();
  assert.equal((await site.request('/webhook', { action: 'PROJECT_UPDATED', project: { id: 1 } })).status, 200);
});

test('versions: the newest serves, a chosen one is served on request, old ones are forgotten', async ({ site }) => {
  for (const text of ['one', 'two', 'three']) {
    const annotation = {
      id: 1,
      result: [{ from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }],
    };
    await site.request('/train', { project: '12', annotations: [{ ...task(text), annotations: [annotation] }] });
    await site.backend.trained();
  }
  assert.equal((await site.request('/versions?project=12')).body.versions, ['v3', 'v2']);
  const setup = async (model_version: unknown): Promise<unknown> =>
    (await site.request('/setup', { project: '12.5', model_version })).body.model_version;
  assert.equal(
    [await setup('v2'), await setup(undefined), await setup('v9'), await setup('v2'), await setup(null)],
    ['v2', 'v2', 'v3', 'v2', 'v3'],
  );
  await setup('v2');
  const { body } = await site.request('/predict', { project: '12', tasks: [task('good')] });
  assert.equal(
    [
      body.model_version,
      (body.results as Item[])[0]?.model_version,
      (seenBy(body).learned as { texts: string[] }).texts,
    ],
    ['v2', 'v2', ['two']],
  );
});

test('/setup says once how the live labeling config differs from the one the model was written for', async ({
  site,
}) => {
  const schema = config.xml.replace('Negative', 'Awful');
  for (const project of ['1', '1', '2']) await site.request('/setup', { project, schema });
  await site.request('/setup', { project: '3', schema: config.xml });
  await new Promise(setImmediate);
  const said = site.lines.join('').match(/WARN the labeling config is not .*/g) ?? [];
  assert.equal(
    said.map((line) => line.replace(/^.*label-config.xml /, '')),
    ['1', '2'].map(
      (id) =>
        `project=${id} differences="[\\"control 'sentiment' has no label 'Negative' any more\\",\\"control 'sentiment' has new labels: 'Awful'\\"]"`,
    ),
  );
});

test.run();
