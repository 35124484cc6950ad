/** The script and every local file that it imports, read and parsed; where each import leads. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { fail, nearest } from '../../runtime/errors.ts';
import { type Import, parseSource, type Source } from './script-source.ts';
import { packageRoot } from './surroundings.ts';

/** Where an import leads: a copied file, a file of the vendored runtime, an npm package, or nothing to care about. */
export type Target =
  | { kind: 'file'; path: string }
  | { kind: 'runtime'; file: string }
  | { kind: 'package'; name: string }
  | { kind: 'builtin' };

export interface ScriptFile {
  /** On the disk, absolute. */
  path: string;
  /** JSON files have text alone. */
  source: Source;
  targets: Map<Import, Target>;
}

const CODE = ['.ts', '.mts', '.js', '.mjs'];
/** A script is a model and what belongs to it, not a whole application. */
const MOST_FILES = 200;
const MOST_BYTES = 5_000_000;

/** @param show how messages name a path @returns by path, the script first. @throws InputError */
export function readFiles(script: string, show: (path: string) => string): Map<string, ScriptFile> {
  const files = new Map<string, ScriptFile>();
  const open = [script];
  let bytes = 0;
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (files.has(path)) continue;
    if (files.size >= MOST_FILES)
      fail(`${show(script)} imports more than ${MOST_FILES} local files: make a package of them, and import that`);
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    bytes += text.length;
    if (bytes > MOST_BYTES)
      fail(
        `${show(script)} and what it imports is larger than ${MOST_BYTES / 1e6} MB: load large data in setup() instead`,
      );
    const source = extname(path) === '.json' ? readJson(text, show(path)) : parseSource(text, show(path));
    const targets = new Map(source.imports.map((entry) => [entry, findTarget(entry, path, source, show)]));
    files.set(path, { path, source, targets });
    for (const target of targets.values()) if (target.kind === 'file') open.push(target.path);
  }
  return files;
}

function readJson(text: string, file: string): Source {
  try {
    JSON.parse(text);
  } catch (error) {
    fail(`${file} is not valid JSON: ${(error as Error).message}`);
  }
  return { text, imports: [], classes: [], exports: new Map(), types: new Set(), builderCalls: [] };
}

function findTarget(entry: Import, from: string, source: Source, show: (path: string) => string): Target {
  const { specifier, line } = entry;
  const place = `${show(from)}:${line}`;
  if (isBuiltin(specifier) || specifier.startsWith('data:')) return { kind: 'builtin' };
  if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
    return findRuntime(specifier, from) ?? { kind: 'file', path: resolveLocal(specifier, from, place) };
  }
  const name = /^(?:@[\w.~-]+\/)?[\w.~-]+(?=\/|$)/.exec(specifier)?.[0];
  if (name === undefined || /^[A-Za-z]:/.test(specifier)) {
    return fail(
      `${place} imports '${specifier}', which is neither a local path (./…) nor an npm package; write aliases out as paths`,
    );
  }
  const isDoor = name === 'wow-ai-ml' || bindsBase(entry) || usesMember(entry, source);
  return isDoor ? { kind: 'runtime', file: 'index.ts' } : { kind: 'package', name };
}

/** The class that every model extends. */
export const BASE = 'WOWAIML';
const bindsBase = ({ bindings }: Import) => bindings.some(({ imported }) => imported === BASE);
const usesMember = ({ namespace }: Import, { classes }: Source) =>
  namespace !== undefined && classes.some(({ bases }) => bases.includes(`${namespace}.${BASE}`));

/** The script may come from a project like ours, with a runtime/ beside it: every project has its own. */
function findRuntime(specifier: string, from: string): Target | undefined {
  const [, folder, file = ''] = /^(.*\/runtime)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (folder === undefined) return undefined;
  const door = join(resolve(dirname(from), folder), 'index.ts');
  if (isFile(door) ? !readFileSync(door, 'utf8').includes(BASE) : isFolder(dirname(door))) return undefined;
  const name = file.replace(/\.js$/, '.ts').replace(/(?<!\.ts)$/, '.ts');
  return { kind: 'runtime', file: isFile(join(packageRoot, 'runtime', name)) ? name : 'index.ts' };
}

function resolveLocal(specifier: string, from: string, place: string): string {
  const path = resolve(dirname(from), specifier);
  // As editors and bundlers read it: './x.js' may be x.ts, './x' may be x.ts or x/index.ts.
  const written = extname(path).replace('j', 't');
  const stem = /\.m?js$/.test(path) ? path.slice(0, -extname(path).length) : path;
  const candidates = [
    path,
    ...(stem === path ? [...CODE, '.json'].map((ending) => path + ending) : [stem + written]),
    ...CODE.map((ending) => join(path, `index${ending}`)),
  ];
  const found = candidates.find(isFile);
  if (found === undefined) {
    const near = nearestFile(path);
    return fail(`${place} imports '${specifier}', which is not there${near ? `; did you mean '${near}'?` : ''}`);
  }
  if (![...CODE, '.json'].includes(extname(found))) {
    fail(
      `${place} imports '${specifier}': only ${[...CODE, '.json'].join(', ')} files are copied; read others in setup()`,
    );
  }
  return found;
}

/** The name beside a path that does not exist which is most like it; endings do not count. */
export function nearestFile(path: string): string | undefined {
  const stem = (name: string) => name.replace(/\.\w+$/, '');
  const names = isFolder(dirname(path)) ? readdirSync(dirname(path)) : [];
  const [near] = nearest(stem(basename(path)), names.map(stem));
  return names.find((name) => stem(name) === near);
}

/** The deepest folder that holds all paths. */
export function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => dirname(path).split(sep));
  let depth = first.length;
  for (const steps of others) {
    const apart = first.findIndex((step, index) => step !== steps[index]);
    if (apart >= 0) depth = Math.min(depth, apart);
  }
  return first.slice(0, depth).join(sep) || sep;
}

export const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
export const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
