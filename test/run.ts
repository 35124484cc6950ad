/** Runs test files, each in a process of its own, two at a time; fails when a file fails, hangs or ran no test. */

import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
/** Minutes until a file counts as hanging. */
const PATIENCE = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { heavy: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log('Usage: npm test -- [part of a file name …]\n       npm run test:heavy -- [part of a file name …]');
} else {
  process.exitCode = await runAll();
}

async function runAll(): Promise<number> {
  const files = globSync('test/**/*.test.ts', {
    cwd: root,
    exclude: (name) => name === 'node_modules' || name === 'fixtures',
  })
    .filter((file) => file.endsWith('.heavy.test.ts') === (values.heavy ?? false))
    .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)))
    .sort();
  if (files.length === 0) {
    console.error(`✗ no test file fits ${positionals.join(' ') || '(nothing)'}`);
    return 1;
  }
  const queue = [...files];
  const totals = { passed: 0, failed: 0 };
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const { passed, total, seconds, output, ended } = await runFile(file);
      // uvu exits 0 when a hook throws, and so does a file that forgets test.run(): only counts can be trusted.
      const bad = ended !== 0 || total === 0 || passed !== total;
      totals.passed += passed;
      totals.failed += bad ? Math.max(1, total - passed) : 0;
      console.log(`${bad ? '✗' : '✓'} ${file}  ${passed}/${total}  ${seconds.toFixed(1)} s`);
      if (bad) console.log(`${output}\n(ended with ${ended})`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

interface Run {
  passed: number;
  total: number;
  seconds: number;
  output: string;
  ended: number | NodeJS.Signals | null;
}

function runFile(file: string): Promise<Run> {
  return new Promise((done) => {
    const started = performance.now();
    const child = spawn(process.execPath, [file], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PATIENCE * 60_000,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code, signal) => {
      const count = (name: string): number =>
        [...output.matchAll(new RegExp(`^\\s+${name}:\\s+(\\d+)`, 'gm'))].reduce(
          (sum, [, digits]) => sum + Number(digits),
          0,
        );
      const seconds = (performance.now() - started) / 1000;
      done({ passed: count('Passed'), total: count('Total'), seconds, output, ended: code ?? signal });
    });
  });
}
