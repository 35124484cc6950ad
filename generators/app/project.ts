/** From the answers to the project's files: which layers, which names, in memory. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import {
  type ExampleId,
  examples,
  type LabelTypeId,
  labelTypes,
  type PackageManagerId,
  packageManagers,
} from './choices.ts';
import { type Content, compose, type Layer, type ProjectFile, type Variables } from './compose.ts';
import { readLayer } from './layers.ts';
import { classNameOf, titleOf } from './names.ts';
import { options } from './options.ts';
import { completeTasks, findStarter, type Starter } from './starter.ts';
import { packageRoot } from './surroundings.ts';

/** A model script of the user's own, read. */
export interface ModelScript {
  /** By path within the project; one of them is model.ts. */
  files: ReadonlyMap<string, Content>;
  /** npm packages that it imports, with version ranges. */
  dependencies: Record<string, string>;
  /** The labeling config that it answers to, as far as it shows in it. */
  config: string | undefined;
}

export interface Recipe {
  name: string;
  labelType: LabelTypeId;
  model: { kind: 'starter' } | { kind: 'example'; id: ExampleId } | { kind: 'script'; script: ModelScript | undefined };
  /** A labeling config other than the starter's: the user's own, or what a script needs. */
  config: string | undefined;
  packageManager: PackageManagerId;
  /** The project brings its own Node, since the user's is too old. */
  pinNode: boolean;
  /** What the project was made with; undefined for a new one. */
  starter: Starter | undefined;
  version: string;
}

export interface Project {
  files: Map<string, ProjectFile>;
  starter: Starter;
}

const modelFiles = ['model.ts', 'model.test.ts'] as const;

/** @throws InputError when the labeling config has no control that there is a starter for */
export function composeProject(recipe: Recipe): Project {
  const content = contentLayer(recipe);
  const source = String(content.files.get('label-config.xml'));
  const own = findStarter(parseLabelConfig(source), `the labeling config of ${content.name}`);
  const config = recipe.config === undefined ? undefined : parseLabelConfig(recipe.config);
  const starter =
    recipe.starter ?? (config === undefined ? own : findStarter(config, 'the labeling config', recipe.labelType));
  const layers = [
    readLayer('templates/base', { owner: 'shared', rendered: true }),
    content,
    ...(recipe.pinNode ? [readLayer('templates/node-pin', { owner: 'shared', rendered: true })] : []),
    ...(recipe.model.kind === 'script' ? scriptLayers(recipe.model.script) : []),
    readLayer('runtime', { owner: 'ours', into: 'runtime' }),
  ];
  const files = compose(layers, variablesOf(recipe, starter));
  if (recipe.config !== undefined && config !== undefined) {
    replace(files, 'label-config.xml', () => recipe.config ?? '');
    replace(files, 'tasks.json', (tasks) => completeTasks(tasks, config, starter, own.objectTag));
  }
  return { files, starter };
}

/** The label type's starter, less the model where a script brings one; or an example, which is complete. */
function contentLayer({ labelType, model }: Recipe): Layer {
  if (model.kind === 'example') return readLayer(`${options.example.layers}/${model.id}`, { owner: 'yours' });
  const except = model.kind === 'script' ? modelFiles : [];
  return readLayer(`${options.labelType.layers}/${labelType}`, { owner: 'yours', rendered: true, except });
}

/** templates/script has a test that fits any model. The script itself is read once, when the project is made. */
function scriptLayers(script: ModelScript | undefined): Layer[] {
  const test = readLayer('templates/script', { owner: 'yours', rendered: true });
  if (script === undefined) return [test];
  const files = new Map(script.files);
  if (Object.keys(script.dependencies).length > 0) {
    files.set('package.json', JSON.stringify({ dependencies: script.dependencies }));
  }
  return [test, { name: 'the model script', owner: 'yours', rendered: false, files }];
}

function replace(files: Map<string, ProjectFile>, path: string, change: (content: string) => string): void {
  const file = files.get(path);
  if (file !== undefined) files.set(path, { ...file, content: change(String(file.content)) });
}

function variablesOf({ name, packageManager, version }: Recipe, starter: Starter): Variables {
  const manager = packageManagers.find(({ id }) => id === packageManager) ?? packageManagers[0];
  return {
    name,
    title: titleOf(name),
    className: classNameOf(name),
    labelType: starter.labelType,
    labelTypeTitle: labelTypes.find(({ id }) => id === starter.labelType)?.title ?? starter.labelType,
    control: starter.control,
    controlLiteral: literal(starter.control),
    object: starter.object,
    dataKey: starter.dataKey,
    dataKeyLiteral: literal(starter.dataKey),
    packageManager,
    install: manager.install,
    run: manager.run,
    start: manager.start,
    test: manager.test,
    generatorVersion: version,
    nodeVersion: '24',
  };
}

/** A JavaScript string in single quotes; in double ones where those need fewer escapes, as formatters have it. */
function literal(text: string): string {
  const count = (quote: string) => text.split(quote).length - 1;
  const escaped = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  if (count("'") > count('"')) return escaped;
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Label types and examples whose folders the package has: a row without its folder is a mistake of ours. */
export function missingFolders(): string[] {
  return [
    ...labelTypes.map(({ id }) => `${options.labelType.layers}/${id}`),
    ...examples.map(({ id }) => `${options.example.layers}/${id}`),
  ].filter((folder) => !existsSync(join(packageRoot, folder)));
}
