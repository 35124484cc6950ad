/** The bundle as `npm install` built it (its prepare script): what is in it, and that any Node gets as far as it must. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../generators/app/surroundings.ts';
import { Stage } from './stage.ts';

const dist = join(packageRoot, 'generators/dist');
const bin = readFileSync(join(dist, 'cli.cjs'), 'utf8');

test('the bin is in the syntax of 2009, with a shebang', () => {
  assert.match(bin, /^#!\/usr\/bin\/env node\n/);
  parse(bin, { ecmaVersion: 5, allowHashBang: true });
});

const nodes: [string, boolean][] = [
  ['0.12.18', false],
  ['6.17.1', false],
  ['18.20.8', false],
  ['20.0.0', true],
  ['24.1.0', true],
  ['100.0.0', true],
];
for (const [version, goesOn] of nodes) {
  test(`Node ${version} ${goesOn ? 'goes on' : 'says what is needed'}`, () => {
    const said: string[] = [];
    const loaded: string[] = [];
    const process = { versions: { node: version }, exitCode: 0 };
    const console = { error: (text: string) => said.push(text) };
    runInNewContext(bin.replace(/^#!.*/, ''), { process, console, require: (name: string) => loaded.push(name) });
    assert.equal([loaded, process.exitCode], goesOn ? [['./load.cjs'], 0] : [[], 1]);
    if (!goesOn)
      assert.match(said.join(), new RegExp(`needs Node 20 or newer .* this is Node ${version}\\.\\n.*nvm install 24`));
  });
}

test('nothing but Node itself is imported from outside', () => {
  for (const file of readdirSync(dist).filter((name) => name.endsWith('.js'))) {
    const program = parse(readFileSync(join(dist, file), 'utf8'), { ecmaVersion: 'latest', sourceType: 'module' });
    for (const node of program.body) {
      const source = 'source' in node ? node.source?.value : undefined;
      if (source === undefined || source === null) continue;
      assert.match(String(source), /^node:|^\.\/[\w-]+\.js$|^[a-z_]+(\/[a-z]+)?$/, `${file}: ${source}`);
    }
  }
});

test('the licences of all bundled packages are with it', () => {
  const text = readFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of ['yeoman-generator', 'yeoman-environment', 'prompts', 'execa', 'saxes', 'acorn', 'vinyl']) {
    assert.match(text, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'), name);
  }
  assert.match(text, /Permission is hereby granted, free of charge/);
});

test('it stays small', () => {
  const size = (name: string) => statSync(join(dist, name)).size;
  const total = readdirSync(dist).reduce((sum, name) => sum + size(name), 0);
  assert.ok(total < 750_000, `${total} bytes in all`);
  const beforeTheQuestion = size('cli.cjs') + size('load.cjs') + size('front.js');
  assert.ok(beforeTheQuestion < 12_000, `${beforeTheQuestion} bytes before the first question`);
});

function run(cwd: string, ...argv: string[]): string {
  return execFileSync(process.execPath, [join(dist, 'cli.cjs'), ...argv], { cwd, encoding: 'utf8', stdio: 'pipe' });
}

test('it runs: version, help, and a typo', () => {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  assert.is(run('.', '--version'), `${version}\n`);
  assert.match(run('.', '--help'), /\n--label-type is one of\n/);
  assert.throws(
    () => run('.', '--hlep'),
    (error: { status?: number }) => error.status === 2,
  );
});

test('it runs: every part of it that writes, twice', () => {
  const stage = new Stage();
  stage.write(
    'net.js',
    "import { WOWAIML } from 'wow-ai-ml';\nexport class Net extends WOWAIML {\n  predict() { return []; }\n}\n",
  );
  stage.write('own.xml', '<View><Text name="t" value="$t"/><TextArea name="a" toName="t"/></View>');
  const argv = ['my-app', '--script', 'net.js:Net', '--config', 'own.xml', '--no-install', '--yes'];
  assert.match(run(stage.cwd, ...argv), /✔ Created my-app: Text area 'a' on Text 't', your model script/);
  const before = stage.list('my-app').map((name) => [name, stage.read('my-app', name)]);
  assert.ok(before.length > 30, `${before.length} files`);
  assert.match(run(stage.cwd, 'my-app', '--no-install', '--yes'), /✔ my-app is up to date: 0 of/);
  assert.equal(
    stage.list('my-app').map((name) => [name, stage.read('my-app', name)]),
    before,
  );
  stage.clear();
});

test.run();
