/** `npm run types`: the command of a project's package.json. */

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'templates/base/package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const test = suite<{ folder: string; run: (...more: string[]) => Promise<string> }>('npm run types');

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'write-types-'));
  cpSync(join(root, 'runtime'), join(context.folder, 'runtime'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(context.folder, 'node_modules'));
  writeFileSync(join(context.folder, 'package.json'), '{"type": "module"}');
  const [node, ...args] = (scripts.types ?? '').split(' ');
  assert.is(node, 'node');
  // From elsewhere: the project is where the runtime is.
  args[args.length - 1] = join(context.folder, args.at(-1) ?? '');
  context.run = (...more) =>
    new Promise((done) => {
      execFile(process.execPath, [...args, ...more], { cwd: tmpdir() }, (error, out, err) => {
        done(`${error?.code ?? 0} ${out}${err}`);
      });
    });
});
test.after(({ folder }) => rmSync(folder, { recursive: true }));

test('writes what has changed, and nothing else', async ({ folder, run }) => {
  const target = join(folder, 'label-config.d.ts');
  const config = (name: string) => `<View><Text name="t" value="$t"/><Rating name="${name}" toName="t"/></View>`;
  assert.match(
    await run(),
    /^1 ✗ label-config\.d\.ts stays as it is: label-config\.xml is not there \(looked for .*\)\n$/,
  );

  writeFileSync(join(folder, 'label-config.xml'), `\uFEFF${config('stars')}`);
  assert.is(await run(), '0 ✔ label-config.d.ts written\n');
  assert.match(readFileSync(target, 'utf8'), "      stars: {\n        tag: 'Rating';\n");
  // As Git has it on Windows.
  writeFileSync(target, readFileSync(target, 'utf8').replaceAll('\n', '\r\n'));
  const before = statSync(target, { bigint: true }).mtimeNs;
  assert.is(await run(), '0 ✔ label-config.d.ts is up to date\n');
  assert.is(statSync(target, { bigint: true }).mtimeNs, before);

  writeFileSync(join(folder, 'label-config.xml'), config('points'));
  assert.is(await run(), '0 ✔ label-config.d.ts written\n');
  assert.match(readFileSync(target, 'utf8'), '      points: {');

  writeFileSync(join(folder, 'label-config.xml'), '<View>\n  <Text name="t" value="$t">\n</View>');
  assert.match(
    await run(),
    /^1 ✗ label-config\.d\.ts stays as it is: labeling config: .* at line 3, column \d+: .*\n$/,
  );
  assert.match(readFileSync(target, 'utf8'), '      points: {');

  rmSync(target);
  mkdirSync(target);
  writeFileSync(join(folder, 'label-config.xml'), config('points'));
  assert.match(await run(), /^1 ✗ label-config\.d\.ts stays as it is: EISDIR\b.*\n$/);
});

test('says what it does, and refuses what it does not know', async ({ run }) => {
  assert.match(
    await run('--help'),
    /^0 Writes label-config\.d\.ts from label-config\.xml: .*\n\nUsage: npm run types\n$/,
  );
  assert.match(await run('--hepl'), /^2 ✗ unknown argument '--hepl'\n\nWrites label-config/);
});

test('check runs it before the compiler', () => {
  assert.match(scripts.check ?? '', /^node --run types && tsc && /);
});

test.run();
