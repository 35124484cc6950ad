/** From the answers to the project's files: which layers, which names, in memory. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../runtime/errors.ts';
import { type LabelConfig, parseLabelConfig } from '../../runtime/labeling/config.ts';
import { literal } from '../../runtime/labeling/literal.ts';
import {
  type ExampleId,
  examples,
  type LabelType,
  labelTypes,
  type PackageManagerId,
  packageManagers,
} from './choices.ts';
import { type Content, compose, type Layer, type ProjectFile, type Variables } from './compose.ts';
import { readLayer } from './layers.ts';
import { classNameOf, titleOf } from './names.ts';
import { options } from './options.ts';
import { completeTasks } from './sample-tasks.ts';
import { chooseStarter, type Starter } from './starter.ts';
import { listMethods, writeModel } from './stubs/model.ts';
import { describeSubject, type Subject } from './subject.ts';
import { packageRoot } from './surroundings.ts';
import { typeLayer } from './type-layer.ts';

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
  labelType: Starter['labelType'];
  model: { kind: 'starter' } | { kind: 'example'; id: ExampleId } | { kind: 'script'; script: ModelScript | undefined };
  /** A labeling config other than the starter's: the user's own, or what a script needs. Stubs always have one. */
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
  subject: Subject;
}

const EXAMPLE_DATA = ['label-config.xml', 'tasks.json'];

/**
 * @param present label-config.xml of a project that is made already
 * @throws InputError when the labeling config has no control that there is a starter for
 */
export function composeProject(recipe: Recipe, present?: Content): Project {
  const config = recipe.config === undefined ? undefined : parseLabelConfig(recipe.config);
  const content = contentLayers(recipe, config);
  const [{ files: own }] = content;
  const ownConfig = parseLabelConfig(String(own.get('label-config.xml')));
  const wish = { labelType: recipe.labelType };
  const starter = recipe.starter ?? chooseStarter(config ?? ownConfig, 'the labeling config', wish);
  const subject = describeSubject(starter, config ?? ownConfig);
  const layers = [
    readLayer('templates/base', { owner: 'shared', rendered: true }),
    ...content,
    ...(recipe.pinNode ? [readLayer('templates/node-pin', { owner: 'shared', rendered: true })] : []),
    ...(recipe.model.kind === 'script' ? scriptLayers(recipe.model.script) : []),
    readLayer('runtime', { owner: 'ours', into: 'runtime' }),
    typeLayer(config ?? ownConfig, present),
  ];
  const methods = starter.labelType === 'stubs' ? listMethods(config ?? ownConfig) : '';
  const files = compose(layers, { ...variablesOf(recipe, starter, subject), methods });
  if (config !== undefined) {
    const { objectTag } = recipe.labelType === 'stubs' ? starter : chooseStarter(ownConfig, content[0].name, wish);
    replace(files, 'label-config.xml', () => config.xml);
    replace(files, 'tasks.json', (tasks) => completeTasks(tasks, config, starter, objectTag));
  }
  return { files, starter, subject };
}

/** What the project is about: first the layer with its labeling config. Where a script brings the model, that and the tasks alone. */
function contentLayers(recipe: Recipe, config: LabelConfig | undefined): [Layer, ...Layer[]] {
  const { labelType, model } = recipe;
  if (model.kind === 'example') return [readLayer(`${options.example.layers}/${model.id}`, { owner: 'yours' })];
  if (labelType === 'stubs') return stubLayers(recipe, config ?? fail('stubs need a labeling config'));
  const starter = readLayer(`${options.labelType.layers}/${labelType}`, { owner: 'yours', rendered: true });
  if (model.kind === 'script') {
    return [{ ...starter, files: new Map([...starter.files].filter(([path]) => EXAMPLE_DATA.includes(path))) }];
  }
  const row: LabelType | undefined = labelTypes.find(({ id }) => id === labelType);
  const parts = (row?.parts ?? []).map((part) => readLayer(partFolder(part), { owner: 'yours', rendered: true }));
  return [starter, ...parts];
}

/** The tasks are empty: completeTasks() has samples of all data that the labeling config asks for. */
function stubLayers({ name, model }: Recipe, config: LabelConfig): [Layer, ...Layer[]] {
  const tasks = [1, 2].map((id) => ({ id, data: {} }));
  const files = new Map<string, Content>([
    ['label-config.xml', config.xml],
    ['tasks.json', JSON.stringify(tasks)],
  ]);
  const layer: Layer = { name: 'the labeling config', owner: 'yours', rendered: false, files };
  if (model.kind === 'script') return [layer];
  files.set('model.ts', writeModel(config, classNameOf(name)));
  const guide = readLayer('templates/stubs', { owner: 'yours', rendered: true });
  return [layer, guide, readLayer('templates/script', { owner: 'yours', rendered: true, except: ['README.md'] })];
}

const partFolder = (part: string) => `templates/parts/${part}`;

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

function variablesOf({ name, packageManager, version }: Recipe, starter: Starter, subject: Subject): Variables {
  const manager = packageManagers.find(({ id }) => id === packageManager) ?? packageManagers[0];
  return {
    name,
    title: titleOf(name),
    className: classNameOf(name),
    labelType: starter.labelType,
    labelTypeTitle: subject.title,
    predicts: subject.predicts,
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

/** Label types, their parts and examples whose folders the package has: a row without its folder is a mistake of ours. */
export function missingFolders(): string[] {
  return [
    ...labelTypes.map(({ id }) => `${options.labelType.layers}/${id}`),
    ...labelTypes.flatMap(({ parts = [] }: LabelType) => parts.map(partFolder)),
    ...examples.map(({ id }) => `${options.example.layers}/${id}`),
  ].filter((folder) => !existsSync(join(packageRoot, folder)));
}
