/** Model processes: what the author's code does to itself must not be felt by anybody else. */

import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { childrenOf, predict, send, served, serverSuite, until } from './serving.ts';

const test = serverSuite('processes');

test('a model that ends its process: its request gets 503 and a time to come back, /health and the next are served', async ({
  start,
}) => {
  const server = await start();
  const [crashed, health] = await Promise.all([send(server, predict('crash')), server.get('/health')]);
  assert.equal([crashed.status, health.status], [503, 200]);
  assert.match(crashed.detail, 'the model process ended before it answered (exit code 7)');
  assert.match(String(crashed.retryAfter), /^[1-9]\d*$/);
  await served(server);
  assert.match(server.output(), /ERROR a model process has ended; another is started .*exit code 7/);
});

test('kill -9 of the model process costs what was under way, nothing else; the server process survives', async ({
  start,
}) => {
  const server = await start();
  await served(server);
  const [pid = 0] = childrenOf(server);
  const waiting = send(server, predict('wait'));
  await sleep(200);
  process.kill(pid, 'SIGKILL');
  const { status, detail } = await waiting;
  assert.is(status, 503);
  assert.match(detail, 'killed by SIGKILL');
  await served(server);
  assert.is.not(childrenOf(server)[0], pid);
});

test('a model that computes without a pause holds up nobody but its own process', async ({ start }) => {
  const server = await start();
  await served(server);
  const busy = send(server, predict('spin', 'spin', 'spin'));
  await sleep(50);
  const { ms } = await (async () => {
    const started = performance.now();
    assert.is((await server.get('/health')).status, 200);
    return { ms: performance.now() - started };
  })();
  assert.is((await busy).status, 200);
  assert.ok(ms < 250, `/health took ${Math.round(ms)} ms`);
});

test('one that never comes back is ended, and replaced', async ({ start }) => {
  const server = await start({ PREDICT_TIMEOUT: '1', MODEL_GRACE: '1' });
  await served(server);
  const [pid = 0] = childrenOf(server);
  const late = await send(server, predict('spin for ever'));
  assert.equal([late.status, late.retryAfter], [503, '10']);
  await until(() => (childrenOf(server).includes(pid) ? undefined : true), 15);
  await served(server);
  assert.match(server.output(), /ERROR a model process hangs: it is ended/);
});

test('a model process that computes for ever ends with its server, also when that is killed', async ({ start }) => {
  const server = await start();
  await served(server);
  const [pid = 0] = childrenOf(server);
  send(server, predict('spin for ever')).catch(() => {});
  await sleep(200);
  await server.stop('SIGKILL');
  const isAlive = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  assert.ok(isAlive(), 'it is busy still');
  await until(() => (isAlive() ? undefined : true));
});

test('one that grows beyond its limit is replaced while requests go on', async ({ start }) => {
  const server = await start({ MODEL_MEMORY_MB: '300' });
  await served(server);
  const [pid = 0] = childrenOf(server);
  for (let round = 0; round < 4; round++) assert.is((await send(server, predict('leak'))).status, 200);
  await until(async () => {
    assert.is((await send(server, predict('good'))).status, 200, server.output());
    return childrenOf(server).includes(pid) ? undefined : true;
  }, 15);
  assert.match(server.output(), /WARN a model process has outgrown MODEL_MEMORY_MB/);
});

test('every process serves a new version before the training counts as done', async ({ start }) => {
  const server = await start({ MODEL_PROCESSES: '3' });
  await server.post('/setup', { project: '12.1654592272' });
  assert.is(childrenOf(server).length, 3);
  const annotation = {
    id: 1,
    result: [{ from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }],
  };
  await server.post('/webhook', {
    action: 'ANNOTATION_CREATED',
    project: { id: 12 },
    task: { id: 1, data: { text: 'good' } },
    annotation,
  });
  await server.trained();
  const answers = await Promise.all(Array.from({ length: 24 }, () => server.post('/predict', predict('good'))));
  const versions = answers.flatMap(({ body }) => [
    body.model_version,
    ...(body.results as { model_version: string }[]).map(({ model_version }) => model_version),
  ]);
  assert.equal([...new Set(versions)], ['v1']);
});

test.run();
