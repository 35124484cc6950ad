import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { annotationEvent, createProject, startProject, type TestProject, type TestServer } from './project.ts';

/** A real server process on a project of its own for each test. */
const test = suite<{ project: TestProject; servers: TestServer[]; start: (...args: string[]) => Promise<TestServer> }>(
  'server',
);

test.before.each((context) => {
  context.project = createProject();
  context.servers = [];
  context.start = async (...args) => {
    const server = await startProject(context.project, args);
    context.servers.push(server);
    return server;
  };
});
test.after.each(async ({ project, servers }) => {
  for (const server of servers)
    if (server.process.exitCode === null && server.process.signalCode === null) await server.stop('SIGKILL');
  project.remove();
});

const setup = { project: '12.1654592272', schema: undefined };
const predictGood = { project: '12.1654592272', tasks: [{ id: 1, data: { text: 'good' } }] };

/** What the model said it had learned when it predicted. */
async function learned(server: TestServer): Promise<{ version: unknown; texts: unknown }> {
  const { body } = await server.post('/predict', predictGood);
  const [item] = body.results as Array<{ model_version: string; result: Array<{ meta: { text: [string] } }> }>;
  const seen = JSON.parse(item?.result[0]?.meta.text[0] ?? '{}') as { learned: { texts: string[] } | null };
  assert.is(item?.model_version, body.model_version);
  return { version: body.model_version, texts: seen.learned?.texts };
}

test('webhooks train in a process of their own; the new version serves without a restart and after one', async ({
  start,
}) => {
  const server = await start();
  assert.equal((await server.post('/setup', setup)).body, { model_version: '0.0.1', state: 'ready' });
  assert.equal(await learned(server), { version: '0.0.1', texts: undefined });
  for (const [id, text, label] of [
    [1, 'good one', 'Positive'],
    [2, 'bad one', 'Negative'],
  ] as const) {
    assert.is((await server.post('/webhook', annotationEvent(id, text, label))).status, 201);
  }
  await server.post('/webhook', annotationEvent(3, 'skipped', 'Positive', { was_cancelled: true }));
  await server.trained();
  const { version, texts } = await learned(server);
  assert.equal(texts, ['good one', 'bad one']);
  assert.equal((await server.post('/setup', setup)).body.model_version, version);
  assert.is(await server.stop(), 0);

  const again = await start();
  assert.equal(await learned(again), { version, texts });
  assert.not.match(server.output(), 'canary-password-in-payload');
});

test('a training that fails, or takes its process down, is reported and changes nothing', async ({
  start,
  project,
}) => {
  for (const [text, reason] of [
    ['break fit', 'fit broke'],
    ['end process', 'exit code 3'],
  ] as const) {
    const server = await start();
    await server.post('/webhook', annotationEvent(1, text, 'Positive'));
    await server.trained();
    assert.match(server.output(), new RegExp(`training failed; the present version stays.*${reason}`));
    assert.equal((await learned(server)).version, '0.0.1');
    assert.equal((await server.get('/versions?project=12')).body.versions, ['0.0.1']);
    assert.equal(readdirSync(join(project.directory, 'data/versions/12')), []);
    await server.stop();
  }
});

test('kill -9 loses nothing that was acknowledged: the training that was cut off runs again', async ({ start }) => {
  const server = await start();
  await server.post('/webhook', annotationEvent(1, 'take long', 'Positive'));
  await server.post('/webhook', annotationEvent(2, 'acknowledged', 'Negative'));
  assert.is(await server.stop('SIGKILL'), 'SIGKILL');
  const again = await start();
  assert.is((await again.get('/is_training?project=12')).body.is_training, true);
  await again.trained();
  assert.equal((await learned(again)).texts, ['take long', 'acknowledged']);
});

test('SIGTERM finishes what is under way and exits 0, also while a training runs', async ({ start }) => {
  const server = await start();
  await server.post('/webhook', annotationEvent(1, 'take long', 'Positive'));
  const pending = server.post('/predict', { tasks: [{ data: { text: 'pause' } }] });
  await new Promise((done) => setTimeout(done, 100));
  const stopped = server.stop();
  assert.is((await pending).status, 200);
  assert.is(await stopped, 0);
  const again = await start();
  await again.trained();
  assert.equal((await learned(again)).texts, ['take long']);
});

test('/train gives fit() exactly the tasks of its body, skipped annotations left out', async ({ start }) => {
  const server = await start();
  await server.post('/webhook', annotationEvent(7, 'from a webhook', 'Positive'));
  await server.trained();
  const annotation = (id: number, more = {}) => ({
    id,
    result: [{ from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }],
    ...more,
  });
  const body = {
    project: '12.1654592272',
    label_config: '',
    params: { login: null, password: null },
    annotations: [
      { id: 1, data: { text: 'one' }, annotations: [annotation(11)], predictions: [] },
      { id: 2, data: { text: 'two' }, annotations: [annotation(12, { was_cancelled: true })], predictions: [] },
    ],
  };
  const { status, body: answer } = await server.post('/train', body);
  assert.equal([status, answer.job, answer.job_id], [201, '2', '2']);
  await server.trained();
  assert.equal((await learned(server)).texts, ['one']);
  await server.post('/webhook', { action: 'START_TRAINING', project: { id: 12 } });
  await server.trained();
  assert.equal((await learned(server)).texts, ['from a webhook', 'one']);
});

test('a burst of events makes few trainings, and the last event is covered', async ({ start }) => {
  const server = await start();
  const ids = Array.from({ length: 60 }, (_, index) => index + 1);
  const answers = await Promise.all(
    ids.map((id) => server.post('/webhook', annotationEvent(id, `text ${id}`, 'Positive'))),
  );
  assert.equal(new Set(answers.map(({ status }) => status)), new Set([201]));
  await server.trained();
  assert.is(((await learned(server)).texts as string[]).length, 60);
  assert.ok(new Set(answers.map(({ body }) => body.job_id)).size <= 3, 'at most three trainings');
});

test('what stops a start is said in one line, all settings at once', async ({ start, project }) => {
  const taken = await start();
  const cases: Array<[string[], RegExp]> = [
    [['--port', new URL(taken.url).port], /port \d+ is taken: see by whom with "lsof -i :\d+"/],
    [['--basic-auth-user', 'me', '--log-level', 'loud', '--prot', '1'], /no password.*'loud'|'loud'.*no password/s],
    [['--check', '--with', 'broken=true', '--model-dir', 'other'], /no weights here/],
  ];
  for (const [args, wanted] of cases) {
    const failure = await startProject(project, args).then(() => 'it started', String);
    assert.match(failure, wanted, failure);
    assert.match(failure, /ended with [12]:/);
  }
});

test('what went wrong is in the status line too: all that servers show', async ({ start }) => {
  const server = await start();
  const cases = [
    [{ tasks: [{ id: 1, data: {} }] }, "task 1 has no data 'text', which control 'sentiment' needs (it has: none)"],
    [
      { project: 'a\r\nSet-Cookie: x 😀 é' },
      '"project" must be an id such as "12.1654592272", got "a\\r\\nSet-Cookie: x é"',
    ],
  ] as const;
  for (const [body, reason] of cases) {
    const response = await fetch(`${server.url}/predict`, { method: 'POST', body: JSON.stringify(body) });
    assert.equal([response.status, response.statusText, response.headers.get('set-cookie')], [400, reason, null]);
  }
});

test('a key that the model prints is blotted out, in the log and in the log of the training', async ({ start }) => {
  const server = await start();
  await server.post('/predict', { tasks: [{ id: 1, data: { text: 'tell' } }] });
  await server.post('/webhook', annotationEvent(1, 'good one', 'Positive'));
  await server.trained();
  assert.match(server.output(), 'the key is ***');
  const { body } = await server.get('/jobs/1');
  assert.match(JSON.stringify(body), /fit on 1 tasks in \S+ with \*\*\*/);
  assert.not.match(JSON.stringify(body), /canary-/);
});

test('.env is read at the start; what is exported wins', async ({ start, project }) => {
  writeFileSync(join(project.directory, '.env'), 'BASIC_AUTH_USER=ann\nBASIC_AUTH_PASS="in the file"\n');
  const status = async (server: TestServer, password: string): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`;
    return (await fetch(`${server.url}/versions`, { headers: { authorization } })).status;
  };
  const first = await start();
  assert.equal([await status(first, 'in the file'), await status(first, 'exported')], [200, 401]);
  await first.stop();
  const second = await startProject(project, [], { BASIC_AUTH_PASS: 'exported' });
  assert.equal([await status(second, 'in the file'), await status(second, 'exported')], [401, 200]);
  await second.stop();
});

test('a slow setup() does not hold up /setup or /health', async ({ start }) => {
  const server = await start('--with', 'slow=true');
  const began = performance.now();
  const { body } = await server.post('/setup', setup);
  assert.equal(body, { model_version: '0.0.1', state: 'loading' });
  assert.is((await server.get('/health')).status, 200);
  assert.ok(performance.now() - began < 2_500, 'answered while the model was loading');
  assert.is((await server.post('/predict', predictGood)).status, 200);
});

test.run();
