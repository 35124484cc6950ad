/** The versions that trainings left, which of them is served, and how that is changed. */

import { join, resolve } from 'node:path';
import type { Database } from './database.ts';
import type { Job } from './job-record.ts';
import type { Jobs } from './jobs.ts';

/** A version without what it learned. */
export interface Version {
  project: string;
  /** 1, 2, 3 … per project */
  number: number;
  /** What the server sees: v1, v2, v3 … */
  name: string;
  job: number;
  /** Whether it was served when it was new: false for one that did worse than the one before. */
  promoted: boolean;
  metrics: Record<string, number> | undefined;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** What a model is built from. */
export interface Learned {
  name: string;
  /** Where fit() wrote its files. */
  workdir: string;
  trainOutput: Record<string, unknown>;
}

export interface NewVersion extends Learned {
  metrics: Record<string, number> | undefined;
  promoted: boolean;
  /** What the job says at its end. */
  detail: string;
}

/** In place of a version: the model as it is before any training. */
export const UNTRAINED = 'untrained';

const COLUMNS = 'project, number, name, job, promoted, metrics, created_at AS createdAt';

export class Versions {
  readonly #database: Database;
  readonly #jobs: Jobs;

  constructor(database: Database, jobs: Jobs) {
    this.#database = database;
    this.#jobs = jobs;
  }

  /** Newest first. */
  list(project: string): Version[] {
    return this.#database
      .sql(`SELECT ${COLUMNS} FROM versions WHERE project = ? ORDER BY number DESC`)
      .all(project)
      .map((row) => {
        const { promoted, metrics, ...rest } = row as unknown as Omit<Version, 'promoted' | 'metrics'> & {
          promoted: number;
          metrics: string | null;
        };
        return { ...rest, promoted: promoted === 1, metrics: metrics === null ? undefined : JSON.parse(metrics) };
      });
  }

  /** Projects that have versions. */
  projects(): string[] {
    const rows = this.#database.sql('SELECT DISTINCT project FROM versions ORDER BY project').all();
    return (rows as unknown as Array<{ project: string }>).map(({ project }) => project);
  }

  /**
   * The name of the version to serve: the first wish there is such a version for, else the newest that was good enough.
   * Undefined: the untrained model.
   */
  chosen(project: string, wishes: ReadonlyArray<string | undefined>): string | undefined {
    const versions = this.list(project);
    const wish = wishes.find((name) => name === UNTRAINED || versions.some((version) => version.name === name));
    if (wish !== undefined) return wish === UNTRAINED ? undefined : wish;
    return versions.find(({ promoted }) => promoted)?.name;
  }

  /** @throws Error when there is no such version */
  open(project: string, name: string): Learned {
    const row = this.#database
      .sql('SELECT workdir, train_output FROM versions WHERE project = ? AND name = ?')
      .get(project, name) as { workdir: string; train_output: string } | undefined;
    if (!row) throw new Error(`project ${project} has no version ${name}`);
    return { name, workdir: this.#absolute(row.workdir), trainOutput: JSON.parse(row.train_output) };
  }

  /** The name that the next publish() of this project will give. */
  nextName(project: string): string {
    return `v${this.#nextNumber(project)}`;
  }

  /** Ends a job with a new version, in one transaction. @throws Error, and changes nothing, when the job was cancelled */
  publish(job: Job, { name, workdir, trainOutput, metrics, promoted, detail }: NewVersion): Promise<void> {
    return this.#database.write(() => {
      const number = this.#nextNumber(job.project);
      if (name !== `v${number}`) throw new Error(`${name} was to be published, v${number} is next`);
      if (!this.#jobs.end(job.id, 'completed', detail)) throw new Error(`training ${job.id} has ended already`);
      const saved = metrics === undefined ? null : JSON.stringify(metrics);
      this.#database
        .sql(
          `INSERT INTO versions (project, number, name, job, workdir, train_output, created_at, metrics, promoted)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          job.project,
          number,
          name,
          job.id,
          this.#relative(workdir),
          JSON.stringify(trainOutput),
          Date.now(),
          saved,
          promoted ? 1 : 0,
        );
      this.#database.sql('UPDATE jobs SET version = ?, metrics = ? WHERE id = ?').run(name, saved, job.id);
    });
  }

  /** To be called inside a write: from now on it is as good as one that was served at once. */
  promote(project: string, name: string): void {
    this.#database.sql('UPDATE versions SET promoted = 1 WHERE project = ? AND name = ?').run(project, name);
  }

  /** Forgets all but the newest `keep` versions of a project and those in `needed`; returns their directories. */
  prune(project: string, keep: number, needed: ReadonlyArray<string | undefined>): Promise<string[]> {
    return this.#database.write(() => {
      const dropped = this.list(project)
        .slice(keep)
        .filter(({ name }) => !needed.includes(name));
      return dropped.map(({ name, number }) => {
        const { workdir } = this.open(project, name);
        this.#database.sql('DELETE FROM versions WHERE project = ? AND number = ?').run(project, number);
        return workdir;
      });
    });
  }

  /** Where the files of all versions are. */
  workdirs(): string[] {
    const rows = this.#database.sql('SELECT workdir FROM versions').all() as unknown as Array<{ workdir: string }>;
    return rows.map(({ workdir }) => this.#absolute(workdir));
  }

  /** Of the first hundred projects: a page of metrics must not grow without end. */
  counts(): { project: string; number: number }[] {
    const rows = this.#database
      .sql('SELECT project, count(*) AS number FROM versions GROUP BY project ORDER BY project LIMIT 100')
      .all();
    return rows as unknown as { project: string; number: number }[];
  }

  /** prune() keeps the newest, so a number is never given twice. */
  #nextNumber(project: string): number {
    const { number } = this.#database
      .sql('SELECT coalesce(max(number), 0) + 1 AS number FROM versions WHERE project = ?')
      .get(project) as { number: number };
    return number;
  }

  /** Paths are kept relative: the folder may be moved, or restored from a backup somewhere else. */
  #relative(workdir: string): string {
    const base = join(this.#database.directory, '/');
    return workdir.startsWith(base) ? workdir.slice(base.length) : workdir;
  }

  #absolute(workdir: string): string {
    return resolve(this.#database.directory, workdir);
  }
}
