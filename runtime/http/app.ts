/** The Hono app: one handler a route, all of them through one gate that checks, times, logs and answers errors. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Settings } from '../env.ts';
import { fail, InputError, ModelError, UnavailableError, unknownName } from '../errors.ts';
import type { Backend } from '../hosting/backend.ts';
import type { Log, LogFields } from '../log.ts';
import { parseBody } from '../wire/requests.ts';
import { createAuthorize } from './auth.ts';
import { type Bindings, readBody, readHeader } from './body.ts';
import { createGauges } from './gauges.ts';
import { createJobRoutes } from './job-routes.ts';
import { Metrics } from './metrics.ts';
import { nextRequestId } from './request-id.ts';
import { createRoutes, type Json, type Route } from './routes.ts';
import { createVersionRoutes } from './version-routes.ts';

export interface AppParts {
  backend: Backend;
  settings: Pick<Settings, 'basicAuth' | 'bodyLimit' | 'predictTimeout'>;
  log: Log;
}

export function createApp({ backend, settings, log }: AppParts): Hono<{ Bindings: Bindings }> {
  const authorize = createAuthorize(settings.basicAuth);
  const metrics = new Metrics(createGauges(backend));
  const routes = [
    ...createRoutes(backend, settings, log, metrics),
    ...createJobRoutes(backend),
    ...createVersionRoutes(backend),
  ];
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
      let text: string | Buffer<ArrayBuffer>;
      let fields: LogFields | undefined;
      let reason = '';
      try {
        if (!allows(route, c.req.method)) {
          const methods = [route.methods].flat();
          headers.Allow = methods.join(', ');
          fail(`${route.path} takes ${methods.join(' or ')}, got ${c.req.method}`, 405);
        }
        if (!route.open && !authorize(readHeader(c, 'authorization'))) {
          headers['WWW-Authenticate'] = 'Basic realm="Login required"';
          fail('Unauthorized: basic auth is needed', 401);
        }
        const bytes = (): Promise<Buffer> => readBody(c, settings.bodyLimit);
        const body = async (): Promise<Json> => parseBody((await bytes()).toString('utf8'));
        const { status: good = 200, body: said, type, log: about } = await route.handler({ c, bytes, body });
        [status, fields] = [good, about];
        if (type !== undefined) headers['Content-Type'] = type;
        text = typeof said === 'string' || Buffer.isBuffer(said) ? said : JSON.stringify(said);
      } catch (error) {
        let body: Json;
        [status, body, fields] = toErrorAnswer(error, id);
        text = JSON.stringify(body);
        reason = String(body.detail);
        if (error instanceof UnavailableError) headers['Retry-After'] = String(Math.ceil(error.retryAfter));
      }
      if (status === 413) headers.Connection = 'close';
      if (status >= 400 && c.env?.outgoing) c.env.outgoing.statusMessage = toReasonPhrase(reason);
      const ms = Math.round((performance.now() - started) * 10) / 10;
      metrics.request(route.path, c.req.method, status, ms);
      const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : route.open ? 'debug' : 'info';
      log[level](`${c.req.method} ${route.path}`, { status, ms, ...fields, request_id: id });
      return new Response(text, { status, headers });
    };

  // One handler a path, whatever the method: where several match, Hono composes them for every request.
  for (const route of routes) app.all(route.path, gate(route));
  const known = routes.map(({ path }) => path);
  const unknown: Route = {
    path: '(unknown path)',
    methods: 'any',
    handler: ({ c }) => fail(unknownName('path', c.req.path.slice(0, 200), known), 404),
  };
  app.notFound(gate(unknown));
  // What is thrown outside a handler is a fault of this runtime; it still must not leave a trace with the caller.
  app.onError((error, c) => {
    log.error('request failed outside its handler', { error });
    return c.json({ status: 500, detail: 'internal error, see the log of the ML backend' }, 500);
  });
  return app;
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

/**
 * What went wrong, as the HTTP reason phrase: servers show their users that and never the body. One line of printable
 * Latin-1, since anything else may not stand in a status line.
 */
function toReasonPhrase(detail: string): string {
  return detail
    .replace(/([^\x21-\x7e\xa1-\xff]|\s)+/g, ' ')
    .slice(0, 300)
    .trim();
}

/** HEAD is GET without the body. */
function allows({ methods }: Route, method: string): boolean {
  return methods === 'any' || methods.some((known) => known === method || (known === 'GET' && method === 'HEAD'));
}
