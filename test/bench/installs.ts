/** What the peers are made of, from npm and PyPI, into a cache that survives between runs and that git does not see. */

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, run } from './processes.ts';

export const REPO = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const CACHE = join(REPO, 'node_modules/.cache/bench');

/** label-studio-ml of 2023. It pins all but these three, which are of its time, too. */
const PYTHON_PACKAGES = ['label-studio-ml==1.0.9', 'rq==1.10.1', 'redis<5', 'gunicorn==22.0.0'];

/** The folder with the `bin` of a virtual environment. @throws Error that says what is missing */
export async function installPython(): Promise<string> {
  const folder = join(CACHE, 'python');
  return once(folder, PYTHON_PACKAGES.join(' '), async () => {
    const python = findProgram('python3');
    if (python === undefined) throw new Error('there is no python3');
    await run([python, '-m', 'venv', folder]);
    await run([join(folder, 'bin/pip'), 'install', '--quiet', '--disable-pip-version-check', ...PYTHON_PACKAGES]);
  });
}

export interface Installed {
  folder: string;
  /** All that came with it, itself included. */
  packages: number;
}

/** A package of npm's, or a tarball, in a folder of its own. */
export async function installNpm(name: string, source = name): Promise<Installed> {
  const folder = join(CACHE, name);
  await once(folder, source.endsWith('.tgz') ? undefined : source, async () => {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    await run(['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', source], { cwd: folder });
  });
  return { folder, packages: countPackages(join(folder, 'node_modules')) };
}

/** A backend as an author has one: the runtime copied in, the model and its config beside it. */
export function writeProject(folder: string, model: string, labelConfig: string): void {
  mkdirSync(folder, { recursive: true });
  cpSync(join(REPO, 'runtime'), join(folder, 'runtime'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(folder, 'model.ts'), model.replaceAll('../../../runtime/', './runtime/'));
  writeFileSync(join(folder, 'label-config.xml'), labelConfig);
  writeFileSync(join(folder, 'tasks.json'), '[]\n');
}

/** Makes `folder` unless it was finished before for the same `order`; a half-made one is made anew. */
async function once(folder: string, order: string | undefined, make: () => Promise<void>): Promise<string> {
  const done = join(folder, '.made-for');
  if (order !== undefined && existsSync(done) && readFileSync(done, 'utf8') === order) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await make();
  writeFileSync(done, order ?? '');
  return folder;
}

function countPackages(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((one) => join(name, one)) : [name]))
    .reduce((sum, name) => sum + 1 + countPackages(join(folder, name, 'node_modules')), 0);
}
