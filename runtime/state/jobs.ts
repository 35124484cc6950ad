/** Trainings that were asked for, and the versions that came of them. */

import type { Database } from './database.ts';

export type JobStatus = 'queued' | 'running' | 'completed' | 'failed';

export interface Job {
  id: number;
  project: string;
  /** What asked for it: ANNOTATION_CREATED, START_TRAINING, TRAIN … */
  event: string;
  /** Only the tasks of this /train body; undefined means all annotations of the project. */
  batch: number | undefined;
  status: JobStatus;
  /** How often it was started. */
  attempts: number;
}

/** How a job stands; `finished_at` in milliseconds since 1970, `detail` says why. */
export interface EndedJob {
  id: number;
  status: JobStatus;
  finished_at: number | null;
  detail: string | null;
}

export interface Version {
  project: string;
  /** 1, 2, 3 … per project */
  number: number;
  /** What the server sees: v1, v2, v3 … */
  name: string;
  /** Where fit() wrote its files. */
  workdir: string;
  trainOutput: Record<string, unknown>;
}

interface JobRow extends Omit<Job, 'batch'> {
  batch: number | null;
}

/** A job that was cut off this often (by a crash, or by the machine) is given up: it may be what kills the process. */
const MAX_ATTEMPTS = 3;
const JOB_COLUMNS = 'id, project, event, batch, status, attempts';

export class Jobs {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * To be called inside a write. Any number of events make one pending job per project, which starts after the running
   * one has ended: so the last event is always covered by a training that began after it. Scope 'body' trains on the
   * tasks of a /train body alone, unless an event joins that wants them all.
   */
  enqueue(project: string, event: string, scope: 'all' | 'body' = 'all'): number {
    const pending = this.#database
      .sql(`SELECT id FROM jobs WHERE project = ? AND status = 'queued' ORDER BY id LIMIT 1`)
      .get(project) as { id: number } | undefined;
    if (pending) {
      if (scope === 'all') this.#database.sql('UPDATE jobs SET batch = NULL WHERE id = ?').run(pending.id);
      this.#database.sql('UPDATE jobs SET event = ? WHERE id = ?').run(event, pending.id);
      return pending.id;
    }
    const { lastInsertRowid } = this.#database
      .sql(`INSERT INTO jobs (project, event, status, created_at) VALUES (?, ?, 'queued', ?)`)
      .run(project, event, Date.now());
    const id = Number(lastInsertRowid);
    if (scope === 'body') this.#database.sql('UPDATE jobs SET batch = ? WHERE id = ?').run(id, id);
    return id;
  }

  /** Starts the oldest pending job, or none. */
  claim(): Promise<Job | undefined> {
    return this.#database.write(() => {
      const row = this.#database
        .sql(`SELECT ${JOB_COLUMNS} FROM jobs WHERE status = 'queued' ORDER BY id LIMIT 1`)
        .get() as unknown as JobRow | undefined;
      if (!row) return undefined;
      this.#database
        .sql(`UPDATE jobs SET status = 'running', attempts = attempts + 1, started_at = ? WHERE id = ?`)
        .run(Date.now(), row.id);
      return { ...row, batch: row.batch ?? undefined, status: 'running', attempts: row.attempts + 1 };
    });
  }

  /** Ends a job without a new version: it failed, or there was nothing to learn yet. */
  finish(id: number, status: 'completed' | 'failed', detail: string): Promise<void> {
    return this.#database.write(() => this.#finish(id, status, detail));
  }

  /** Ends a job with a new version, in one transaction: there is never one without the other. */
  publish(job: Job, workdir: string, trainOutput: Record<string, unknown>): Promise<Version> {
    return this.#database.write(() => {
      const number = this.#nextNumber(job.project);
      const name = `v${number}`;
      this.#database
        .sql(
          `INSERT INTO versions (project, number, name, job, workdir, train_output, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(job.project, number, name, job.id, workdir, JSON.stringify(trainOutput), Date.now());
      this.#finish(job.id, 'completed', `published ${name}`);
      return { project: job.project, number, name, workdir, trainOutput };
    });
  }

  /** The name that the next publish() of this project will give. */
  nextName(project: string): string {
    return `v${this.#nextNumber(project)}`;
  }

  /** At boot: jobs that a crash cut off are pending again, until they have been tried too often. Returns both lists. */
  recover(): Promise<{ retried: number[]; given_up: number[] }> {
    return this.#database.write(() => {
      const rows = this.#database
        .sql(`SELECT ${JOB_COLUMNS} FROM jobs WHERE status = 'running' ORDER BY id`)
        .all() as unknown as JobRow[];
      const retried: number[] = [];
      const given_up: number[] = [];
      for (const { id, project, attempts } of rows) {
        if (attempts >= MAX_ATTEMPTS) {
          this.#finish(id, 'failed', `interrupted ${attempts} times`);
          given_up.push(id);
          continue;
        }
        // A pending job of the same project covers this one: one pending per project stays the rule.
        const pending = this.#database.sql(`SELECT id FROM jobs WHERE project = ? AND status = 'queued'`).get(project);
        if (pending) this.#finish(id, 'failed', 'interrupted; a later training covers it');
        else this.#database.sql(`UPDATE jobs SET status = 'queued' WHERE id = ?`).run(id);
        retried.push(id);
      }
      return { retried, given_up };
    });
  }

  /** The project's job that is running or pending, running first. */
  active(project: string): { id: number; status: JobStatus } | undefined {
    return this.#database
      .sql(
        `SELECT id, status FROM jobs WHERE project = ? AND status IN ('running', 'queued')
         ORDER BY status = 'queued', id LIMIT 1`,
      )
      .get(project) as { id: number; status: JobStatus } | undefined;
  }

  /** The newest job of a project, whatever became of it. */
  last(project: string): EndedJob | undefined {
    return this.#database
      .sql('SELECT id, status, finished_at, detail FROM jobs WHERE project = ? ORDER BY id DESC LIMIT 1')
      .get(project) as EndedJob | undefined;
  }

  /** Newest first. */
  versions(project: string): Version[] {
    const rows = this.#database
      .sql('SELECT project, number, name, workdir, train_output FROM versions WHERE project = ? ORDER BY number DESC')
      .all(project) as unknown as Array<Omit<Version, 'trainOutput'> & { train_output: string }>;
    return rows.map(({ train_output, ...version }) => ({ ...version, trainOutput: JSON.parse(train_output) }));
  }

  /** Forgets all but the newest `keep` versions of a project, never `serving`; returns the work directories that are free now. */
  prune(project: string, keep: number, serving: string): Promise<string[]> {
    return this.#database.write(() => {
      const dropped = this.versions(project)
        .slice(keep)
        .filter(({ name }) => name !== serving);
      for (const { number } of dropped) {
        this.#database.sql('DELETE FROM versions WHERE project = ? AND number = ?').run(project, number);
      }
      return dropped.map(({ workdir }) => workdir);
    });
  }

  counts(): { status: JobStatus; number: number }[] {
    const rows = this.#database
      .sql('SELECT status, count(*) AS number FROM jobs GROUP BY status ORDER BY status')
      .all();
    return rows as unknown as { status: JobStatus; number: number }[];
  }

  /** Of the first hundred projects: a page of metrics must not grow without end. */
  versionCounts(): { project: string; number: number }[] {
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

  #finish(id: number, status: 'completed' | 'failed', detail: string): void {
    this.#database
      .sql('UPDATE jobs SET status = ?, detail = ?, finished_at = ? WHERE id = ?')
      .run(status, detail, Date.now(), id);
  }
}
