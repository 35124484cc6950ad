/** The queue of trainings: what was asked for, how it stands, what became of it. */

import type { Database } from './database.ts';
import { JOB_COLUMNS, type Job, type JobRecord, type JobStatus, toJobRecord } from './job-record.ts';

/** A training starts at so many annotations, or so many seconds after the first one; with neither, at once. */
export interface TrainEvery {
  annotations?: number | undefined;
  seconds?: number | undefined;
}

export interface Ask {
  event: string;
  /** 'body' trains on the tasks of a /train body alone, unless an event joins that wants them all. */
  scope?: 'all' | 'body';
  /** How many annotations came; left out by who asks for a training itself, which starts at once. */
  annotations?: number;
}

/** Ended jobs beyond the newest of a project are forgotten, and their logs with them. */
const KEPT_PER_PROJECT = 200;

export class Jobs {
  readonly #database: Database;
  readonly #every: TrainEvery;

  constructor(database: Database, every: TrainEvery = {}) {
    this.#database = database;
    this.#every = every;
  }

  /**
   * To be called inside a write. Any number of events make one pending job per project, which starts after the running
   * one has ended: so the last event is always covered by a training that began after it.
   */
  enqueue(project: string, { event, scope = 'all', annotations }: Ask): number {
    const now = Date.now();
    const pending = this.#pending(project);
    const count = (pending?.annotations ?? 0) + (annotations ?? 0);
    const due = annotations === undefined ? now : this.#dueAt(count, pending?.annotations ? undefined : now);
    if (pending) {
      const batch = scope === 'all' ? null : (pending.batch ?? null);
      // One that waits to be tried again waits on, unless somebody wants it now.
      const next = pending.attempts > 0 && annotations !== undefined ? pending.dueAt : earliest(pending.dueAt, due);
      this.#database
        .sql('UPDATE jobs SET event = ?, batch = ?, annotations = ?, due_at = ? WHERE id = ?')
        .run(event, batch, count, next ?? null, pending.id);
      return pending.id;
    }
    const { lastInsertRowid } = this.#database
      .sql(
        `INSERT INTO jobs (project, event, status, annotations, due_at, created_at) VALUES (?, ?, 'queued', ?, ?, ?)`,
      )
      .run(project, event, count, due ?? null, now);
    const id = Number(lastInsertRowid);
    if (scope === 'body') this.#database.sql('UPDATE jobs SET batch = ? WHERE id = ?').run(id, id);
    return id;
  }

  /** Starts the oldest job that is due and whose project is not being trained. */
  claim(): Promise<Job | undefined> {
    return this.#database.write(() => {
      const job = this.#one(
        `status = 'queued' AND due_at <= ?
         AND NOT EXISTS (SELECT 1 FROM jobs r WHERE r.project = jobs.project AND r.status = 'running') ORDER BY id LIMIT 1`,
        Date.now(),
      );
      if (!job) return undefined;
      this.#database
        .sql(
          `UPDATE jobs SET status = 'running', attempts = attempts + 1, started_at = ?, progress = NULL, message = NULL
           WHERE id = ?`,
        )
        .run(Date.now(), job.id);
      return { ...job, attempts: job.attempts + 1 };
    });
  }

  /** When the next job is due, in milliseconds since 1970. */
  nextDue(): number | undefined {
    const { due } = this.#database.sql(`SELECT min(due_at) AS due FROM jobs WHERE status = 'queued'`).get() as {
      due: number | null;
    };
    return due ?? undefined;
  }

  /** Ends a running job without a new version: it failed, or there was nothing to learn yet. */
  finish(id: number, status: 'completed' | 'failed', detail: string): Promise<void> {
    return this.#database.write(() => void this.end(id, status, detail));
  }

  /** To be called inside a write. False when the job does not run any more: somebody has cancelled it. */
  end(id: number, status: 'completed' | 'failed' | 'cancelled', detail: string): boolean {
    const { changes } = this.#database
      .sql(`UPDATE jobs SET status = ?, detail = ?, finished_at = ? WHERE id = ? AND status IN ('running', 'queued')`)
      .run(status, detail, Date.now(), id);
    if (changes > 0) this.#forgetOld(id);
    return changes > 0;
  }

  /** Puts a running job back: to be started again at `due`. `counted`: whether this start was the job's own fault. */
  again(job: Job, reason: string, due: number, counted = true): Promise<void> {
    return this.#database.write(() => this.#again(job, reason, due, counted));
  }

  /** Ends a pending or running job. What it was before; undefined for an unknown one. */
  cancel(id: number): Promise<JobStatus | undefined> {
    return this.#database.write(() => {
      const { status } = this.find(id) ?? {};
      if (status === 'queued') this.end(id, 'cancelled', 'cancelled before it started');
      if (status === 'running') this.end(id, 'cancelled', 'cancelled while it ran');
      return status;
    });
  }

  /** How fit() is getting on. To be called inside a write. */
  note(id: number, progress: number | undefined, message: string | undefined): void {
    this.#database
      .sql('UPDATE jobs SET progress = ?, message = ? WHERE id = ?')
      .run(progress ?? null, message ?? null, id);
  }

  /** At boot: jobs that a crash cut off are pending again, until they have been tried `most` times. Returns both lists. */
  recover(most: number): Promise<{ retried: number[]; given_up: number[] }> {
    return this.#database.write(() => {
      const [retried, given_up]: [number[], number[]] = [[], []];
      for (const job of this.#all(`status = 'running' ORDER BY id`)) {
        if (job.attempts >= most) {
          this.end(job.id, 'failed', `interrupted ${job.attempts} times`);
          given_up.push(job.id);
        } else {
          this.#again(job, 'interrupted', Date.now(), true);
          retried.push(job.id);
        }
      }
      // The settings may say something else than when these were recorded.
      for (const { id, annotations, createdAt, dueAt } of this.#all(`status = 'queued' AND annotations > 0`)) {
        const due = earliest(dueAt, this.#dueAt(annotations, createdAt));
        this.#database.sql('UPDATE jobs SET due_at = ? WHERE id = ?').run(due ?? null, id);
      }
      return { retried, given_up };
    });
  }

  /** The project's job that runs or is about to, running first; not one that waits for more annotations. */
  active(project: string): JobRecord | undefined {
    return this.#one(
      `project = ? AND (status = 'running' OR status = 'queued' AND (due_at <= ? OR attempts > 0))
       ORDER BY status = 'queued', id LIMIT 1`,
      project,
      Date.now(),
    );
  }

  /** The newest job of a project, whatever became of it. */
  last(project: string): JobRecord | undefined {
    return this.#one('project = ? ORDER BY id DESC LIMIT 1', project);
  }

  find(id: number): JobRecord | undefined {
    return this.#one('id = ?', id);
  }

  /** Newest first: at most `limit` jobs older than `before`, of one project or of all. */
  page(project: string | undefined, before: number, limit: number): JobRecord[] {
    const which = project === undefined ? '? IS NULL' : 'project = ?';
    return this.#all(`${which} AND id < ? ORDER BY id DESC LIMIT ?`, project ?? null, before, limit);
  }

  counts(): { status: JobStatus; number: number }[] {
    const rows = this.#database
      .sql('SELECT status, count(*) AS number FROM jobs GROUP BY status ORDER BY status')
      .all();
    return rows as unknown as { status: JobStatus; number: number }[];
  }

  #pending(project: string): JobRecord | undefined {
    return this.#one(`project = ? AND status = 'queued' LIMIT 1`, project);
  }

  /** When a job with so many annotations is due, the first of which came at `first`; undefined: when more have come. */
  #dueAt(annotations: number, first: number | undefined): number | undefined {
    const { annotations: most, seconds } = this.#every;
    if ((most === undefined && seconds === undefined) || (most !== undefined && annotations >= most)) return Date.now();
    return seconds === undefined || first === undefined ? undefined : first + seconds * 1000;
  }

  #again(job: Job, reason: string, due: number, counted: boolean): void {
    const attempts = counted ? job.attempts : job.attempts - 1;
    const pending = this.#pending(job.project);
    if (!pending) {
      this.#database
        .sql(
          `UPDATE jobs SET status = 'queued', due_at = ?, attempts = ?, detail = ? WHERE id = ? AND status = 'running'`,
        )
        .run(due, attempts, reason, job.id);
      return;
    }
    // One pending job per project stays the rule: it covers this one, and takes on what this one has cost.
    if (!this.end(job.id, 'failed', `${reason}; training ${pending.id} covers it`)) return;
    this.#database
      .sql('UPDATE jobs SET due_at = ?, attempts = ?, batch = NULL WHERE id = ?')
      .run(due, attempts, pending.id);
  }

  #forgetOld(ended: number): void {
    const { project } = this.find(ended) ?? { project: '' };
    const old = `SELECT id FROM jobs WHERE project = ? AND finished_at IS NOT NULL ORDER BY id DESC LIMIT -1 OFFSET ${KEPT_PER_PROJECT}`;
    this.#database.sql(`DELETE FROM job_lines WHERE job IN (${old})`).run(project);
    this.#database.sql(`DELETE FROM jobs WHERE id IN (${old})`).run(project);
  }

  #one(where: string, ...values: Array<string | number | null>): JobRecord | undefined {
    return this.#all(where, ...values)[0];
  }

  #all(where: string, ...values: Array<string | number | null>): JobRecord[] {
    return this.#database
      .sql(`SELECT ${JOB_COLUMNS} FROM jobs WHERE ${where}`)
      .all(...values)
      .map(toJobRecord);
  }
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
