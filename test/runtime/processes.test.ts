/** Model processes: what the author's code does to itself must not be felt by anybody else. */

import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createProject, startProject, type TestProject, type TestServer } from './project.ts';

const test = suite<{
  project: TestProject;
  servers: TestServer[];
  start: (env?: Record<string, string>, ...args: string[]) => Promise<TestServer>;
}>('processes');

test.before.each((context) => {
  context.project = createProject();
  context.servers = [];
  context.start = async (env = {}, ...args) => {
    const server = await startProject(context.project, args, env);
    context.servers.push(server);
    return server;
  };
});
test.after.each(async ({ project, servers }) => {
  for (const server of servers) await server.stop('SIGKILL').catch(() => {});
  project.remove();
});

const predict = (...texts: string[]) => ({
  project: '12.1654592272',
  tasks: texts.map((text, id) => ({ id, data: { text } })),
});

interface Sent {
  status: number;
  retryAfter: string | null;
  detail: string;
  results: { result: unknown[] }[];
  errors: { index: number; reason: string }[];
  ms: number;
}

async function send(server: TestServer, body: unknown, signal?: AbortSignal): Promise<Sent> {
  const started = performance.now();
  const init = { method: 'POST', body: JSON.stringify(body), ...(signal && { signal }) };
  const response = await fetch(`${server.url}/predict`, init);
  const { detail = '', results = [], errors = [] } = (await response.json()) as Partial<Sent>;
  const ms = performance.now() - started;
  return { status: response.status, retryAfter: response.headers.get('retry-after'), detail, results, errors, ms };
}

/** The server's own children. */
function childrenOf({ process: { pid } }: TestServer): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
}

async function until<Value>(ask: () => Promise<Value | undefined> | Value | undefined, seconds = 10): Promise<Value> {
  for (const end = performance.now() + seconds * 1000; ; await sleep(20)) {
    const value = await ask();
    if (value !== undefined) return value;
    assert.ok(performance.now() < end, 'it did not happen in time');
  }
}

const served = (server: TestServer) =>
  until(async () => ((await send(server, predict('good'))).status === 200 ? true : undefined));

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

test('more than QUEUE_LIMIT are turned away at once, before their bodies are read', async ({ start }) => {
  const server = await start({ QUEUE_LIMIT: '3' });
  await served(server);
  const waiting = Array.from({ length: 3 }, () => send(server, predict('pause')));
  await sleep(100);
  const refused = await send(server, predict('good'));
  assert.equal([refused.status, refused.retryAfter], [503, '1']);
  assert.match(refused.detail, '3 predictions are under way (QUEUE_LIMIT is 3)');
  assert.ok(refused.ms < 250, `${Math.round(refused.ms)} ms`);
  assert.equal(
    (await Promise.all(waiting)).map(({ status }) => status),
    [200, 200, 200],
  );
  assert.is((await send(server, predict('good'))).status, 200);
});

test('what is ready at the deadline is answered, one item per task; the rest is empty and named', async ({ start }) => {
  const server = await start({ PREDICT_TIMEOUT: '2' });
  await served(server);
  const texts = [...Array.from({ length: 8 }, () => 'good'), 'wait', ...Array.from({ length: 11 }, () => 'good')];
  const { status, results, errors, ms } = await send(server, predict(...texts));
  assert.equal([status, results.length], [200, 20]);
  const ready = results.filter(({ result }) => result.length > 0).length;
  assert.ok(ready >= 8 && ready < 20, `${ready} were ready`);
  assert.equal(
    errors.map(({ index }) => index),
    Array.from({ length: 20 - ready }, (_, index) => ready + index),
  );
  assert.match(errors[0]?.reason ?? '', 'not ready after 2 s (PREDICT_TIMEOUT)');
  assert.ok(ms > 1_900 && ms < 4_000, `${Math.round(ms)} ms`);
});

test('what was late is finished and handed to the labeling server where there is a key, once', async ({ start }) => {
  const pushed: { task: number; result: unknown[]; model_version: string }[] = [];
  const wowAi = createServer(async (request, response) => {
    pushed.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    response.writeHead(201).end('{}');
  });
  await new Promise<void>((resolve) => wowAi.listen(0, '127.0.0.1', resolve));
  const { port } = wowAi.address() as AddressInfo;
  const key = 'canary-api-key';
  const server = await start({ PREDICT_TIMEOUT: '1', WOW_AI_HOST: `http://127.0.0.1:${port}`, WOW_AI_API_KEY: key });
  await served(server);
  const { results } = await send(server, predict(...Array.from({ length: 20 }, () => 'spin')));
  const ready = results.filter(({ result }) => result.length > 0).length;
  assert.equal([results.length, ready > 0 && ready < 20], [20, true], `${ready} were ready`);
  await until(() => (pushed.length === 20 - ready ? true : undefined));
  assert.equal(
    pushed.map(({ task, result, model_version }) => [task, result.length, model_version]),
    Array.from({ length: 20 - ready }, (_, index) => [ready + index, 1, '0.0.1']),
  );
  wowAi.close();
  assert.not.match(server.output(), key);
});

test('a caller who hangs up cancels its work', async ({ start }) => {
  const server = await start();
  await served(server);
  const leave = new AbortController();
  const gone = send(server, predict('wait'), leave.signal).then(
    () => 'answered',
    () => 'gone',
  );
  await sleep(200);
  leave.abort();
  assert.is(await gone, 'gone');
  // The toy's wait ends with its signal: nothing is under way any more.
  await until(async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    return /^ml_backend_predictions_in_flight 0$/m.test(metrics) ? true : undefined;
  });
});

test('an annotator is answered between the chunks of a large batch, and two batches share', async ({ start }) => {
  const server = await start();
  await served(server);
  const batch = send(server, predict(...Array.from({ length: 40 }, () => 'spin')));
  await sleep(400);
  const context = { result: [{ id: 'a', type: 'choices', value: {} }] };
  const interactive = await send(server, { ...predict('good'), params: { context } });
  const { status, results, ms } = await batch;
  assert.equal([interactive.status, status, results.length], [200, 200, 40]);
  assert.ok(
    interactive.ms < ms / 2,
    `the annotator waited ${Math.round(interactive.ms)} ms beside ${Math.round(ms)} ms`,
  );
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
