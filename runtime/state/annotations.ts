/** Every annotation that was delivered, kept as the present set: created, updated and deleted as the events say. */

import { createHash } from 'node:crypto';
import type { AnnotatedTask, Annotation, Task } from '../types.ts';
import type { Database, Snapshot } from './database.ts';

/** An annotation with the task it belongs to. `task` without `data` keeps the data that is already known. */
export interface Delivered {
  annotation: Annotation;
  task: { id: number | string | undefined; body: Task | undefined };
}

/** Tasks with their annotations as they were at one moment; each pass begins anew. */
export interface AnnotatedTasks extends AsyncIterable<AnnotatedTask> {
  close(): void;
}

export class Annotations {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * To be called inside a write: stores or replaces annotations one by one, as webhooks deliver them. Returns the ids of
   * those whose task is not known: they wait for it.
   */
  store(project: string, delivered: readonly Delivered[]): string[] {
    const waiting: string[] = [];
    for (const { annotation, task } of delivered) {
      const taskId = String(task.id ?? fingerprint(task.body?.data));
      if (task.body) this.#storeTask(project, taskId, task.body, null);
      const id = String(annotation.id ?? fingerprint(annotation.result, taskId));
      this.#storeAnnotation(project, taskId, annotation, id);
      if (!task.body && !this.#knows(project, taskId)) waiting.push(id);
    }
    return waiting;
  }

  /**
   * To be called inside a write: tasks with all their annotations, as /train sends them. What is known of these tasks
   * is replaced; `batch` marks them, so that this training can be given exactly them.
   */
  replaceTasks(project: string, tasks: readonly (Task & { annotations: Annotation[] })[], batch: number): void {
    for (const task of tasks) {
      const taskId = String(task.id ?? fingerprint(task.data));
      this.#storeTask(project, taskId, task, batch);
      this.#database.sql('DELETE FROM annotations WHERE project = ? AND task = ?').run(project, taskId);
      for (const [index, annotation] of task.annotations.entries()) {
        this.#storeAnnotation(project, taskId, annotation, String(annotation.id ?? `${taskId}#${index}`));
      }
    }
  }

  /** To be called inside a write. */
  remove(project: string, annotationIds: readonly string[]): void {
    for (const id of annotationIds) {
      this.#database.sql('DELETE FROM annotations WHERE project = ? AND id = ?').run(project, id);
    }
  }

  /** To be called inside a write: tasks go with their annotations. */
  removeTasks(project: string, taskIds: readonly string[]): void {
    for (const id of taskIds) {
      this.#database.sql('DELETE FROM annotations WHERE project = ? AND task = ?').run(project, id);
      this.#database.sql('DELETE FROM tasks WHERE project = ? AND id = ?').run(project, id);
    }
  }

  /** The present set as it is now, to be gone through as often as needed, and to be closed. */
  present(project: string, batch: number | undefined): AnnotatedTasks {
    const snapshot = this.#database.snapshot();
    return {
      [Symbol.asyncIterator]: () => stream(snapshot, project, batch),
      close: () => snapshot.close(),
    };
  }

  #knows(project: string, task: string): boolean {
    return this.#database.sql('SELECT 1 FROM tasks WHERE project = ? AND id = ?').get(project, task) !== undefined;
  }

  #storeTask(project: string, id: string, task: Task, batch: number | null): void {
    // Predictions and drafts are not what annotators said, and annotations have a table of their own.
    const { annotations: _a, predictions: _p, drafts: _d, ...body } = task;
    this.#database
      .sql(
        `INSERT INTO tasks (project, id, body, batch) VALUES (?, ?, ?, ?)
         ON CONFLICT (project, id) DO UPDATE SET body = excluded.body, batch = coalesce(excluded.batch, batch)`,
      )
      .run(project, id, JSON.stringify(body), batch);
  }

  #storeAnnotation(project: string, task: string, annotation: Annotation, id: string): void {
    this.#database
      .sql(
        `INSERT INTO annotations (project, id, task, body, skipped) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (project, id) DO UPDATE SET task = excluded.task, body = excluded.body, skipped = excluded.skipped`,
      )
      .run(project, id, task, JSON.stringify(annotation), annotation.was_cancelled === true ? 1 : 0);
  }
}

/** Task by task, oldest first, in flat memory; skipped annotations are left out. */
async function* stream(
  snapshot: Snapshot,
  project: string,
  batch: number | undefined,
): AsyncGenerator<AnnotatedTask, void, undefined> {
  // CROSS JOIN fixes the order of the loops: left to itself, SQLite sorts all annotations before it gives the first.
  const rows = snapshot
    .prepare(
      `SELECT t.seq AS seq, t.body AS task, a.body AS annotation FROM tasks t
       CROSS JOIN annotations a ON a.project = t.project AND a.task = t.id
       WHERE t.project = ? AND (? IS NULL OR t.batch = ?) AND a.skipped = 0 ORDER BY t.seq, a.seq`,
    )
    .iterate(project, batch ?? null, batch ?? null) as Iterable<{ seq: number; task: string; annotation: string }>;
  let current: { seq: number; task: AnnotatedTask } | undefined;
  for (const { seq, task, annotation } of rows) {
    if (current?.seq !== seq) {
      if (current) yield current.task;
      current = { seq, task: { ...(JSON.parse(task) as Task), annotations: [] } };
    }
    current.task.annotations.push(JSON.parse(annotation) as Annotation);
  }
  if (current) yield current.task;
}

/** A stable id for what came without one, so that the same thing sent twice is stored once. */
function fingerprint(...parts: unknown[]): string {
  return `sha256-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}
