import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { annotationEvent, createProject, startProject, type TestProject, type TestServer } from './project.ts';
import { until } from './training-site.ts';

/** kill -9 and worse, at every step of a training: what comes after finds everything in order. */
const test = suite<{ project: TestProject; start: (...args: string[]) => Promise<TestServer>; servers: TestServer[] }>(
  'crashes',
);
test.before.each((context) => {
  context.project = createProject('learner');
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

const gone = (server: TestServer) =>
  until(() => server.process.exitCode !== null || server.process.signalCode !== null, 'the end of the server');
const annotate = (server: TestServer, id: number, text: string) =>
  server.post('/webhook', annotationEvent(id, text, 'Positive')).catch(() => {});
async function predict(server: TestServer): Promise<unknown[]> {
  const { body } = await server.post('/predict', { project: '12', tasks: [{ id: 1, data: { text: 'a' } }] });
  const [item] = body.results as Array<{ result: Array<{ value: { choices: string[] } }> }>;
  return [body.model_version, item?.result[0]?.value.choices[0]];
}
const versionDirectories = ({ directory }: TestProject): string[] => {
  const folder = join(directory, 'data/versions/12');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};

for (const step of ['fit begins', 'fit ends', 'load'] as const) {
  test(`kill -9 of the server when ${step}: the training runs again, one version comes of it, nothing is left over`, async ({
    start,
    project,
  }) => {
    const server = await start('--with', `kill=${step}`);
    await annotate(server, 1, 'one');
    await gone(server);
    assert.is(server.process.signalCode, 'SIGKILL');
    const again = await start('--with', `kill=${step}`);
    await again.trained();
    assert.equal(await predict(again), ['v1', 'Positive']);
    assert.equal((await again.get('/versions?project=12')).body.versions, ['v1']);
    const { body } = await again.get('/jobs/1');
    assert.equal([body.status, body.attempts, body.version], ['completed', 2, 'v1']);
    assert.equal(versionDirectories(project), ['job-1-2']);
  });
}

test('kill -9 right after a version is published: it is served, whole', async ({ start, project }) => {
  const server = await start();
  await annotate(server, 1, 'one');
  await until(async () => (await server.get('/jobs/1')).body.status === 'completed', 'the version');
  await server.stop('SIGKILL');
  const again = await start();
  assert.equal(await predict(again), ['v1', 'Positive']);
  assert.is((await again.get('/is_training?project=12')).body.is_training, false);
  const manifest = JSON.parse(readFileSync(join(project.directory, 'data/versions/12/job-1-1/version.json'), 'utf8'));
  assert.is(manifest.name, 'v1');
});

test('files that no version needs are removed at the start; those of versions stay', async ({ start, project }) => {
  const server = await start();
  await annotate(server, 1, 'one');
  await server.trained();
  await server.stop('SIGKILL');
  const orphan = join(project.directory, 'data/versions/12/job-99-1/artifacts');
  mkdirSync(orphan, { recursive: true });
  writeFileSync(join(orphan, 'half'), 'written');
  const again = await start();
  await until(() => versionDirectories(project).length === 1, 'the sweep');
  assert.equal(versionDirectories(project), ['job-1-1']);
  assert.equal(await predict(again), ['v1', 'Positive']);
});

test('a training whose process crashes is tried again by itself', async ({ start }) => {
  const server = await start();
  await annotate(server, 1, 'crash once');
  await server.trained();
  const { body } = await server.get('/jobs/1');
  assert.equal([body.status, body.attempts, body.version], ['completed', 2, 'v1']);
});

test('cancelling ends the process, be it as busy as it may; its lines and its progress are kept', async ({ start }) => {
  const server = await start();
  await annotate(server, 1, 'spin');
  const job = async () =>
    (await server.get('/jobs/1')).body as {
      progress: number;
      log: unknown[];
    };
  await until(async () => (await job()).progress === 0.25 && (await job()).log.length === 4, 'progress and lines');
  const running = (await server.get('/jobs/1')).body as {
    log: Array<{ level: string; text: string }>;
    message: string;
  };
  assert.is(running.message, 'a quarter');
  assert.equal(running.log.map(({ level, text }) => `${level} ${text}`).sort(), [
    'info fit on 1 tasks',
    'info with fields {"tasks":1,"key":"***"}',
    'warn a word of warning',
    'warn mind the gap',
  ]);
  const cancelled = await server.post('/jobs/1/cancel', {});
  assert.equal([cancelled.status, cancelled.body.was], [200, 'running']);
  assert.is((await server.get('/is_training?project=12')).body.is_training, false);
  assert.is((await server.get('/jobs/1')).body.status, 'cancelled');
});

test('a second server on the same directory does not touch the trainings of the first, and takes over from it', async ({
  start,
}) => {
  const first = await start();
  await annotate(first, 1, 'wait');
  await until(async () => (await first.get('/jobs/1')).body.status === 'running', 'the start');
  const second = await start();
  assert.match(second.output(), 'another server uses this model directory');
  assert.equal([(await first.get('/jobs/1')).body.status, (await first.get('/jobs/1')).body.attempts], ['running', 1]);
  await first.stop('SIGKILL');
  await until(async () => (await second.get('/jobs/1')).body.attempts === 2, 'the take-over');
});

test('a disk that is full: what cannot be recorded is refused, a training that ended waits, and nothing is lost', async ({
  start,
  project,
}) => {
  const server = await start();
  const limit = (bytes: string) => spawnSync('prlimit', [`--pid=${server.process.pid}`, `--fsize=${bytes}:`]);
  if (limit('unlimited').status !== 0) return;
  await annotate(server, 1, 'wait');
  await until(async () => (await server.get('/jobs/1')).body.status === 'running', 'the start');
  limit('4096');
  writeFileSync(join(project.directory, 'go'), '');
  await until(() => /trainings are paused until the state can be written/.test(server.output()), 'the pause');
  assert.is((await server.post('/webhook', annotationEvent(2, 'refused', 'Positive'))).status, 500);
  assert.equal([(await server.get('/health')).status, (await predict(server))[0]], [200, '0.0.1']);
  limit('unlimited');
  await server.trained();
  assert.equal(await predict(server), ['v1', 'Positive']);
  assert.is((await server.post('/webhook', annotationEvent(2, 'accepted', 'Positive'))).status, 201);
  await server.trained();
  assert.equal(await predict(server), ['v2', 'Positive']);
});

test('a folder that is moved takes its versions along', async ({ start, project }) => {
  const server = await start();
  await annotate(server, 1, 'one');
  await server.trained();
  await server.stop();
  renameSync(join(project.directory, 'data'), join(project.directory, 'moved'));
  assert.equal(await predict(await start('--model-dir', 'moved')), ['v1', 'Positive']);
});

test.run();
