/** Dispatch: who is turned away, who comes first, what is answered at the deadline and what after it. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { predict, send, served, serverSuite, until } from './serving.ts';

const test = serverSuite('dispatch');

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

test.run();
