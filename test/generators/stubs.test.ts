/** A project of stubs, for a labeling config with every control there is: formatted, typed, and able to find things. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { composeProject, type Project } from '../../generators/app/project.ts';
import type { ModelClass } from '../../runtime/hosting/load.ts';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { CONTROL_TAGS } from '../../runtime/labeling/tags.ts';
import { CHECKS, createTestBackend } from '../../runtime/testing.ts';
import { writeFiles } from '../e2e/files.ts';
import { everyControl, findOneEach } from './every-control.ts';

interface Context {
  project: Project;
  folder: string;
  files: { labelConfig: string; tasks: string };
}

const root = resolve(import.meta.dirname, '../..');
const config = parseLabelConfig(everyControl);
const test = suite<Context>('stubs');

test.before((context) => {
  const recipe = { name: 'all-of-them', labelType: 'stubs', model: { kind: 'starter' }, config: everyControl } as const;
  const more = { packageManager: 'npm', pinNode: false, starter: undefined, version: '1.2.3' } as const;
  context.project = composeProject({ ...recipe, ...more });
  context.folder = mkdtempSync(join(tmpdir(), 'stubs-'));
  symlinkSync(join(root, 'node_modules'), join(context.folder, 'node_modules'));
  writeFiles(
    context.folder,
    Object.fromEntries([...context.project.files].map(([path, { content }]) => [path, String(content)])),
  );
  context.files = { labelConfig: join(context.folder, 'label-config.xml'), tasks: join(context.folder, 'tasks.json') };
});
test.after(({ folder }) => rmSync(folder, { recursive: true, force: true }));

const run = (folder: string, ...[command = '', ...args]: string[]): string => {
  try {
    return execFileSync(join(root, 'node_modules/.bin', command), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${command} failed:\n${stdout}${stderr}`;
  }
};

test('the labeling config has every tag', () => {
  const tags = new Set([...config.controls.values()].map(({ tag }) => tag.toLowerCase()));
  assert.equal(
    Object.keys(CONTROL_TAGS).filter((tag) => tag !== 'Relations' && !tags.has(tag.toLowerCase())),
    [],
  );
});

test('it is formatted', ({ folder }) => {
  assert.match(run(folder, 'biome', 'check', '--colors=off'), /^Checked \d+ files/);
});

test('it compiles', ({ folder }) => assert.is(run(folder, 'tsc'), ''));

test('it keeps the contract, and finds nothing', async ({ folder, files }) => {
  const { default: Model } = (await import(pathToFileURL(join(folder, 'model.ts')).href)) as { default: ModelClass };
  const backend = await createTestBackend(Model, files);
  for (const { check } of CHECKS) await check(backend);
  const { results } = await backend.predict(backend.tasks);
  await backend.close();
  assert.equal(
    results.map(({ result }) => result),
    [[], []],
  );
});

test('what a model finds becomes a result that the labeling config allows, for every control', async ({
  folder,
  files,
  project,
}) => {
  writeFileSync(join(folder, 'finding.ts'), findOneEach(String(project.files.get('model.ts')?.content)));
  const { default: Model } = (await import(pathToFileURL(join(folder, 'finding.ts')).href)) as { default: ModelClass };
  const backend = await createTestBackend(Model, files);
  const answer = await backend.predict(backend.tasks.slice(0, 1));
  await backend.close();
  assert.equal((answer as { errors?: unknown }).errors, undefined);
  const found = new Set(answer.results[0]?.result.map(({ type, from_name }) => from_name ?? type));
  const silent = [...config.controls.values()].filter(({ name }) => !found.has(name.replace('{{i}}', '0')));
  assert.equal(
    silent.map(({ name }) => name),
    ['Labels on v'],
  );
  assert.ok(found.has('relation'));
});

test('the guide has a row for each method, and the words are about all controls', ({ project }) => {
  const text = (path: string) => String(project.files.get(path)?.content);
  const methods = [...text('model.ts').matchAll(/^ {2}async (predict\S+)\(/gm)].map(([, name]) => name);
  assert.is(new Set(methods).size, methods.length);
  const rows = [...text('README.md').matchAll(/^\| `(predict\S+)\(\)` \| [^|\n]*(?:\\\|[^|\n]*)* \| [^|\n]* \|$/gm)];
  assert.equal(rows.map(([, name]) => name).sort(), methods.sort());
  assert.match(
    project.subject.found,
    new RegExp(`^${config.controls.size} controls \\(Choices 'one', .* and \\d+ more\\)$`),
  );
});

test.run();
