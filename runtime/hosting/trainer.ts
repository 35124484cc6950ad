/** Takes the trainings that are due one at a time, and sees to what becomes of each: a version, another try, or an end. */

import { setTimeout as sleep } from 'node:timers/promises';
import { ModelError, UnavailableError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Job, JobStatus } from '../state/job-record.ts';
import type { Jobs } from '../state/jobs.ts';
import type { Projects } from '../state/projects.ts';
import type { Fit, Learning } from './fit.ts';
import type { JobReporter } from './job-reporter.ts';
import type { Publisher } from './publisher.ts';
import { TrainingCutOff } from './training-process.ts';
import { removeVersion, workdirOf } from './version-directory.ts';

export interface TrainerParts {
  jobs: Jobs;
  projects: Projects;
  publisher: Publisher;
  fit: Fit;
  createReporter: (job: number) => JobReporter;
  /** Work directories are made below. */
  directory: string;
  /** Milliseconds that a training may take; 0 for no limit. */
  timeout: number;
  /** How often a training is tried again that was cut off. */
  retries: number;
  log: Log;
}

interface Run {
  job: Job;
  abort: AbortController;
  ended: Promise<void>;
}

/** Before another try, in milliseconds: twice as long each time. */
const BACK_OFF = { first: 2_000, most: 60_000 } as const;
/** While the state cannot be written. */
const STATE_PAUSE = 2_000;
/** Longer timers ring at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

class Cancelled extends Error {}

export class Trainer {
  readonly #parts: TrainerParts;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #running: Run | undefined;
  #woken = false;
  #waiting = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: TrainerParts) {
    this.#parts = parts;
  }

  /** There may be a training that is due: see to it. Returns at once. */
  wake(): void {
    this.#woken = true;
    if (this.#waiting || this.#stopping.signal.aborted) return;
    this.#loop ??= this.#drain().finally(() => {
      this.#loop = undefined;
      if (this.#woken) this.wake();
      else this.#wakeInTime();
    });
  }

  /** Another server trains here: wait() until start(). */
  wait(): void {
    this.#waiting = true;
  }

  start(): void {
    this.#waiting = false;
    this.wake();
  }

  /** Resolves when nothing runs or is due. */
  async idle(): Promise<void> {
    while (this.#loop) await this.#loop;
  }

  /** Ends a pending or running training for good. Resolves with what it was before; undefined for an unknown one. */
  async cancel(id: number): Promise<JobStatus | undefined> {
    const was = await this.#parts.jobs.cancel(id);
    if (was === 'running' && this.#running?.job.id === id) {
      this.#running.abort.abort(new Cancelled('the training was cancelled'));
      await this.#running.ended;
    }
    return was;
  }

  /** Stops a running training; it is pending again, and the next start takes it up. */
  async close(): Promise<void> {
    this.#stopping.abort(new Error('the server is stopping'));
    clearTimeout(this.#timer);
    await this.#loop;
  }

  async #drain(): Promise<void> {
    const { jobs, log } = this.#parts;
    const { signal } = this.#stopping;
    try {
      while (this.#woken && !signal.aborted) {
        this.#woken = false;
        const job = await this.#saved(() => jobs.claim());
        if (!job) continue;
        this.#woken = true;
        // One that was claimed while the server stops is given back.
        await this.#run(job);
      }
    } catch (error) {
      if (!signal.aborted) log.error('trainings are paused until the next event', { error });
    }
  }

  #wakeInTime(): void {
    clearTimeout(this.#timer);
    if (this.#stopping.signal.aborted) return;
    const due = this.#parts.jobs.nextDue();
    if (due === undefined) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(LONGEST_TIMER, Math.max(0, due - Date.now()))).unref();
  }

  async #run(job: Job): Promise<void> {
    const { timeout, log, createReporter } = this.#parts;
    const abort = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#running = { job, abort, ended };
    const late = new ModelError(`the training took longer than ${timeout / 1000} s (TRAIN_TIMEOUT)`);
    const timer = timeout > 0 ? setTimeout(() => abort.abort(late), timeout) : undefined;
    const signal = AbortSignal.any([this.#stopping.signal, abort.signal]);
    const fields = { job: job.id, project: job.project, event: job.event };
    const workdir = workdirOf(this.#parts.directory, job);
    const reporter = createReporter(job.id);
    log.info('training started', fields);
    const started = performance.now();
    try {
      const outcome = await this.#train(job, workdir, signal, reporter);
      const seconds = Math.round(performance.now() - started) / 1000;
      log.info(`training ended: ${outcome}`, { ...fields, seconds });
    } catch (error) {
      await this.#failed(job, workdir, error, signal, reporter);
    } finally {
      clearTimeout(timer);
      this.#running = undefined;
      end();
    }
  }

  async #train(job: Job, workdir: string, signal: AbortSignal, reporter: JobReporter): Promise<string> {
    const { jobs, projects, publisher, fit } = this.#parts;
    const untouched = { labelConfig: '', extraParams: undefined, pinned: undefined, activated: undefined };
    const project = projects.find(job.project) ?? { id: job.project, ...untouched };
    const { serving: version, candidate } = publisher.plan(job.project);
    let learning: Learning | undefined;
    try {
      learning = await fit({ job, project, version, candidate, workdir }, signal, reporter);
    } finally {
      await reporter.end();
    }
    signal.throwIfAborted();
    if (learning !== undefined) {
      return publisher.publish(job, { candidate, workdir, ...learning }, (write) => this.#saved(write));
    }
    await removeVersion(workdir);
    await this.#saved(() => jobs.finish(job.id, 'completed', 'fit() had nothing to learn yet'));
    return 'nothing to learn yet';
  }

  /** Cut off is not wrong: what crashed may work when there is more memory. What fit() throws, it throws again. */
  async #failed(job: Job, workdir: string, error: unknown, signal: AbortSignal, reporter: JobReporter): Promise<void> {
    const { jobs, log, retries } = this.#parts;
    const fields = { job: job.id, project: job.project, event: job.event };
    await removeVersion(workdir).catch((trouble: unknown) =>
      log.warn('files of a training remain', { error: trouble }),
    );
    if (this.#stopping.signal.aborted) {
      // Where this cannot be recorded, the next start finds it running and takes it for interrupted.
      return jobs.again(job, 'the server stopped', Date.now(), false).catch(() => {});
    }
    if (jobs.find(job.id)?.status === 'cancelled') return log.info('training cancelled', fields);
    const reason = error instanceof Error ? error.message : String(error);
    const cutOff = error instanceof TrainingCutOff || error instanceof UnavailableError;
    if (cutOff && !signal.aborted && job.attempts <= retries) {
      const pause = Math.min(BACK_OFF.most, BACK_OFF.first * 2 ** (job.attempts - 1));
      log.error('training failed; the present version stays; it is tried again', { ...fields, error, pause_ms: pause });
      return this.#saved(() => jobs.again(job, `${reason}; tried again`, Date.now() + pause));
    }
    log.error('training failed; the present version stays', { ...fields, error });
    reporter.line('error', error instanceof Error ? (error.stack ?? reason) : reason);
    await reporter.end();
    await this.#saved(() => jobs.finish(job.id, 'failed', reason));
  }

  /** Nothing goes on until the state can be written: a full disk must not leave a job that runs for ever. */
  async #saved<T>(write: () => Promise<T>): Promise<T> {
    for (let told = false; ; told = true) {
      try {
        return await write();
      } catch (error) {
        this.#stopping.signal.throwIfAborted();
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') throw error;
        if (!told) this.#parts.log.error('trainings are paused until the state can be written', { error });
        await sleep(STATE_PAUSE, undefined, { signal: this.#stopping.signal });
      }
    }
  }
}
