/** The folder a project goes into: what is there, whose it is, and whether it can be written. */

import { accessSync, constants, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Content } from './compose.ts';
import { listFiles, readContent } from './layers.ts';
import { nameProblem, suggestName } from './names.ts';
import { Stop } from './stop.ts';
import { readStored, type Stored } from './stored.ts';

export interface Folder {
  /** Absolute, symbolic links resolved. */
  path: string;
  /** `ours`: made by this generator, `stored` has what it remembers. `foreign`: other files are there. */
  state: 'absent' | 'empty' | 'ours' | 'foreign';
  stored: Stored | undefined;
  /** The content of a file in it; undefined when it is not there. */
  read(path: string): Content | undefined;
  /** The files below a folder of it, as paths from its root. */
  list(folder: string): string[];
}

/** Where the project goes when nobody says. */
export const defaultFolder = 'my-backend';

/** What a repository that was just made, or a file manager, has put there does not make a folder anybody's. */
const nobodys = new Set(['.git', '.DS_Store', 'Thumbs.db', '.gitkeep']);

/** @throws Stop when the path cannot be a project's folder, with the reason */
export function openFolder(cwd: string, rootDir: string, folder: string): Folder {
  const path = resolve(cwd, rootDir, folder);
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    checkWritable(path);
    return { path, state: 'absent', stored: undefined, read: () => undefined, list: () => [] };
  }
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Stop(`${path} is a symbolic link to nothing: remove it, or choose another folder`);
  if (!stats.isDirectory()) throw new Stop(`${path} is a file: choose another folder`);
  checkWritable(path);
  const real = realpathSync(path);
  const read = (name: string) => readInside(real, name);
  const list = (name: string) => listInside(real, name);
  const stored = readStored(real);
  if (stored !== undefined) return { path: real, state: 'ours', stored, read, list };
  const empty = readdirSync(real).every((name) => nobodys.has(name));
  return { path: real, state: empty ? 'empty' : 'foreign', stored: undefined, read, list };
}

/** The name that a project gets from its folder. @throws Stop when it is none, with a suggestion */
export function nameOf(folder: Folder, typed: string, flag: string | undefined): string {
  const name = flag ?? folder.stored?.name ?? basename(folder.path);
  const problem = nameProblem(name);
  if (problem === undefined) return name;
  const way = flag === undefined && /^\.?$|[\\/.]$/.test(typed) ? `\nGive it one: --name ${suggestName(name)}` : '';
  throw new Stop(`${problem}${way}`, 2);
}

/** Makes the folder and those above it, one by one: a recursive mkdir never comes back from some system folders. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** The nearest folder that exists must let us write. */
function checkWritable(path: string): void {
  const nearest = existsSync(path) ? path : nearestFolder(path);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch {
    throw new Stop(`cannot write into ${nearest}: permission denied. Choose another folder, or ask for its rights`);
  }
}

function nearestFolder(path: string): string {
  let at = dirname(path);
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  if (!statSync(at).isDirectory()) throw new Stop(`${at} is a file: ${path} cannot be made below it`);
  return at;
}

function listInside(root: string, name: string): string[] {
  const folder = join(root, name);
  return existsSync(folder) ? listFiles(folder).map((path) => `${name}/${path}`) : [];
}

/** A link inside the folder could lead our writing out of it, so it ends the run. */
function readInside(root: string, name: string): Content | undefined {
  const steps = name.split('/');
  for (const index of steps.keys()) {
    const at = join(root, ...steps.slice(0, index + 1));
    const stats = lstatSync(at, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink()) throw new Stop(`${at} is a symbolic link: put a real file there, or move it away`);
    const last = index === steps.length - 1;
    if (last ? !stats.isFile() : !stats.isDirectory()) {
      throw new Stop(`${at} is in the way: the project has a ${last ? 'file' : 'folder'} of that name. Move it away`);
    }
  }
  return readContent(join(root, name));
}
