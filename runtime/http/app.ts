/** The Hono app: one handler a route, all of them through one gate that checks, times, logs and answers errors. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Settings } from '../env.ts';
import { fail, InputError, ModelError, unknownName } from '../errors.ts';
import type { Backend } from '../hosting/backend.ts';
import type { Log, LogFields } from '../log.ts';
import { parseWebhook } from '../wire/events.ts';
import { parseProject } from '../wire/fields.ts';
import { parseBody, parsePredict, parseSetup, parseTrain } from '../wire/requests.ts';
import { createAuthorize } from './auth.ts';
import { type Bindings, readBody, readHeader } from './body.ts';
import { Deadline } from './deadline.ts';
import { nextRequestId } from './request-id.ts';

export interface AppParts {
  backend: Backend;
  settings: Pick<Settings, 'basicAuth' | 'bodyLimit' | 'predictTimeout'>;
  log: Log;
}

type Json = Record<string, unknown>;
interface Answer {
  status?: 200 | 201;
  body: Json;
  /** What the log line should say about it. */
  log?: LogFields;
}
interface Request {
  c: Context<{ Bindings: Bindings }>;
  /** The parsed body; read on demand. */
  body: () => Promise<Json>;
}
type Handler = (request: Request) => Answer | Promise<Answer>;
interface Route {
  path: string;
  methods: ReadonlyArray<'GET' | 'POST'>;
  /** Reachable without credentials. */
  open?: boolean;
  handler: Handler;
}

/** How long /setup waits for a model that may fail at once, in milliseconds; servers give up after three seconds. */
const SETUP_PATIENCE = 1_000;

export function createApp({ backend, settings, log }: AppParts): Hono<{ Bindings: Bindings }> {
  const authorize = createAuthorize(settings.basicAuth);
  const routes = createRoutes(backend, settings);
  // Redirects turn a POST into a GET: both spellings of a path are answered directly.
  const app = new Hono<{ Bindings: Bindings }>({ strict: false });

  const gate =
    (route: Route): ((c: Context<{ Bindings: Bindings }>) => Promise<Response>) =>
    async (c) => {
      const started = performance.now();
      const id = nextRequestId(readHeader(c, 'x-request-id'));
      // A plain record: one Headers object costs more than routing.
      const headers: Record<string, string> = { 'Content-Type': 'application/json', 'X-Request-Id': id };
      let status: number;
      let text: string;
      let fields: LogFields | undefined;
      try {
        if (!allows(route, c.req.method)) {
          headers.Allow = route.methods.join(', ');
          fail(`${route.path} takes ${route.methods.join(' or ')}, got ${c.req.method}`, 405);
        }
        if (!route.open && !authorize(readHeader(c, 'authorization'))) {
          headers['WWW-Authenticate'] = 'Basic realm="Login required"';
          fail('Unauthorized: basic auth is needed', 401);
        }
        const answer = await route.handler({ c, body: () => readBody(c, settings.bodyLimit).then(parseBody) });
        [status, text, fields] = [answer.status ?? 200, JSON.stringify(answer.body), answer.log];
      } catch (error) {
        let body: Json;
        [status, body, fields] = toErrorAnswer(error, id);
        text = JSON.stringify(body);
      }
      if (status === 413) headers.Connection = 'close';
      const ms = Math.round((performance.now() - started) * 10) / 10;
      const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : route.open ? 'debug' : 'info';
      log[level](`${c.req.method} ${route.path}`, { status, ms, ...fields, request_id: id });
      return new Response(text, { status, headers });
    };

  // One handler a path, whatever the method: where several match, Hono composes them for every request.
  for (const route of routes) app.all(route.path, gate(route));
  const known = routes.map(({ path }) => path);
  app.notFound((c) => c.json({ status: 404, detail: unknownName('path', c.req.path.slice(0, 200), known) }, 404));
  // What is thrown outside a handler is a fault of this runtime; it still must not leave a trace with the caller.
  app.onError((error, c) => {
    log.error('request failed outside its handler', { error });
    return c.json({ status: 500, detail: 'internal error, see the log of the ML backend' }, 500);
  });
  return app;
}

function createRoutes(backend: Backend, settings: Pick<Settings, 'predictTimeout'>): Route[] {
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

  const predict: Handler = async ({ c, body }) => {
    const message = parsePredict(await body());
    const deadline = new Deadline(settings.predictTimeout, c.env?.incoming);
    try {
      const { results, modelVersion } = await deadline.race(backend.host.predict(message, deadline));
      return {
        body: {
          results: message.interactive && results.length === 0 ? [{ result: [] }] : results,
          model_version: modelVersion,
        },
        log: {
          project: message.project,
          tasks: message.tasks.length,
          version: modelVersion,
          ...(message.interactive && { interactive: true }),
        },
      };
    } finally {
      deadline.end();
    }
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

  const versions: Handler = async ({ c, body }) => {
    const asked = c.req.method === 'POST' ? (await body()).project : c.req.query('project');
    const { versions: names, current } = backend.versions(projectOf(asked));
    return { body: { versions: names, current_version: current, model_dir: backend.modelDir } };
  };

  return [
    { path: '/health', methods: ['GET'], open: true, handler: () => ({ body: up() }) },
    { path: '/', methods: ['GET'], handler: root },
    { path: '/setup', methods: ['POST'], handler: setup },
    { path: '/predict', methods: ['POST'], handler: predict },
    { path: '/train', methods: ['POST'], handler: train },
    { path: '/webhook', methods: ['POST'], handler: webhook },
    { path: '/is_training', methods: ['GET'], handler: isTraining },
    { path: '/versions', methods: ['GET', 'POST'], handler: versions },
    { path: '/metrics', methods: ['GET'], handler: () => ({ body: {} }) },
  ];
}

/** HEAD is GET without the body. */
function allows({ methods }: Route, method: string): boolean {
  return methods.some((known) => known === method || (known === 'GET' && method === 'HEAD'));
}

/** A caller's mistake is explained; what went wrong in here is an id for the log, where the stack is. */
function toErrorAnswer(error: unknown, id: string): [number, Json, LogFields] {
  if (error instanceof InputError) {
    return [error.status, { status: error.status, detail: error.message }, { detail: error.message }];
  }
  if (error instanceof ModelError) return [500, { status: 500, detail: error.message, request_id: id }, { error }];
  return [
    500,
    {
      status: 500,
      detail: `the model failed; the log of the ML backend has the reason under request_id ${id}`,
      request_id: id,
    },
    { error },
  ];
}

function projectOf(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : parseProject(value);
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}
