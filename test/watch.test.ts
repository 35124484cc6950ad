/** `npm run dev`: the command of a project's package.json restarts for files that are imported and files that are read. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'templates/base/package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('dev restarts when the model or the labeling config changes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-test-'));
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, 'runtime'));
  cpSync(join(root, 'runtime/watch.ts'), join(folder, 'runtime/watch.ts'));
  write('package.json', '{"type": "module"}');
  cpSync(join(root, 'runtime/start.js'), join(folder, 'runtime/start.js'));
  write('runtime/start.ts', "import '../model.ts';\nconsole.log('started');\nsetInterval(() => {}, 1000);\n");
  write('model.ts', 'export {};\n');
  write('label-config.xml', '<View/>');
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
    for (const [path, text] of [
      ['label-config.xml', '<View></View>'],
      ['model.ts', 'export const changed = 1;\n'],
    ] as const) {
      write(path, text);
      counts.push(await starts(counts.length + 1));
    }
    assert.equal(counts, [1, 2, 3], output);
  } finally {
    child.kill();
    await new Promise((done) => child.once('exit', done));
    rmSync(folder, { recursive: true });
  }
});

test.run();
