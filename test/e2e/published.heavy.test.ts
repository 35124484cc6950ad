import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { freePort } from '../runtime/project.ts';
import { Place } from './place.ts';
import { publish } from './publish.ts';
import { type Registry, startRegistry } from './registry.ts';
import { isUp } from './server.ts';
import { sendPrinted } from './walk.ts';

const test = suite<{ place: Place; registry: Registry }>('published, all the way');

test.before(async (context) => {
  const place = new Place('all-the-way');
  context.place = place;
  const upstream = (await place.expect('npm', ['config', 'get', 'registry'])).stdout.trim();
  context.registry = await startRegistry(place, upstream);
  await publish(place, context.registry);
});
test.after(({ place }) => place.clear());

test('one npm create on a machine that has nothing yet ends with a classifier that answers', async (context) => {
  const { place, registry } = context;
  const port = await freePort();
  const args = [
    'create',
    '-y',
    'wow-ai-ml@latest',
    'my-backend',
    '--',
    '--example',
    'text-classifier',
    '--yes',
    '--start',
  ];
  const order = { cwd: place.folder('away'), env: { ...registry.env, PORT: String(port) }, seconds: 300 };
  const running = place.start('npm', args, order);
  await running.until('an answer of /health', () => isUp(`http://localhost:${port}`));
  await sendPrinted(place, running);
  await running.stop('SIGINT');
  assert.ok(running.output().includes('INFO stopped'), running.output());
});

test.run();
