/** From what a training learned to a version that is served: on disk first, then in the state, then in every process. */

import type { Log } from '../log.ts';
import type { Job } from '../state/job-record.ts';
import type { Projects } from '../state/projects.ts';
import type { Versions } from '../state/versions.ts';
import { type Evaluation, isPromoted } from './evaluation.ts';
import type { Learning } from './fit.ts';
import type { Host } from './host.ts';
import type { ServedVersion } from './load.ts';
import { removeVersion, sealVersion } from './version-directory.ts';

export interface PublisherParts {
  versions: Versions;
  projects: Projects;
  host: Host;
  keepVersions: number;
  log: Log;
}

export class Publisher {
  readonly #parts: PublisherParts;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** What is served while a training runs, and what its version will be called. */
  plan(project: string): { serving: ServedVersion; candidate: string } {
    return { serving: this.#parts.host.serving(project), candidate: this.#parts.versions.nextName(project) };
  }

  /**
   * Resolves with what became of it. Rejects, and leaves everything as it was, when the model cannot be loaded.
   * @param save retries a write to the state: a full disk must not cost a training that has ended well
   */
  async publish(
    job: Job,
    { candidate: name, workdir, output: trainOutput, evaluation }: Learning & { candidate: string; workdir: string },
    save: (write: () => Promise<void>) => Promise<void>,
  ): Promise<string> {
    const { versions, host } = this.#parts;
    const { project, id } = job;
    const metrics = evaluation?.metrics;
    const promoted = isPromoted(evaluation);
    await sealVersion(workdir, {
      name,
      project,
      job: id,
      createdAt: new Date().toISOString(),
      trainOutput,
      metrics,
    });
    // The model is built before the version exists: one that cannot even be loaded never replaces one that works.
    const serve = promoted ? await host.stage(project, { name, workdir, trainOutput }) : undefined;
    const detail = this.#verdict(project, name, evaluation);
    await save(() => versions.publish(job, { name, workdir, trainOutput, metrics, promoted, detail }));
    serve?.();
    await this.#prune(project);
    return detail;
  }

  #verdict(project: string, name: string, evaluation: Evaluation | undefined): string {
    const { pinned, activated } = this.#parts.projects.find(project) ?? {};
    const { score } = evaluation?.metrics ?? {};
    const { serving } = evaluation ?? {};
    if (!isPromoted(evaluation)) {
      return `${name} is kept, but not served: its score ${score} is below ${serving?.score} of ${serving?.version}`;
    }
    const now = this.#parts.versions.chosen(project, [pinned, activated]);
    const chosen = [pinned, activated].includes(now) && now !== undefined;
    const scores =
      score === undefined ? '' : ` (score ${score}${serving ? `, ${serving.version} has ${serving.score}` : ''})`;
    return chosen ? `${name} is ready; ${now} was chosen and stays${scores}` : `${name} is served${scores}`;
  }

  async #prune(project: string): Promise<void> {
    const { versions, projects, host, keepVersions, log } = this.#parts;
    const { pinned, activated } = projects.find(project) ?? {};
    try {
      const needed = [host.version(project), pinned, activated];
      for (const dropped of await versions.prune(project, keepVersions, needed)) await removeVersion(dropped);
    } catch (error) {
      // The version is out: what is left over goes with the next one, or after the next start.
      log.warn('old versions could not be removed', { project, error });
    }
  }
}
