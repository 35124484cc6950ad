import { setTimeout as pause } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { annotationEvent, createProject, type TestProject } from '../runtime/project.ts';
import { Place } from './place.ts';
import { type Server, startServer } from './server.ts';

/** Signals as a terminal sends them: to the server and to all that it has started. */
const test = suite<{ place: Place; project: TestProject; start: () => Promise<Server> }>('signals');

test.before.each((context) => {
  const place = new Place('signals');
  const project = createProject();
  const start = () => startServer(place, project.directory, [process.execPath, 'runtime/start.js']);
  Object.assign(context, { place, project, start });
});
test.after.each(({ place, project }) => {
  place.clear();
  project.remove();
});

const post = (server: Server, path: string, body: unknown): Promise<Response> =>
  fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) });
const slow = { tasks: [{ data: { text: 'pause' } }] };

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} twice, as npm hands it on: what is under way is finished, and nothing is waited for`, async (context) => {
    const server = await context.start();
    const pending = post(server, '/predict', slow);
    await pause(100);
    const began = performance.now();
    const stopped = server.stop(signal);
    await pause(50);
    process.kill(server.pid, signal);
    assert.is((await pending).status, 200);
    assert.is(await stopped, 0);
    assert.ok(performance.now() - began < 2_000, 'a connection that is merely kept alive holds nobody up');
  });

  test(`${signal} while it trains and answers: the training runs again after the next start`, async ({ start }) => {
    const server = await start();
    await post(server, '/webhook', annotationEvent(1, 'take long', 'Positive'));
    await server.until('the training', () => /fit on 1 tasks/.exec(server.output())?.[0]);
    const pending = post(server, '/predict', slow);
    await pause(100);
    assert.is(await server.stop(signal), 0, server.output());
    assert.is((await pending).status, 200);
    const again = await start();
    await again.until('its end', () => /training ended: v1 is served/.exec(again.output())?.[0]);
    assert.not.match(server.output() + again.output(), 'training failed');
  });
}

test.run();
