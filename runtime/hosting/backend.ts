/** The backend behind the HTTP routes: every message of the protocol becomes one call here. */

import { resolve } from 'node:path';
import type { Settings } from '../env.ts';
import { InputError } from '../errors.ts';
import type { LabelConfig } from '../labeling/config.ts';
import { createConfigCache } from '../labeling/config-cache.ts';
import type { Log } from '../log.ts';
import { Annotations } from '../state/annotations.ts';
import { Database } from '../state/database.ts';
import { Jobs } from '../state/jobs.ts';
import { Projects } from '../state/projects.ts';
import { type Version, Versions } from '../state/versions.ts';
import { TRAINING_DEFAULTS } from '../training-settings.ts';
import type { WebhookMessage } from '../wire/events.ts';
import type { TrainMessage } from '../wire/requests.ts';
import { createDeliver } from '../wow-ai/predictions.ts';
import { type Complete, completeDelivered, reportTaskless } from './completion.ts';
import type { Fit } from './fit.ts';
import { Host } from './host.ts';
import { Registry } from './registry.ts';
import type { ModelFacts, Runner } from './runner.ts';
import { Trainings, trainEvery } from './trainings.ts';

export interface BackendParts {
  model: ModelFacts;
  settings: Pick<Settings, 'modelDir' | 'keepVersions' | 'wowAi'> & Partial<Pick<Settings, 'training' | 'basicAuth'>>;
  /** The config that the model was written for. */
  labelConfig: LabelConfig;
  log: Log;
  /** Where predictions and trainings run, given the state that they share. */
  createWorkers: (state: State) => { runner: Runner; fit: Fit };
  /** Looks up what events only name. */
  complete?: Complete;
}

/** What is kept, as everything in this process sees it. */
export interface State {
  registry: Registry;
  projects: Projects;
  annotations: Annotations;
  parseConfig: (xml: string) => LabelConfig;
}

export type WebhookAnswer = { status: 'ok'; job: number | undefined; detail: string | undefined };

export class Backend {
  readonly modelClass: string;
  readonly host: Host;
  readonly jobs: Jobs;
  readonly trainings: Trainings;
  readonly modelDir: string;
  readonly #database: Database;
  readonly #projects: Projects;
  readonly #annotations: Annotations;
  readonly #versions: Versions;
  readonly #complete: Complete | undefined;
  readonly #trains: boolean;
  readonly #log: Log;
  readonly #startedAt = Date.now();

  constructor({ model, settings, labelConfig, log, createWorkers, complete }: BackendParts) {
    const directory = resolve(settings.modelDir);
    const database = new Database(directory);
    const projects = new Projects(database);
    const annotations = new Annotations(database);
    const { training = TRAINING_DEFAULTS, keepVersions, wowAi, basicAuth } = settings;
    const jobs = new Jobs(database, trainEvery(training.every, model));
    const versions = new Versions(database, jobs);
    const parse = createConfigCache();
    const registry = new Registry({ projects, versions, labelConfig, parse, untrained: model.version, log });
    const parseConfig = (xml: string): LabelConfig => (xml === '' ? labelConfig : parse(xml));
    const { runner, fit } = createWorkers({ registry, projects, annotations, parseConfig });
    const host = new Host(registry, runner, createDeliver(settings.wowAi), log);
    this.modelClass = model.name;
    this.modelDir = settings.modelDir;
    this.host = host;
    this.jobs = jobs;
    this.#database = database;
    this.#projects = projects;
    this.#annotations = annotations;
    this.#trains = model.trains;
    this.#log = log;
    this.#versions = versions;
    this.#complete = complete;
    const secrets = [wowAi.apiKey, basicAuth?.password].filter((text) => text !== undefined);
    const rules = { ...training, keepVersions, secrets };
    this.trainings = new Trainings({ database, projects, jobs, versions, host, fit, model, settings: rules, log });
  }

  /** Takes up what a crash or a stop has left. */
  recover(): Promise<void> {
    return this.trainings.recover();
  }

  /** Recorded durably before it resolves; the training itself comes later. */
  async train({ project, labelConfig, tasks }: TrainMessage): Promise<number> {
    await this.#adopt(project, labelConfig);
    const job = await this.#database.write(() => {
      const id = this.jobs.enqueue(project, { event: 'TRAIN', scope: 'body' });
      this.#annotations.replaceTasks(project, tasks, id);
      return id;
    });
    this.trainings.wake();
    return job;
  }

  /** Recorded durably before it resolves. Events that mean nothing here are answered, never refused: servers count refusals. */
  async webhook(message: WebhookMessage): Promise<WebhookAnswer> {
    if (message.kind === 'train') return ok(await this.train(message));
    if (message.kind === 'other') return ok(undefined, `Unknown event ${message.action}: nothing to do`);
    const { action, project } = message;
    if (project === undefined) {
      return ok(
        undefined,
        `${action} came without a payload: switch on "send payload" in the webhook, or nothing can be learned from it`,
      );
    }
    if ('labelConfig' in message) await this.#adopt(project, message.labelConfig);
    const event =
      message.kind === 'annotated'
        ? { ...message, delivered: await completeDelivered({ ...message, project }, this.#complete, this.#log) }
        : message;
    const job = await this.#database.write(() => this.#record(event, project));
    if (job !== undefined) this.trainings.wake();
    return ok(job, job === undefined ? this.#whyNoTraining(message) : undefined);
  }

  /** What GET /versions says: of one project, or of the one that was set up last. */
  versions(project: string | undefined): { versions: string[]; current: string; details: Version[] } {
    const id = project ?? this.#projects.latest()?.id ?? 'default';
    const current = this.host.version(id);
    const details = this.#versions.list(id);
    const trained = details.map(({ name }) => name);
    return { versions: trained.includes(current) ? trained : [current, ...trained], current, details };
  }

  versionCounts(): { project: string; number: number }[] {
    return this.#versions.counts();
  }

  /** Projects that have versions. */
  trainedProjects(): string[] {
    return this.#versions.projects();
  }

  /** The newest project, for questions that name none. */
  latestProject(): string | undefined {
    return this.#projects.latest()?.id;
  }

  /** What GET /ready says. Rejects never: what is not well is in the answer. */
  async readiness(): Promise<{ ready: boolean; models: string; storage: string }> {
    const processes = this.host.status();
    const models = processes.length === 0 || processes.some(({ state }) => state === 'up') ? 'up' : 'starting';
    const storage = await this.#database
      .write(() => this.#projects.touch())
      .then(
        () => 'writable',
        (error: Error) => `not writable: ${error.message}`,
      );
    return { ready: models === 'up' && storage === 'writable', models, storage };
  }

  /** Resolves when nothing is being trained or waits for it. */
  trained(): Promise<void> {
    return this.trainings.idle();
  }

  async close(): Promise<void> {
    await this.trainings.close();
    await this.host.close();
    this.#database.close();
  }

  /** Inside a write: keeps what the event says and asks for a training where it changes what fit() would see. */
  #record(message: Exclude<WebhookMessage, TrainMessage | { kind: 'other' }>, project: string): number | undefined {
    const { action } = message;
    switch (message.kind) {
      case 'annotated':
        reportTaskless(project, this.#annotations.store(project, message.delivered), this.#log);
        if (message.delivered.length === 0) return undefined;
        if (
          action !== 'ANNOTATION_UPDATED' &&
          message.delivered.every(({ annotation }) => annotation.was_cancelled === true)
        ) {
          return undefined;
        }
        return this.#enqueue(project, action, message.delivered.length);
      case 'annotations deleted':
        this.#annotations.remove(project, message.ids);
        return this.#enqueue(project, action, message.ids.length);
      case 'tasks deleted':
        this.#annotations.removeTasks(project, message.ids);
        return undefined;
      case 'start training':
        return this.#enqueue(project, action);
      case 'project updated':
        // "Start training" of servers of 2022-23, but of all servers every save of the settings too: worth a run unless
        // one has succeeded with this very code since the last annotation, and every annotation brings its own.
        return this.#upToDate(project) ? undefined : this.#enqueue(project, action);
    }
  }

  /** @param annotations how many came; left out where a training itself is asked for */
  #enqueue(project: string, event: string, annotations?: number): number | undefined {
    const ask = annotations === undefined ? { event } : { event, annotations };
    return this.#trains ? this.jobs.enqueue(project, ask) : undefined;
  }

  #upToDate(project: string): boolean {
    const last = this.jobs.last(project);
    return last?.status === 'completed' && (last.finishedAt ?? 0) >= this.#startedAt;
  }

  async #adopt(project: string, labelConfig: string | undefined): Promise<void> {
    try {
      await this.host.adopt(project, labelConfig);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#log.warn('the labeling config of an event is malformed; the known one stays', {
        project,
        reason: error.message,
      });
    }
  }

  #whyNoTraining(message: WebhookMessage): string {
    if (!this.#trains) return 'recorded; the model has no fit()';
    if (message.kind === 'annotated' && message.incomplete.length > 0) {
      return 'annotations came as ids alone: switch on "send payload" in the webhook, or nothing can be learned from them';
    }
    return message.kind === 'project updated'
      ? 'nothing new to learn since the last training'
      : 'recorded; nothing to learn from it';
  }
}

function ok(job: number | undefined, detail?: string): WebhookAnswer {
  return { status: 'ok', job, detail };
}
