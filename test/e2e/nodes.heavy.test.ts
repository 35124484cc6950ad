import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oldestNode } from '../../generators/app/surroundings.ts';
import { CHECKS } from '../../runtime/testing.ts';
import { hashesOf } from './files.ts';
import { cache, holding, root, unpackInto } from './package.ts';
import { Place } from './place.ts';
import { startServer } from './server.ts';
import { userAgent } from './shell.ts';
import { checkContract, countOf, readManifest } from './workshop.ts';

const test = suite<{ place: Place; bin: string }>('nodes');

test.before(async (context) => {
  context.place = new Place('nodes');
  context.bin = await unpackInto(context.place.folder('package'));
});
test.after(({ place }) => place.clear());

/** The real thing, from the registry, kept between runs. */
async function installNode(place: Place, version: number | string): Promise<string> {
  const home = join(cache, `node-${version}`);
  const program = join(home, 'node_modules/node/bin/node');
  await holding(`node-${version}`, async () => {
    if (existsSync(program)) return;
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }');
    await place.expect('npm', ['install', '--no-package-lock', `node@${version}`], { cwd: home, seconds: 300 });
  });
  return program;
}

for (const major of [6, 12, 16, 18]) {
  test(`on Node ${major} it says what is needed and how to get it, and exits with 1`, async ({ place, bin }) => {
    const node = await installNode(place, major);
    const cwd = place.folder(`on-${major}`);
    const version = (await place.expect(node, ['--version'])).stdout.trim().slice(1);
    assert.match(version, new RegExp(`^${major}\\.`));
    const { ended, output } = await place.run(node, [bin, 'my-backend', '--yes', '--no-install'], { cwd });
    assert.is(ended, 1);
    assert.is(
      output,
      `create-wow-ai-ml needs Node 20 or newer (24 is best); this is Node ${version}.
Get it from https://nodejs.org, or with a version manager: nvm install 24, fnm install 24, volta install node@24.
Then run the same command again.
`,
    );
    assert.equal(readdirSync(cwd), []);
  });
}

for (const major of [20, 22]) {
  test(`on Node ${major} it makes the very files that it makes on ours`, async ({ place, bin }) => {
    const node = await installNode(place, major);
    const made: Record<string, string>[] = [];
    for (const program of [node, process.execPath]) {
      const cwd = place.folder(`${major}-${made.length}`);
      const env = { npm_config_user_agent: userAgent('24.15.0') };
      await place.expect(program, [bin, 'my-backend', '--yes', '--no-install', '--no-git'], { cwd, env });
      made.push(hashesOf(join(cwd, 'my-backend')));
    }
    assert.equal(made[0], made[1]);
  });
}

test(`a project runs on Node ${oldestNode}, the oldest that it names`, async ({ place, bin }) => {
  const node = await installNode(place, oldestNode);
  const env = { npm_config_user_agent: userAgent(`${oldestNode}.0`) };
  await place.expect('node', [bin, 'oldest', '--yes', '--no-install', '--no-git'], { env });
  const cwd = join(place.directory, 'oldest');
  assert.is(readManifest(cwd).engines.node, `>=${oldestNode}`);
  // npm would find a newer Node among these.
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
  const ran = await place.expect(node, ['node_modules/uvu/bin.js', '.', '\\.test\\.ts$', '-i', '^runtime'], { cwd });
  assert.match(countOf(ran), /^(\d+) of \1$/);
  const server = await startServer(place, cwd, [node, '--disable-warning=ExperimentalWarning', 'runtime/start.js']);
  assert.is((await checkContract(server, cwd)).length, CHECKS.length, server.output());
  assert.is(await server.stop(), 0);
  assert.not.match(server.output(), 'Warning');
});

test.run();
