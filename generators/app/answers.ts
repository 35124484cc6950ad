/** From what was said and asked to what is done: defaults taken, contradictions refused, files of the user's read. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { examples, labelTypes, type PackageManagerId } from './choices.ts';
import { defaultFolder, type Folder, nameOf, openFolder } from './folder.ts';
import type { Flags } from './options.ts';
import type { ModelScript, Recipe } from './project.ts';
import type { Draft } from './questions.ts';
import { chooseStarter } from './starter.ts';
import { failUsage, Stop } from './stop.ts';
import { type Surroundings, stripsTypes } from './surroundings.ts';

export interface Answers {
  folder: Folder;
  recipe: Recipe;
  packageManager: PackageManagerId;
  install: boolean;
  git: boolean;
  start: boolean;
}

/** Reads the model script that the draft names. */
export type ReadScript = () => Promise<ModelScript>;

/** @throws Stop or InputError with what is wrong and what to do */
export async function resolveAnswers(
  draft: Draft,
  surroundings: Surroundings,
  readScript: ReadScript,
): Promise<Answers> {
  const typed = draft.folder ?? defaultFolder;
  const folder = openFolder(surroundings.cwd, draft.rootDir ?? '.', typed);
  const name = nameOf(folder, typed, draft.name);
  const packageManager = draft.packageManager ?? surroundings.packageManager;
  const { version } = surroundings;
  const pinNode = folder.stored?.pinned === true || !stripsTypes(surroundings.nodeVersion);
  const what =
    folder.stored === undefined ? await chooseNew(draft, surroundings.cwd, readScript) : keepStored(draft, folder);
  if (draft.start && draft.install === false && !existsSync(join(folder.path, 'node_modules'))) {
    failUsage('--start needs the dependencies: leave --no-install out');
  }
  return {
    folder,
    recipe: { name, packageManager, version, pinNode, ...what },
    packageManager,
    install: draft.install ?? true,
    git: draft.git ?? folder.stored === undefined,
    start: draft.start ?? false,
  };
}

type What = Pick<Recipe, 'labelType' | 'model' | 'config' | 'starter'>;

async function chooseNew(draft: Draft, cwd: string, readScript: ReadScript): Promise<What> {
  refuseContradictions(draft);
  const example = examples.find(({ id }) => id === draft.example);
  const script = draft.script === undefined ? undefined : await readScript();
  // A script's own: the controls that it builds regions for, without which it could not answer.
  const config = draft.config === undefined ? script?.config : readConfig(cwd, draft.config);
  const source = draft.config ?? `the labeling config that ${draft.script} needs`;
  const wish = { labelType: draft.labelType, ownModel: script !== undefined };
  const labelType =
    config === undefined
      ? (example?.labelType ?? draft.labelType ?? labelTypes[0].id)
      : chooseStarter(parseLabelConfig(config), source, wish).labelType;
  const model: Recipe['model'] = script
    ? { kind: 'script', script }
    : example
      ? { kind: 'example', id: example.id }
      : { kind: 'starter' };
  return { labelType, model, config, starter: undefined };
}

/** An existing project stays what it is: its model and labeling config are the user's by now. */
function keepStored(draft: Draft, folder: Folder): What {
  const stored = folder.stored;
  if (stored === undefined) throw new Stop(`${folder.path} holds no project`);
  const { starter, model } = stored;
  const fixed: [keyof Flags, string | undefined][] = [
    ['labelType', starter.labelType === 'stubs' ? undefined : starter.labelType],
    ['example', model],
    ['script', undefined],
    ['config', undefined],
  ];
  for (const [key, value] of fixed) {
    if (draft[key] === undefined || draft[key] === value) continue;
    throw new Stop(
      `${basename(folder.path)} is a project already (${starter.labelType}, ${model}): its model and labeling config are yours now, and running again keeps them. For '${draft[key]}', choose another folder`,
    );
  }
  const xml = folder.read('label-config.xml');
  if (stored.ownConfig && xml === undefined) {
    throw new Stop(`label-config.xml of ${folder.path} is gone, and it was yours: restore it first`);
  }
  const example = examples.find(({ id }) => id === model);
  return {
    labelType: starter.labelType,
    model: example
      ? { kind: 'example', id: example.id }
      : model === 'script'
        ? { kind: 'script', script: undefined }
        : { kind: 'starter' },
    // Stubs follow from it: what is missing is written for the labeling config as it is now.
    config: starter.labelType === 'stubs' ? checkXml(String(xml), 'label-config.xml') : undefined,
    starter,
  };
}

function refuseContradictions({ example, script, config, labelType }: Draft): void {
  const row = examples.find(({ id }) => id === example);
  if (row === undefined) return;
  if (script !== undefined) failUsage(`--example ${row.id} and --script ${script}: a project starts from one of them`);
  if (config !== undefined)
    failUsage(`--example ${row.id} and --config ${config}: an example has its own labeling config`);
  if (labelType !== undefined && labelType !== row.labelType) {
    failUsage(`--example ${row.id} predicts '${row.labelType}', not '${labelType}': leave --label-type out`);
  }
}

/** What a path that is typed in answer to a question has to hold. @throws Stop or InputError as it would later */
export function checkConfig(cwd: string, path: string): void {
  chooseStarter(parseLabelConfig(readConfig(cwd, path)), path);
}

/** @throws Stop when the file is not there or no labeling config */
function readConfig(cwd: string, path: string): string {
  const file = resolve(cwd, path);
  if (!existsSync(file)) throw new Stop(`the labeling config ${path} is not there (looked for ${file})`);
  if (!statSync(file).isFile()) throw new Stop(`the labeling config ${path} is no file`);
  return checkXml(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), path);
}

function checkXml(xml: string, path: string): string {
  try {
    parseLabelConfig(xml);
  } catch (error) {
    throw new Stop(`the labeling config ${path} is not usable: ${(error as Error).message}`);
  }
  return xml;
}
