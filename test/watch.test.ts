/** `npm run dev`: the command of a project's package.json restarts for files that are imported and files that are read; types follow. */

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'templates/base/package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const xml = (label: string) =>
  `<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="${label}"/></Choices></View>`;

test('dev restarts when the model or the labeling config changes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-test-'));
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  cpSync(join(root, 'runtime'), join(folder, 'runtime'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  write('package.json', '{"type": "module"}');
  write('runtime/start.ts', "import '../model.ts';\nconsole.log('started');\nsetInterval(() => {}, 1000);\n");
  write('model.ts', 'export {};\n');
  write('label-config.xml', '<View/>');
  const types = () => readFileSync(join(folder, 'label-config.d.ts'), 'utf8');
  const [node, ...args] = (scripts.dev ?? '').split(' ');
  assert.is(node, 'node');
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const starts = async (times: number): Promise<number> => {
    for (let wait = 0; wait < 100; wait++) {
      if ((output.match(/^started$/gm)?.length ?? 0) >= times) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    // The watcher learns of the files a moment after they are loaded.
    await new Promise((done) => setTimeout(done, 300));
    return output.match(/^started$/gm)?.length ?? 0;
  };
  try {
    const counts = [await starts(1)];
    const seen = [types().includes('controls: object;')];
    for (const [path, text, typed] of [
      ['label-config.xml', xml('Old'), "'Old'"],
      ['model.ts', 'export const changed = 1;\n', "'Old'"],
      ['label-config.xml', '<View>', "'Old'"],
      ['label-config.xml', xml('New'), "'New'"],
    ] as const) {
      write(path, text);
      counts.push(await starts(counts.length + 1));
      seen.push(types().includes(`labels: ${typed};`));
    }
    assert.equal({ counts, seen }, { counts: [1, 2, 3, 4, 5], seen: [true, true, true, true, true] }, output);
  } finally {
    child.kill();
    await new Promise((done) => child.once('exit', done));
    rmSync(folder, { recursive: true });
  }
});

test('start writes nothing: only dev and `npm run types` do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-test-'));
  cpSync(join(root, 'runtime'), join(folder, 'runtime'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'runtime/start.ts'), '');
  writeFileSync(join(folder, 'label-config.xml'), '<View/>');
  for (const args of [['runtime/start.js'], ['--import', './runtime/watch.ts', 'runtime/start.js']]) {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: 'inherit' });
    assert.is(await new Promise((done) => child.once('exit', done)), 0);
  }
  assert.not.ok(existsSync(join(folder, 'label-config.d.ts')));
  rmSync(folder, { recursive: true });
});

test.run();
