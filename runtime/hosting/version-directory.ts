/** The directory of a version: fit() fills it, then it is written to disk and never again. */

import { chmod, mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Job } from '../state/job-record.ts';

const ARTIFACTS = 'artifacts';

/** What version.json says, beside the artifacts. */
export interface Manifest {
  name: string;
  project: string;
  job: number;
  createdAt: string;
  trainOutput: Record<string, unknown>;
  metrics: Record<string, number> | undefined;
}

/** Where fit() writes: each start has a place of its own, for the one before may still be writing when its server was killed. */
export function workdirOf(directory: string, { project, id, attempts }: Job): string {
  return join(directory, 'versions', project, `job-${id}-${attempts}`, ARTIFACTS);
}

/** Writes version.json, makes all files read-only, and resolves once everything is on disk. */
export async function sealVersion(workdir: string, manifest: Manifest): Promise<void> {
  const home = dirname(workdir);
  await mkdir(workdir, { recursive: true });
  await writeFile(join(home, 'version.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await seal(home);
  // The way there is on disk too.
  for (const parent of [dirname(home), dirname(dirname(home))]) await sync(parent);
}

/** Removes a version, or what a training left behind. */
export async function removeVersion(workdir: string): Promise<void> {
  await rm(homeOf(workdir), { recursive: true, force: true });
}

/** Removes what no version needs: a crash left it. Resolves with how many there were. */
export async function sweepVersions(directory: string, workdirs: readonly string[]): Promise<number> {
  const needed = new Set(workdirs.map(homeOf));
  let swept = 0;
  for (const project of await entries(join(directory, 'versions'))) {
    for (const home of await entries(project)) {
      if (needed.has(home) || !basename(home).startsWith('job-')) continue;
      await rm(home, { recursive: true, force: true });
      swept++;
    }
  }
  return swept;
}

/** Versions of former runtimes have their files in the directory itself. */
function homeOf(workdir: string): string {
  return basename(workdir) === ARTIFACTS ? dirname(workdir) : workdir;
}

async function seal(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const name = join(path, entry.name);
    if (entry.isDirectory()) await seal(name);
    else if (entry.isFile()) await sync(name, true);
  }
  await sync(path);
}

async function sync(path: string, readOnly = false): Promise<void> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    // Windows opens no directories, and knows no need to.
    if (process.platform !== 'win32') throw error;
  });
  try {
    await handle?.sync().catch((error: NodeJS.ErrnoException) => {
      if (process.platform !== 'win32') throw error;
    });
    // Directories stay as they are: what is in them must be removable.
    if (readOnly && handle) await chmod(path, (await handle.stat()).mode & 0o555);
  } finally {
    await handle?.close();
  }
}

async function entries(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).map((name) => join(path, name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
