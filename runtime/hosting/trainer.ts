/** Takes pending trainings one at a time, publishes what they learn, reports what failed. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Job, Jobs } from '../state/jobs.ts';
import type { Projects } from '../state/projects.ts';
import type { Fit } from './fit.ts';
import type { Host } from './host.ts';

export interface TrainerParts {
  jobs: Jobs;
  projects: Projects;
  host: Host;
  fit: Fit;
  /** Work directories are made below. */
  directory: string;
  keepVersions: number;
  log: Log;
}

export class Trainer {
  readonly #parts: TrainerParts;
  readonly #stopping = new AbortController();
  #loop: Promise<void> | undefined;
  #woken = false;

  constructor(parts: TrainerParts) {
    this.#parts = parts;
  }

  /** There may be a pending training: see to it. Returns at once. */
  wake(): void {
    this.#woken = true;
    this.#loop ??= this.#drain().finally(() => {
      this.#loop = undefined;
      if (this.#woken && !this.#stopping.signal.aborted) this.wake();
    });
  }

  /** Resolves when nothing is running or pending. */
  async idle(): Promise<void> {
    while (this.#loop) await this.#loop;
  }

  /** Stops a running training; it stays recorded as running, and the next start takes it up again. */
  async close(): Promise<void> {
    this.#stopping.abort(new Error('the server is stopping'));
    await this.#loop;
  }

  async #drain(): Promise<void> {
    const { jobs, log } = this.#parts;
    while (this.#woken && !this.#stopping.signal.aborted) {
      this.#woken = false;
      try {
        for (let job = await jobs.claim(); job; job = await jobs.claim()) {
          await this.#run(job);
          if (this.#stopping.signal.aborted) return;
        }
      } catch (error) {
        log.error('trainings are paused until the next event: the state cannot be written', { error });
      }
    }
  }

  async #run(job: Job): Promise<void> {
    const { jobs, projects, host, fit, directory, log } = this.#parts;
    const workdir = join(directory, 'versions', job.project, `job-${job.id}`);
    const started = performance.now();
    const fields = { job: job.id, project: job.project, event: job.event };
    log.info('training started', fields);
    try {
      const project = projects.find(job.project) ?? {
        id: job.project,
        labelConfig: '',
        extraParams: undefined,
        pinned: undefined,
      };
      const training = { job, project, version: host.serving(job.project), workdir };
      const output = await fit(training, this.#stopping.signal);
      const seconds = Math.round(performance.now() - started) / 1000;
      if (output === undefined) {
        await remove(workdir);
        await jobs.finish(job.id, 'completed', 'fit() had nothing to learn yet');
        log.info('training ended: nothing to learn yet', { ...fields, seconds });
        return;
      }
      const version = await this.#publish(job, workdir, output);
      log.info(`training ended: ${version} is served`, { ...fields, version, seconds });
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      log.error('training failed; the present version stays', { ...fields, error });
      await remove(workdir);
      await jobs.finish(job.id, 'failed', error instanceof Error ? error.message : String(error));
    }
  }

  /** The new model is built before the version exists: one that cannot even be loaded never replaces one that works. */
  async #publish(job: Job, workdir: string, output: Record<string, unknown>): Promise<string> {
    const { jobs, host, keepVersions } = this.#parts;
    const name = jobs.nextName(job.project);
    const serve = await host.stage(job.project, { name, workdir, trainOutput: output });
    await jobs.publish(job, workdir, output);
    serve();
    for (const dropped of await jobs.prune(job.project, keepVersions, host.version(job.project))) await remove(dropped);
    return name;
  }
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
