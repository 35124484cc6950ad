/** All that trainings need, put together: the queue, the one who works it off, versions, and who may do so here. */

import { fail, ModelError } from '../errors.ts';
import { createRedact, type Log } from '../log.ts';
import { Activations } from '../state/activations.ts';
import type { Database } from '../state/database.ts';
import { JobLines } from '../state/job-lines.ts';
import type { JobRecord } from '../state/job-record.ts';
import type { Jobs, TrainEvery } from '../state/jobs.ts';
import { Lease } from '../state/lease.ts';
import type { Projects } from '../state/projects.ts';
import type { Versions } from '../state/versions.ts';
import type { TrainingSettings } from '../training-settings.ts';
import type { Fit } from './fit.ts';
import type { Host } from './host.ts';
import { JobReporter } from './job-reporter.ts';
import { Publisher } from './publisher.ts';
import type { ModelFacts } from './runner.ts';
import { Switch } from './switching.ts';
import { Trainer } from './trainer.ts';
import { sweepVersions } from './version-directory.ts';

export interface TrainingsParts {
  database: Database;
  projects: Projects;
  jobs: Jobs;
  versions: Versions;
  host: Host;
  fit: Fit;
  model: ModelFacts;
  settings: TrainingSettings & { keepVersions: number; secrets: readonly string[] };
  log: Log;
}

/** How often the state is looked at for what other processes have asked for, in milliseconds. */
const LOOK_EVERY = 500;

export class Trainings {
  readonly lines: JobLines;
  readonly switch: Switch;
  readonly #parts: TrainingsParts;
  readonly #trainer: Trainer;
  readonly #lease: Lease;
  #watch: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #closed = false;

  constructor(parts: TrainingsParts) {
    const { database, projects, jobs, versions, host, fit, model, settings, log } = parts;
    const { directory } = database;
    const { timeout, retries, keepVersions } = settings;
    const lines = new JobLines(database);
    const redact = createRedact(settings.secrets);
    const createReporter = (job: number) => new JobReporter({ database, jobs, lines, log, redact }, job);
    const publisher = new Publisher({ versions, projects, host, keepVersions, log });
    const activations = new Activations(database, projects, versions);
    this.#parts = parts;
    this.#lease = new Lease(directory);
    this.#trainer = new Trainer({ jobs, projects, publisher, fit, createReporter, directory, timeout, retries, log });
    this.lines = lines;
    this.switch = new Switch({ database, activations, versions, host, untrained: model.version, log });
  }

  /** Takes up what a crash or a stop has left, and listens to `npm run versions` from now on. */
  async recover(): Promise<void> {
    if (this.#lease.acquire()) await this.#takeUp();
    else {
      this.#trainer.wait();
      this.#parts.log.warn('another server uses this model directory: it trains, and this one when that has ended');
    }
    this.#watch = setInterval(() => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
    }, LOOK_EVERY).unref();
  }

  wake(): void {
    this.#trainer.wake();
  }

  idle(): Promise<void> {
    return this.#trainer.idle();
  }

  /** Ends a training. @throws InputError 404 for an unknown one, 409 for one that has ended */
  async cancel(id: number): Promise<{ was: 'queued' | 'running'; job: JobRecord }> {
    const was = await this.#trainer.cancel(id);
    const job = this.#parts.jobs.find(id);
    if (was === undefined || job === undefined) fail(`there is no training ${id}`, 404);
    if (was === 'queued' || was === 'running') return { was, job };
    fail(`training ${id} has ended already: ${was}${job.detail ? `, ${job.detail}` : ''}`, 409);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    await this.#trainer.close();
    this.#lease.release();
  }

  async #takeUp(): Promise<void> {
    const { database, jobs, versions, settings, log } = this.#parts;
    const { retried, given_up } = await jobs.recover(settings.retries + 1);
    if (retried.length > 0) log.info('trainings that were cut off start again', { jobs: retried });
    if (given_up.length > 0) log.error('trainings were given up: cut off too often', { jobs: given_up });
    const swept = await sweepVersions(database.directory, versions.workdirs());
    if (swept > 0) log.info('files that trainings have left behind were removed', { directories: swept });
    this.#trainer.start();
  }

  async #look(): Promise<void> {
    const { jobs, log } = this.#parts;
    try {
      if (!this.#lease.held) {
        if (!this.#lease.acquire()) return;
        log.info('the other server has ended: trainings run here now');
        await this.#takeUp();
      }
      await this.switch.answerRequests();
      if ((jobs.nextDue() ?? Infinity) <= Date.now()) this.#trainer.wake();
    } catch (error) {
      // A model that takes long to load does not hold up the stop.
      if (!this.#closed) log.error('the state could not be looked at', { error });
    }
  }
}

/** What the settings say, else the model class. @throws ModelError on numbers that mean nothing */
export function trainEvery(settings: TrainEvery, { trainEvery: own = {} }: ModelFacts): TrainEvery {
  for (const [key, value] of Object.entries(own)) {
    if ((key === 'annotations' || key === 'seconds') && (value === undefined || value > 0)) continue;
    throw new ModelError(`static trainEvery takes { annotations, seconds }, numbers above 0; got ${key}: ${value}`);
  }
  return { annotations: settings.annotations ?? own.annotations, seconds: settings.seconds ?? own.seconds };
}
