/** One training: the model of the served version learns from the annotated tasks, and what came of it is judged. */

import { mkdirSync, rmSync } from 'node:fs';
import { ModelError } from '../errors.ts';
import type { LabelConfig } from '../labeling/config.ts';
import type { Log, LogFields, LogLevel } from '../log.ts';
import type { Annotations } from '../state/annotations.ts';
import type { Job } from '../state/job-record.ts';
import type { Project } from '../state/projects.ts';
import type { AnnotatedTask, Awaitable, StringStore } from '../types.ts';
import { type Evaluation, judge } from './evaluation.ts';
import { createModel, type Model, type ModelClass, type ModelDefaults, type ServedVersion } from './load.ts';

/** Everything a training needs, as plain data: it crosses a process boundary. */
export interface Training {
  job: Job;
  project: Project;
  /** What is served meanwhile. */
  version: ServedVersion;
  /** The name of the version to be. */
  candidate: string;
  workdir: string;
}

/** What a training says while it runs. */
export interface Report {
  line(level: LogLevel, text: string): void;
  progress(share: number | undefined, message: string | undefined): void;
}

export interface Learning {
  output: Record<string, unknown>;
  evaluation: Evaluation | undefined;
}

/** Runs a training and resolves with what was learned; undefined when there was nothing to learn. Rejects when it failed. */
export type Fit = (training: Training, signal: AbortSignal, report: Report) => Promise<Learning | undefined>;

export interface FitParts {
  Class: ModelClass;
  annotations: Annotations;
  strings: (project: string) => StringStore;
  parseConfig: (xml: string) => LabelConfig;
  defaults: Omit<ModelDefaults, 'log'>;
}

/** fit() in this process: what the training process runs, and what tests use directly. */
export function createFit({ Class, annotations, strings, parseConfig, defaults }: FitParts): Fit {
  return async ({ job: { event, batch }, project, version, candidate, workdir }, signal, report) => {
    rmSync(workdir, { recursive: true, force: true });
    mkdirSync(workdir, { recursive: true });
    const { id, extraParams } = project;
    const parts = { id, config: parseConfig(project.labelConfig), extraParams, strings: strings(id) };
    const log = createReportLog(report);
    const build = (served: ServedVersion): Promise<Model> => createModel(Class, parts, served, { ...defaults, log });
    // fit() and evaluate() see the same tasks, whatever is annotated meanwhile.
    const tasks = annotations.present(id, batch);
    try {
      const model = await build(version);
      if (!model.fit) return undefined;
      const progress = (share: number, message?: string): void => report.progress(shareOf(share), message);
      const learned: unknown = await until(signal, model.fit(tasks, { workdir, event, progress, signal }));
      if (learned === undefined || learned === null) return undefined;
      const output = toOutput(learned);
      if (!model.evaluate) return { output, evaluation: undefined };
      const evaluation = await until(
        signal,
        judge({
          candidate: await build({ name: candidate, workdir, trainOutput: output }),
          serving: version.name,
          // Built anew: fit() may have changed the one it ran on.
          buildServing: () => build(version),
          tasks: tasks as AsyncIterable<AnnotatedTask>,
          context: { event, signal },
          log,
        }),
      );
      return { output, evaluation };
    } finally {
      tasks.close();
    }
  };
}

function toOutput(learned: unknown): Record<string, unknown> {
  if (typeof learned !== 'object' || learned === null || Array.isArray(learned)) {
    throw new ModelError(
      `fit() must return an object that becomes trainOutput, or undefined; got ${Array.isArray(learned) ? 'a list' : typeof learned}`,
    );
  }
  // What does not survive JSON must not be seen by this process only.
  return JSON.parse(JSON.stringify(learned)) as Record<string, unknown>;
}

/** A training that ignores the signal is left to itself. In a process of its own it ends with that. */
function until<T>(signal: AbortSignal, work: Awaitable<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve(work).then(resolve, reject);
  });
}

/** A sum of many parts may end a little above 1; what is no number is not known. */
function shareOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : undefined;
}

/** `this.log` while training: lines of the job. */
function createReportLog(report: Report): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      const plain = Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? value.stack : value]);
      const more = plain.length === 0 ? '' : ` ${JSON.stringify(Object.fromEntries(plain))}`;
      report.line(level, message + more);
    };
  return { debug: () => {}, info: at('info'), warn: at('warn'), error: at('error') };
}
