import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { freePort } from '../runtime/project.ts';
import { Place } from './place.ts';
import { cloneInto, firstCommands } from './readme.ts';
import { isUp } from './server.ts';
import { sendPrinted } from './walk.ts';

const test = suite<{ place: Place; clone: string }>('readme');

test.before((context) => {
  context.place = new Place('readme');
  context.clone = context.place.folder('clone');
  cloneInto(context.clone);
});
test.after(({ place }) => place.clear());

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`the first command, in a fresh clone and again, ends with a server that answers; ${signal} ends it all`, async (context) => {
    const { place, clone } = context;
    const port = await freePort();
    const [command = ''] = firstCommands();
    const running = place.start('sh', ['-c', command], { cwd: clone, env: { PORT: String(port) }, seconds: 400 });
    const url = `http://localhost:${port}`;
    await running.until('an answer of /health', () => isUp(url));
    await sendPrinted(place, running);
    assert.ok(existsSync(join(clone, 'my-backend/model.ts')));
    // It rejects while one of the processes is there.
    await running.stop(signal);
    assert.is(await isUp(url), undefined);
    assert.match(running.output(), `${signal}: finishing what is under way`);
    assert.ok(running.output().includes('INFO stopped'), running.output());
  });
}

test.run();
