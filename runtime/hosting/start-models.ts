/** The choice of where models live: in processes of their own, or in this one. */

import type { Settings } from '../env.ts';
import type { Log } from '../log.ts';
import { hasKey } from '../wow-ai/predictions.ts';
import type { State } from './backend.ts';
import { createFit, type Fit } from './fit.ts';
import { loadModelClass, type ModelClass } from './load.ts';
import { Models } from './models.ts';
import { Pool } from './pool.ts';
import { Predictor } from './predictor.ts';
import { createLocalRunner, factsOf, type ModelFacts, type Runner } from './runner.ts';

type ModelSettings = Pick<Settings, 'options' | 'wowAi' | 'validation'>;

/** @throws ModelError and what the model file throws, when it cannot be loaded */
export async function startModels(
  files: { model: string; labelConfig: string },
  settings: Settings,
  log: Log,
): Promise<{ model: ModelFacts; createRunner: (state: State) => Runner }> {
  if (settings.modelProcesses === 0) {
    const Class = await loadModelClass(files.model);
    return { model: factsOf(Class), createRunner: (state) => createRunner(Class, settings, log, state) };
  }
  const { modelDir, options, wowAi, validation, bodyLimit } = settings;
  const { pool, facts } = await Pool.start({
    order: { modelFile: files.model, labelConfigFile: files.labelConfig, modelDir, options, wowAi, validation },
    size: settings.modelProcesses,
    most: { requests: settings.queueLimit, bytes: 2 * bodyLimit },
    memory: settings.modelMemory,
    timeout: settings.predictTimeout,
    grace: settings.modelGrace,
    log,
  });
  return { model: facts, createRunner: () => pool };
}

/** Predictions and trainings in this process, as tests want them. */
export function createLocalWorkers(
  Class: ModelClass,
  settings: ModelSettings,
  log: Log,
  state: State,
): { runner: Runner; fit: Fit } {
  const { projects, annotations, parseConfig } = state;
  const defaults = { options: settings.options, wowAi: settings.wowAi };
  const strings = (project: string) => projects.strings(project);
  return {
    runner: createRunner(Class, settings, log, state),
    fit: createFit({ Class, annotations, strings, parseConfig, defaults }),
  };
}

function createRunner(
  Class: ModelClass,
  { options, wowAi, validation }: ModelSettings,
  log: Log,
  { registry, projects }: State,
): Runner {
  const models = new Models(Class, projects, { options, wowAi, log });
  const { concurrency } = Class;
  return createLocalRunner(new Predictor({ registry, models, validation, concurrency, withIds: hasKey(wowAi) }));
}
