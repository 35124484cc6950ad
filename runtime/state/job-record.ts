/** A training as the state has it. */

export type JobStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface Job {
  id: number;
  project: string;
  /** What asked for it: ANNOTATION_CREATED, START_TRAINING, TRAIN … */
  event: string;
  /** Only the tasks of this /train body; undefined means all annotations of the project. */
  batch: number | undefined;
  /** How often it was started. */
  attempts: number;
}

/** Everything about a job but its log; times in milliseconds since 1970. */
export interface JobRecord extends Job {
  status: JobStatus;
  /** Annotations that came since it was recorded. */
  annotations: number;
  /** When it may start; undefined while only more annotations can start it. */
  dueAt: number | undefined;
  /** 0..1, and a word about it, as fit() said. */
  progress: number | undefined;
  message: string | undefined;
  /** The version that came of it. */
  version: string | undefined;
  metrics: Record<string, number> | undefined;
  createdAt: number;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  /** Why it stands as it stands. */
  detail: string | undefined;
}

export const JOB_COLUMNS = `id, project, event, batch, status, attempts, annotations, due_at AS dueAt, progress, message, version,
  metrics, created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt, detail`;

/** NULL is how SQLite says undefined. */
export function toJobRecord(row: Record<string, unknown>): JobRecord {
  const fields = Object.entries(row).map(([key, value]) => [key, value ?? undefined]);
  const record = Object.fromEntries(fields) as unknown as JobRecord & { metrics: string | undefined };
  return { ...record, metrics: record.metrics && JSON.parse(record.metrics) };
}
