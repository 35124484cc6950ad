/** From a file to a model class, and from a class to an instance for one project and version. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModelError } from '../errors.ts';
import { type LabelConfig, parseLabelConfig } from '../labeling/config.ts';
import type { Log } from '../log.ts';
import { type ModelContext, WOWAIML } from '../model.ts';
import type { TrainEvery } from '../state/jobs.ts';
import type { Json, StringStore } from '../types.ts';
import { createReadFile } from '../wow-ai/files.ts';

/** A model as the runtime uses it, whatever its fit() learns. */
export type Model = Pick<WOWAIML<object>, 'setup' | 'predict' | 'fit' | 'evaluate'>;

/** `static batch` of a model class. */
export interface BatchOptions {
  /** Most tasks of one call. */
  max: number;
  /** Milliseconds that a task may wait for others; 0 unless given: only what waits anyway goes together. */
  wait?: number;
}

export interface ModelClass {
  new (context: never): Model;
  version: string;
  concurrency: number;
  batch: BatchOptions | undefined;
  trainEvery?: TrainEvery;
  readonly name: string;
  readonly prototype: Model;
}

/** What every instance of a backend shares. */
export interface ModelDefaults {
  options: ModelContext['options'];
  wowAi: ModelContext['wowAi'];
  log: Log;
}

/** A version as a model serves it: 'v3' with what fit() left, or the untrained one. */
export interface ServedVersion {
  name: string;
  workdir: string | undefined;
  trainOutput: Record<string, unknown> | undefined;
}

/** Imports `file` and returns its default export. @throws ModelError when that is not a model class. */
export async function loadModelClass(file: string): Promise<ModelClass> {
  const path = resolve(file);
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  if (isModelClass(module.default)) return module.default;
  const classes = Object.keys(module).filter((name) => isModelClass(module[name]));
  const hint = classes.length > 0 ? `; it exports ${classes.join(', ')}: make one the default export` : '';
  throw new ModelError(`${path} needs a default export: export default class MyModel extends WOWAIML { … }${hint}`);
}

function isModelClass(value: unknown): value is ModelClass {
  return typeof value === 'function' && value.prototype instanceof WOWAIML;
}

/** The labeling config that the model was written for: used until a server sends its own. Empty when there is no file. */
export function readLabelConfig(file: string): LabelConfig {
  let xml = '';
  try {
    xml = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return parseLabelConfig(xml);
}

/** Builds an instance and awaits its setup(). */
export async function createModel(
  Class: ModelClass,
  project: { id: string; config: LabelConfig; extraParams: string | undefined; strings: StringStore },
  version: ServedVersion,
  { options, wowAi, log }: ModelDefaults,
): Promise<Model> {
  const context: ModelContext = {
    projectId: project.id,
    config: project.config,
    modelVersion: version.name,
    trainOutput: version.trainOutput,
    workdir: version.workdir,
    extraParams: parseExtraParams(project.extraParams),
    options,
    wowAi,
    strings: project.strings,
    readFile: createReadFile(wowAi),
    log,
  };
  const model = new Class(context as never);
  await model.setup();
  return model;
}

/** The UI's field is a text area: JSON when it parses, else the text. */
function parseExtraParams(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
