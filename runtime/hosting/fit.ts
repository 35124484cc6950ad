/** One run of fit(): the model of the served version, the annotated tasks of the job, an empty directory. */

import { mkdirSync, rmSync } from 'node:fs';
import { ModelError } from '../errors.ts';
import type { LabelConfig } from '../labeling/config.ts';
import type { Annotations } from '../state/annotations.ts';
import type { Job } from '../state/jobs.ts';
import type { Project } from '../state/projects.ts';
import type { StringStore } from '../types.ts';
import { createModel, type ModelClass, type ModelDefaults, type ServedVersion } from './load.ts';

/** Everything a training needs, as plain data: it crosses a process boundary. */
export interface Training {
  job: Job;
  project: Project;
  version: ServedVersion;
  workdir: string;
}

/** Runs a training and resolves with what fit() returned; undefined when there was nothing to learn. Rejects when it failed. */
export type Fit = (training: Training, signal: AbortSignal) => Promise<Record<string, unknown> | undefined>;

export interface FitParts {
  Class: ModelClass;
  annotations: Annotations;
  strings: (project: string) => StringStore;
  parseConfig: (xml: string) => LabelConfig;
  defaults: ModelDefaults;
}

/** fit() in this process: what the training process runs, and what tests use directly. */
export function createFit({ Class, annotations, strings, parseConfig, defaults }: FitParts): Fit {
  return async ({ job, project, version, workdir }, signal) => {
    rmSync(workdir, { recursive: true, force: true });
    mkdirSync(workdir, { recursive: true });
    const { id, extraParams } = project;
    const config = parseConfig(project.labelConfig);
    const model = await createModel(Class, { id, config, extraParams, strings: strings(id) }, version, defaults);
    if (!model.fit) return undefined;
    const output: unknown = await model.fit(annotations.stream(id, job.batch), { workdir, event: job.event, signal });
    if (output === undefined || output === null) return undefined;
    if (typeof output !== 'object' || Array.isArray(output)) {
      throw new ModelError(
        `fit() must return an object that becomes trainOutput, or undefined; got ${Array.isArray(output) ? 'a list' : typeof output}`,
      );
    }
    // What does not survive JSON must not be seen by this process only.
    return JSON.parse(JSON.stringify(output)) as Record<string, unknown>;
  };
}
