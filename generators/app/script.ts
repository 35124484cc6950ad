/**
 * Reads a model script for `--script PATH[:Class]`, with the local files that it imports, and makes files of a project
 * out of them: model.ts, which passes the class on, and the user's own files under script/, placed as they lie to each
 * other and changed only where an import would not work there (the runtime is vendored; Node wants endings and `type`).
 *
 * Not copied along: what is read at run time, and tests. `dependencies` belong in package.json; those that every project
 * has are left out. A script with several model classes is a SeveralClasses error: ask which, then read `PATH:Class`.
 */

import { readdirSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { fail, InputError, unknownName } from '../../runtime/errors.ts';
import { findModels, type ModelClass } from './script-classes.ts';
import { configOf } from './script-config.ts';
import { commonFolder, isFile, isFolder, nearestFile, readFiles, type ScriptFile } from './script-files.ts';
import { packagesOf } from './script-packages.ts';
import { placeFile } from './script-places.ts';

export interface Script {
  /** By path within the project, forward slashes; 'model.ts' is one of them. */
  files: Map<string, string>;
  /** npm packages that it imports → version ranges. */
  dependencies: Record<string, string>;
  /**
   * A labeling config with the controls that the script builds regions for, by the names and labels that stand in it;
   * undefined where none do. Without a config of the user's, the project has to have this one to be green.
   */
  config: string | undefined;
  /** The model classes of the script. */
  classes: string[];
  /** The one that model.ts passes on. */
  className: string;
  /** Where the script itself has gone: 'script/my-model.ts'. */
  entry: string;
}

export class SeveralClasses extends InputError {
  /** As PATH:Class wants them. */
  readonly classes: string[];
  constructor(path: string, classes: string[]) {
    const choices = classes.map((name) => `${path}:${name}`).join(', ');
    super(`${path} has ${classes.length} model classes: say which one, ${choices}`);
    this.classes = classes;
  }
}

/** The folder of the copied files; formatters and linters of the project leave it alone. */
const FOLDER = 'script';

/** @param spec PATH or PATH:Class, as typed in `cwd` @throws InputError saying what is wrong, where, and what to do */
export async function readScript(spec: string, cwd: string): Promise<Script> {
  const { path: typed, className: wanted } = splitSpec(spec, cwd);
  const path = resolve(cwd, typed);
  checkScript(path, typed);
  const show = (file: string) => (isAbsolute(typed) ? file : relative(cwd, file));
  const files = readFiles(path, show);
  const root = commonFolder([...files.keys()]);
  const placeOf = (file: string) => [FOLDER, ...relative(root, file).split(/[\\/]/)].join('/');
  const script = files.get(path) ?? fail(`${typed} cannot be read`);
  const models = findModels(script, files);
  const model = chooseModel(models, script, typed, wanted);
  const entry = placeOf(path);
  const copies = new Map([...files.values()].map((file) => [placeOf(file.path), placeFile(file, files, placeOf)]));
  copies.set(entry, copies.get(entry) + exportOf(model));
  copies.set('model.ts', modelFile(entry, model));
  return {
    files: copies,
    dependencies: packagesOf(files.values(), show),
    config: configOf(files.values()),
    classes: models.map(({ name }) => name),
    className: model.name,
    entry,
  };
}

/** The last colon parts path and class, unless the whole is a file or the colon is a Windows drive's. */
function splitSpec(spec: string, cwd: string): { path: string; className: string | undefined } {
  const colon = spec.lastIndexOf(':');
  if (isFile(resolve(cwd, spec)) || colon <= 1) return { path: spec, className: undefined };
  const className = spec.slice(colon + 1);
  if (/[\\/]/.test(className)) return { path: spec, className: undefined };
  return {
    path: spec.slice(0, colon),
    className: className || fail(`'${spec}' has no class after the colon: PATH or PATH:Class`),
  };
}

function checkScript(path: string, typed: string): void {
  const known = 'a model script is a .ts, .js or .mjs file';
  if (isFolder(path)) {
    const inside = readdirSync(path).find((name) => /^model\.m?[jt]s$/.test(name));
    fail(`${typed} is a folder, and ${known}${inside ? `: did you mean ${join(typed, inside)}?` : ''}`);
  }
  if (extname(path) === '.py') {
    fail(`${typed} is Python, and ${known}: take a starter, and write predict() and fit() anew in its model.ts`);
  }
  if (!isFile(path)) {
    const near = nearestFile(path);
    fail(
      `the script ${typed} is not there (looked for ${path})${near ? `; did you mean ${join(dirname(typed), near)}?` : ''}`,
    );
  }
  if (!/\.m?ts$|\.m?js$/.test(path)) fail(`${typed}: ${known}`);
}

function chooseModel(
  models: ModelClass[],
  { source }: ScriptFile,
  typed: string,
  wanted: string | undefined,
): ModelClass {
  const names = models.map(({ name }) => name);
  if (wanted !== undefined) {
    const reason = source.classes.some(({ name }) => name === wanted)
      ? `class '${wanted}' of ${typed} does not extend WOWAIML; `
      : '';
    return models.find(({ name }) => name === wanted) ?? fail(`${reason}${unknownName('model class', wanted, names)}`);
  }
  const [model, ...others] = models;
  if (others.length > 0) throw new SeveralClasses(typed, names);
  if (model !== undefined) return model;
  const present = source.classes.map(({ name }) => name).join(', ');
  const commonJs = /\bmodule\.exports\b|\brequire\(/.test(source.text)
    ? ' It is CommonJS: write import and export instead of require and module.exports.'
    : '';
  return fail(
    `${typed} has no class that extends WOWAIML${present ? ` (it has: ${present})` : ''}.${commonJs} A model is: import { WOWAIML } from 'wow-ai-ml'; export default class MyModel extends WOWAIML { predict(tasks) { … } }`,
  );
}

/** What the copy needs at its end so that model.ts can import the class. */
function exportOf({ name, exported }: ModelClass): string {
  return exported === undefined ? `\nexport { ${name} };\n` : '';
}

function modelFile(entry: string, { name, exported = name }: ModelClass): string {
  const what = exported === 'default' ? 'default' : `${exported} as default`;
  const quote = entry.includes("'") ? '"' : "'";
  return `/** The model that is served: the class itself is in ${entry}. */\n\nexport { ${what} } from ${quote}./${entry}${quote};\n`;
}
