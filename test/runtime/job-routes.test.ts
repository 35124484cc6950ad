import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openTrainingSite, type TrainingSite } from './training-site.ts';

const test = suite<{ site: TrainingSite }>('job routes');
test.before.each((context) => {
  context.site = openTrainingSite({ keepVersions: 2 });
});
test.after.each(({ site }) => site.close());

const ids = (body: Record<string, unknown>) => (body.jobs as Array<{ id: number }>).map(({ id }) => id);

test('/jobs: newest first, page by page, of one project or of all', async ({ site }) => {
  for (const id of [1, 2, 3]) await site.learn(id, `text ${id}`);
  await site.request('/webhook', { action: 'START_TRAINING', project: { id: 13 } });
  await site.backend.trained();
  assert.equal(ids((await site.request('/jobs')).body), [4, 3, 2, 1]);
  const page = (await site.request('/jobs?project=12.1654592272&limit=2')).body;
  assert.equal([ids(page), page.next_before], [[3, 2], 2]);
  const rest = (await site.request(`/jobs?project=12&limit=2&before=${page.next_before}`)).body;
  assert.equal([ids(rest), rest.next_before], [[1], null]);
  assert.equal(ids((await site.request('/jobs?project=99')).body), []);
  for (const [query, wanted] of [
    ['limit=0', '"limit" must be a whole number from 1 to 200, got \'0\''],
    ['limit=1000', '"limit" must be'],
    ['before=x', '"before" must be'],
    ['project=..', '"project" must be an id'],
  ]) {
    const { status, body } = await site.request(`/jobs?${query}`);
    assert.is(status, 400);
    assert.match(String(body.detail), wanted as string);
  }
});

test('/jobs/:id tells all about a job, in times that people read', async ({ site }) => {
  await site.learn(1, 'one');
  const { status, body } = await site.request('/jobs/1');
  assert.is(status, 200);
  const { created_at, started_at, finished_at, log, ...rest } = body as Record<string, string>;
  for (const time of [created_at, started_at, finished_at]) {
    assert.ok(Math.abs(Date.parse(time as string) - Date.now()) < 60_000);
  }
  assert.equal(rest, {
    id: 1,
    project: '12',
    event: 'ANNOTATION_CREATED',
    status: 'completed',
    attempts: 1,
    annotations: 1,
    progress: 1,
    message: null,
    version: 'v1',
    metrics: { score: 0.9, seen: 1 },
    detail: 'v1 is served (score 0.9, 0.0.1 has 0.5)',
    due_at: null,
  });
  assert.is(log?.length, 2);
  for (const id of ['2', 'x', '-1', '1e3']) assert.is((await site.request(`/jobs/${id}`)).status, 404, id);
});

test('/job_status answers as the original does; 410 for a job that is not there', async ({ site }) => {
  await site.learn(1, 'one');
  await site.learn(2, 'throw');
  const status = (job: unknown) => site.request('/job_status', { job });
  const { created_at, enqueued_at, started_at, ended_at, ...good } = (await status('1')).body;
  assert.equal(good, {
    job_status: 'finished',
    error: null,
    result: { model_version: 'v1', metrics: { score: 0.9, seen: 1 } },
  });
  assert.equal(
    new Set([created_at, enqueued_at, started_at, ended_at].map((time) => typeof time)),
    new Set(['string']),
  );
  const { job_status, error } = (await status(2)).body;
  assert.equal([job_status, error], ['failed', 'fit broke']);
  assert.equal([(await status('77')).status, (await status('rq:uuid')).status], [410, 410]);
  assert.equal([(await status(undefined)).status, (await status({})).status], [400, 400]);
});

test('versions by HTTP: activate, roll back, follow the newest; what is served is never forgotten', async ({
  site,
}) => {
  for (const id of [1, 2]) await site.learn(id, `text ${id}`);
  const post = async (path: string, body?: unknown) => {
    const answer = await site.request(path, body, { method: 'POST' });
    return [answer.status, answer.body.model_version ?? answer.body.detail, answer.body.follows_newest];
  };
  // There is one project with versions: it need not be named.
  assert.equal(await post('/versions/rollback'), [200, 'v1', false]);
  for (const id of [3, 4, 5]) await site.learn(id, `text ${id}`);
  assert.equal((await site.request('/versions?project=12')).body.versions, ['v5', 'v4', 'v1']);
  assert.equal(await post('/versions/rollback', { project: '12.5' }), [200, '0.0.1', false]);
  assert.equal(await post('/versions/v4/activate', { project: 12 }), [200, 'v4', false]);
  assert.equal(await post('/versions/v5/activate', { project: 12 }), [200, 'v5', true]);
  await site.learn(6, 'six');
  assert.is((await site.request('/setup', { project: '12' })).body.model_version, 'v6');
  assert.equal(await post('/versions/0.0.1/activate?project=12'), [200, '0.0.1', false]);
  assert.equal(await post('/versions/latest/activate?project=12'), [200, 'v6', true]);
  assert.equal(await post('/versions/v9/activate', { project: 12 }), [
    404,
    "project 12: unknown version 'v9'; did you mean 'v6'? (known: v6, v5, latest, untrained)",
    undefined,
  ]);
  assert.is((await site.request('/versions/rollback')).status, 405);
});

test('where several projects have versions, one must be named', async ({ site }) => {
  await site.learn(1, 'one');
  const annotations = [{ id: 1, data: { text: 'a' }, annotations: [{ id: 1, result: [] }] }];
  await site.request('/train', { project: '13', annotations });
  await site.backend.trained();
  const { status, body } = await site.request('/versions/rollback', {});
  assert.equal([status, body.detail], [400, 'say which project: {"project": "12"}; versions have: 12, 13']);
});

test('all of it asks for credentials', async () => {
  const site = openTrainingSite({ basicAuth: { user: 'ann', password: 'secret' } });
  try {
    for (const path of ['/jobs', '/jobs/1']) assert.is((await site.request(path)).status, 401, path);
    for (const path of ['/jobs/1/cancel', '/job_status', '/versions/v1/activate', '/versions/rollback']) {
      assert.is((await site.request(path, {})).status, 401, path);
    }
  } finally {
    await site.close();
  }
});

test.run();
