/** The metrics page against Prometheus' own linter, from Debian's archive. */

import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { annotationEvent, createProject, startProject } from './project.ts';

const cache = resolve(import.meta.dirname, '../../node_modules/.cache/promtool');
const run = promisify(execFile);

/** Where promtool is: on the machine, or unpacked from its package, which needs no root. */
async function findPromtool(): Promise<string> {
  if (spawnSync('promtool', ['--version']).status === 0) return 'promtool';
  const program = join(cache, 'usr/bin/promtool');
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  const lists = join(cache, 'lists');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  const options = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`];
  await run('apt-get', ['update', ...options]);
  await run('apt-get', ['download', 'prometheus', ...options], { cwd: cache });
  const archive = readdirSync(cache).find((name) => name.endsWith('.deb')) ?? '';
  await run('dpkg', ['-x', archive, '.'], { cwd: cache });
  return program;
}

test('promtool finds nothing to complain about, after work of every kind', async () => {
  const promtool = await findPromtool();
  const project = createProject();
  const server = await startProject(project);
  try {
    await server.post('/predict', {
      project: '12',
      tasks: [
        { id: 1, data: { text: 'good' } },
        { id: 2, data: {} },
      ],
    });
    await server.post('/predict', 'no object');
    await server.post('/webhook', annotationEvent(1, 'good', 'Positive'));
    await server.trained();
    const page = await (await fetch(`${server.url}/metrics`)).text();
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: page, encoding: 'utf8' });
    assert.equal([status, stdout + stderr], [0, '']);
    assert.match(page, 'ml_backend_versions{project="12"} 1');
    const bad = spawnSync(promtool, ['check', 'metrics'], {
      input: `${page}# TYPE x_total gauge\nx_total 1\n`,
      encoding: 'utf8',
    });
    assert.is.not(bad.status, 0, 'the linter lints');
  } finally {
    await server.stop();
    project.remove();
  }
});

test.run();
