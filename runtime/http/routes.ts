/** What each path does: a message in, an answer and its log line out. */

import type { Context } from 'hono';
import type { Settings } from '../env.ts';
import type { Backend } from '../hosting/backend.ts';
import type { Log, LogFields } from '../log.ts';
import { parseWebhook } from '../wire/events.ts';
import { parseProject } from '../wire/fields.ts';
import { parseSetup, parseTrain } from '../wire/requests.ts';
import { type Bindings, readHeader } from './body.ts';
import type { Metrics } from './metrics.ts';

export type Json = Record<string, unknown>;
export interface Answer {
  status?: 200 | 201 | 503;
  /** A record, or JSON that is written already. */
  body: Json | string | Buffer<ArrayBuffer>;
  /** Of the body, where it is not JSON. */
  type?: string;
  /** What the log line should say about it. */
  log?: LogFields;
}
export interface Request {
  c: Context<{ Bindings: Bindings }>;
  /** The body as it came; read on demand. */
  bytes: () => Promise<Buffer>;
  /** The same, parsed. */
  body: () => Promise<Json>;
}
export type Handler = (request: Request) => Answer | Promise<Answer>;
export interface Route {
  path: string;
  methods: ReadonlyArray<'GET' | 'POST'> | 'any';
  /** Reachable without credentials. */
  open?: boolean;
  handler: Handler;
}

/** How long /setup waits for a model that may fail at once, in milliseconds; servers give up after three seconds. */
const SETUP_PATIENCE = 1_000;
/** Of one request: a model that is wrong about everything would fill the log. */
const TROUBLES_LOGGED = 5;

/** Every route, with what its answer and its log line say. */
export function createRoutes(
  backend: Backend,
  settings: Pick<Settings, 'predictTimeout'>,
  log: Log,
  metrics: Metrics,
): Route[] {
  const up = (): Json => ({ status: 'UP', model_class: backend.modelClass, model_dir: backend.modelDir, v2: true });

  const root: Handler = () => {
    const project = backend.latestProject() ?? 'default';
    return { body: { ...up(), model_version: backend.host.version(project) } };
  };

  const setup: Handler = async ({ body }) => {
    const message = parseSetup(await body());
    await backend.host.setup(message);
    // Weights may take minutes; the server waits three seconds. What fails at once is worth saying, the rest goes on loading.
    const state = await Promise.race([
      backend.host.ready(message.project).then(() => 'ready'),
      after(SETUP_PATIENCE, 'loading'),
    ]);
    const version = backend.host.version(message.project);
    return { body: { model_version: version, state }, log: { project: message.project, version, state } };
  };

  const predict: Handler = async ({ c, bytes }) => {
    const incoming = c.env?.incoming;
    // Who comes too many is told before anything is read.
    backend.host.admit(Number(readHeader(c, 'content-length') ?? 0));
    const timeout = settings.predictTimeout;
    const { body, head, troubles, late } = await backend.host.predict({ body: await bytes(), timeout, incoming });
    const { project, version, tasks, interactive } = head;
    const dropped = troubles.filter((trouble) => trouble.dropped).length;
    metrics.predicted(tasks, dropped, troubles.length - dropped);
    for (const { task, reason, dropped, error } of troubles.slice(0, TROUBLES_LOGGED)) {
      const what = dropped ? 'a prediction was left empty' : 'a prediction is questionable';
      log.warn(what, { project, task, reason, error });
    }
    return {
      body,
      log: {
        project,
        tasks,
        version,
        ...(troubles.length > 0 && { troubles: troubles.length }),
        ...(late > 0 && { late }),
        ...(interactive && { interactive: true }),
      },
    };
  };

  const train: Handler = async ({ body }) => {
    const message = parseTrain(await body());
    const job = String(await backend.train(message));
    return {
      status: 201,
      body: { job, job_id: job, status: 'ok' },
      log: { project: message.project, tasks: message.tasks.length, job },
    };
  };

  const webhook: Handler = async ({ body }) => {
    const message = parseWebhook(await body());
    const { status, job, detail } = await backend.webhook(message);
    const event = 'action' in message ? message.action : 'TRAIN';
    const project = 'project' in message ? message.project : undefined;
    const said = { status, ...(detail !== undefined && { detail }) };
    return job === undefined
      ? {
          body: message.kind === 'other' ? { ...said, status: 'Unknown event' } : said,
          log: { event, project, detail },
        }
      : { status: 201, body: { ...said, job_id: String(job), result: {} }, log: { event, project, job } };
  };

  const isTraining: Handler = ({ c }) => {
    const project = projectOf(c.req.query('project')) ?? backend.latestProject() ?? 'default';
    const active = backend.jobs.active(project);
    return {
      body: {
        is_training: active !== undefined,
        backend: 'sqlite',
        model_version: backend.host.version(project),
        ...(active && { job_id: String(active.id), job_status: active.status === 'running' ? 'started' : 'queued' }),
      },
    };
  };

  const ready: Handler = async () => {
    const { ready: well, ...parts } = await backend.readiness();
    return { status: well ? 200 : 503, body: { status: well ? 'READY' : 'NOT READY', ...parts } };
  };

  // Who takes nothing but JSON gets what the original answers.
  const counted: Handler = ({ c }) =>
    /text\/plain|openmetrics|\*\/\*/.test(readHeader(c, 'accept') ?? '')
      ? { body: metrics.text(), type: 'text/plain; version=0.0.4; charset=utf-8' }
      : { body: {} };

  return [
    { path: '/health', methods: ['GET'], open: true, handler: () => ({ body: up() }) },
    { path: '/', methods: ['GET'], handler: root },
    { path: '/setup', methods: ['POST'], handler: setup },
    { path: '/predict', methods: ['POST'], handler: predict },
    { path: '/train', methods: ['POST'], handler: train },
    { path: '/webhook', methods: ['POST'], handler: webhook },
    { path: '/is_training', methods: ['GET'], handler: isTraining },
    { path: '/ready', methods: ['GET'], open: true, handler: ready },
    { path: '/metrics', methods: ['GET'], handler: counted },
  ];
}

/** The project that a question names, in any of its forms; undefined where it names none. @throws InputError */
export function projectOf(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : parseProject(value);
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}
