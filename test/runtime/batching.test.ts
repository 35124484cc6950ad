/** Dispatch inside of a model process: who comes first, what goes together, what is late. */

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Batcher } from '../../runtime/hosting/batcher.ts';
import { Lanes } from '../../runtime/hosting/lanes.ts';
import type { Model } from '../../runtime/hosting/load.ts';
import type { Task } from '../../runtime/types.ts';
import { createDeliver } from '../../runtime/wow-ai/predictions.ts';

const task = (id: number): Task => ({ id, data: {} });

/** Remembers how many tasks came with each call; fails on task 13. */
function createCounting(ms: number): Model & { calls: number[] } {
  const calls: number[] = [];
  return {
    calls,
    setup() {},
    async predict(tasks) {
      calls.push(tasks.length);
      await sleep(ms);
      if (tasks.some(({ id }) => id === 13)) throw new Error('unlucky');
      return tasks.map(({ id }) => ({ result: [], score: Number(id) / 100 }));
    },
  };
}

test('single tasks that wait go together, never more than max, and each caller gets its own', async () => {
  const model = createCounting(5);
  const batcher = new Batcher(model, { max: 4 });
  const first = batcher.predict(task(0), {});
  await sleep(1);
  const items = await Promise.all([first, ...[1, 2, 3, 4, 5, 6].map((id) => batcher.predict(task(id), {}))]);
  assert.equal(
    items.map((item) => (item as { score: number }).score),
    [0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06],
  );
  assert.equal(model.calls, [1, 4, 2]);
});

test('one waits for others as long as it may, and no longer once there are enough', async () => {
  const model = createCounting(0);
  const batcher = new Batcher(model, { max: 2, wait: 60 });
  const started = performance.now();
  await Promise.all([batcher.predict(task(1), {}), sleep(20).then(() => batcher.predict(task(2), {}))]);
  assert.ok(performance.now() - started < 55, 'two were enough');
  await batcher.predict(task(3), {});
  assert.ok(performance.now() - started > 70, 'the third has waited');
  assert.equal(model.calls, [2, 1]);
});

test('a task that fails costs its own caller alone', async () => {
  const batcher = new Batcher(createCounting(0), { max: 8 });
  const outcomes = await Promise.allSettled([12, 13, 14].map((id) => batcher.predict(task(id), {})));
  assert.equal(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
});

test('annotators overtake batches, batches take turns, and no more run than may', async () => {
  const lanes = new Lanes(1);
  const order: string[] = [];
  const enter = async (name: string, interactive: boolean): Promise<void> => {
    const turn = lanes.enter(interactive);
    if (turn) await turn;
    order.push(name);
  };
  await enter('running', false);
  const all = [enter('batch a', false), enter('batch b', false), enter('annotator', true)];
  assert.is(lanes.waiting, 3);
  for (let left = 0; left < 4; left++) {
    lanes.leave();
    await sleep(0);
  }
  await Promise.all(all);
  assert.equal(order, ['running', 'annotator', 'batch a', 'batch b']);
  assert.equal([lanes.running, lanes.waiting], [0, 0]);
});

test('a late prediction is handed over with the key, to its own host alone', async () => {
  const seen: { url?: string; authorization?: string; body: unknown }[] = [];
  const readAll = async (request: IncomingMessage): Promise<string> =>
    Buffer.concat(await request.toArray()).toString();
  const server = createServer(async (request, response) => {
    const { url = '', headers } = request;
    seen.push({ url, authorization: headers.authorization ?? '', body: JSON.parse(await readAll(request)) });
    if (seen.length === 2) response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
    else response.writeHead(seen.length === 3 ? 400 : 201).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const deliver = createDeliver({ host, apiKey: 'canary-key' });
  const prediction = { result: [], score: 0.5, model_version: 'v2' };
  await deliver?.([7], JSON.stringify([prediction]));
  assert.equal(seen, [
    {
      url: '/api/predictions/',
      authorization: 'Token canary-key',
      body: { task: 7, result: [], score: 0.5, model_version: 'v2' },
    },
  ]);
  const failures = [];
  for (const id of [8, 9]) failures.push(await deliver?.([id], JSON.stringify([prediction])).then(String, String));
  server.close();
  assert.match(String(failures[0]), /redirect|fetch failed/);
  assert.match(String(failures[1]), 'did not take a late prediction for task 9: status 400');
  assert.not.match(failures.join(''), 'canary-key');
  assert.is(createDeliver({ host, apiKey: undefined }), undefined);
});

test.run();
