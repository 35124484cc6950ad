/** The package as it would be installed: built from today's sources, and nothing but the files that package.json lists. */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const root = resolve(import.meta.dirname, '../..');
/** Kept between runs: what takes long to install. */
export const cache = join(root, 'node_modules/.cache/create-wow-ai-ml');

export interface Manifest {
  name: string;
  version: string;
  bin: Record<string, string>;
  files: string[];
}

export const readPackage = (): Manifest => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** Puts the package into `directory`; resolves with the path of its bin. */
export async function unpackInto(directory: string): Promise<string> {
  const { files, bin } = readPackage();
  await withBuild(() => {
    for (const name of ['package.json', ...files]) {
      // The link to the runtime's dependencies, and what a test left in an example, are not shipped either.
      const filter = (path: string) => !/[\\/](node_modules|data)$/.test(path.slice(root.length));
      cpSync(join(root, name), join(directory, name), { recursive: true, filter });
    }
  });
  return join(directory, bin['create-wow-ai-ml'] ?? '');
}

/** Work that needs generators/dist as it follows from today's sources, and that nobody replaces it meanwhile. */
export async function withBuild<Value>(work: () => Promise<Value> | Value): Promise<Value> {
  return holding('build', () => {
    if (isBuildStale()) execFileSync(process.execPath, ['generators/build.ts'], { cwd: root, stdio: 'pipe' });
    return work();
  });
}

function isBuildStale(): boolean {
  const parts = ['cli.cjs', 'front.js'].map((name) => join(root, 'generators/dist', name));
  if (!parts.every((path) => existsSync(path))) return true;
  const built = Math.min(...parts.map((path) => statSync(path).mtimeMs));
  const sources = globSync(['generators/**/*.ts', 'runtime/**/*.ts'], {
    cwd: root,
    exclude: (name) => name === 'dist',
  });
  return sources.some((path) => statSync(join(root, path)).mtimeMs > built);
}

/** One process at a time: test files run side by side. The lock names its owner, so that one who was killed blocks nobody. */
export async function holding<Value>(name: string, work: () => Promise<Value> | Value): Promise<Value> {
  const lock = join(cache, `${name}.lock`);
  mkdirSync(cache, { recursive: true });
  while (!take(lock)) await pause(100);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = readOwner(lock);
    if (owner !== 0 && !isRunning(owner)) rmSync(lock, { force: true });
    return false;
  }
}

/** 0 while the owner is writing its id, or has just let go. */
function readOwner(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
