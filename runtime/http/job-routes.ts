/** What can be asked about trainings, and done to them. */

import { fail } from '../errors.ts';
import type { Backend } from '../hosting/backend.ts';
import type { JobRecord } from '../state/job-record.ts';
import { kindOf } from '../wire/fields.ts';
import { type Handler, type Json, projectOf, type Route } from './routes.ts';

const PAGE = { usual: 50, most: 200 } as const;

/** The words of RQ, the queue that servers know. */
const RQ_STATUS = {
  queued: 'queued',
  running: 'started',
  completed: 'finished',
  failed: 'failed',
  cancelled: 'canceled',
} as const satisfies Record<JobRecord['status'], string>;

export function createJobRoutes(backend: Backend): Route[] {
  const list: Handler = ({ c }) => {
    const project = projectOf(c.req.query('project'));
    const limit = toNumber('limit', c.req.query('limit'), PAGE.usual, PAGE.most);
    const before = toNumber('before', c.req.query('before'), Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const jobs = backend.jobs.page(project, before, limit);
    const next = jobs.length === limit ? jobs.at(-1)?.id : undefined;
    return { body: { jobs: jobs.map(toJson), next_before: next ?? null } };
  };

  const one: Handler = ({ c }) => {
    const id = jobIdOf(c.req.param('id'));
    const job = backend.jobs.find(id) ?? fail(`there is no training ${id}`, 404);
    const log = backend.trainings.lines.of(id).map(({ at, level, text }) => ({ at: toTime(at), level, text }));
    return { body: { ...toJson(job), log } };
  };

  const cancel: Handler = async ({ c }) => {
    const { was, job } = await backend.trainings.cancel(jobIdOf(c.req.param('id')));
    return { body: { ...toJson(job), was }, log: { job: job.id, project: job.project, was } };
  };

  const status: Handler = async ({ body }) => {
    const { job: given } = await body();
    if (typeof given !== 'string' && typeof given !== 'number') {
      fail(`/job_status needs "job", an id such as "7"; got ${given === undefined ? 'none' : kindOf(given)}`);
    }
    const id = /^\d{1,15}$/.test(String(given)) ? Number(given) : -1;
    // Servers take 410 for a job that is not kept any more.
    const job = backend.jobs.find(id) ?? fail(`there is no training ${given}`, 410);
    const created = toTime(job.createdAt);
    return {
      body: {
        job_status: RQ_STATUS[job.status],
        error: job.status === 'failed' ? (job.detail ?? null) : null,
        created_at: created,
        enqueued_at: created,
        started_at: toTime(job.startedAt),
        ended_at: toTime(job.finishedAt),
        ...(job.version !== undefined && { result: { model_version: job.version, metrics: job.metrics ?? null } }),
      },
    };
  };

  return [
    { path: '/jobs', methods: ['GET'], handler: list },
    { path: '/jobs/:id', methods: ['GET'], handler: one },
    { path: '/jobs/:id/cancel', methods: ['POST'], handler: cancel },
    { path: '/job_status', methods: ['POST'], handler: status },
  ];
}

function toJson(job: JobRecord): Json {
  return {
    id: job.id,
    project: job.project,
    event: job.event,
    status: job.status,
    attempts: job.attempts,
    annotations: job.annotations,
    progress: job.progress ?? null,
    message: job.message ?? null,
    version: job.version ?? null,
    metrics: job.metrics ?? null,
    detail: job.detail ?? null,
    created_at: toTime(job.createdAt),
    due_at: job.status === 'queued' ? toTime(job.dueAt) : null,
    started_at: toTime(job.startedAt),
    finished_at: toTime(job.finishedAt),
  };
}

function jobIdOf(text: string | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : fail(`there is no training ${text?.slice(0, 40)}`, 404);
}

function toTime(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function toNumber(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined || text === '') return usual;
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= most
    ? value
    : fail(`"${name}" must be a whole number from 1 to ${most}, got '${text.slice(0, 40)}'`);
}
