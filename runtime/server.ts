/** A backend on a port: listens, drains on SIGTERM, says who holds a port that is taken. */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Settings, SettingsError } from './env.ts';
import { Backend, type State } from './hosting/backend.ts';
import { readLabelConfig } from './hosting/load.ts';
import { startModels } from './hosting/start-models.ts';
import { createTrainingProcess } from './hosting/training-process.ts';
import { createApp } from './http/app.ts';
import type { Log } from './log.ts';

/** Requests under way get this long to finish after SIGTERM, in milliseconds; Cloud Run grants ten seconds. */
const DRAIN_TIME = 8_000;

export interface RunningServer {
  url: string;
  /** Stops accepting, finishes what is under way, closes the state. */
  close(): Promise<void>;
}

/** Starts serving `modelFile`; /health answers while it loads. Rejects with what a person can act on. */
export async function startServer(
  files: { model: string; labelConfig: string },
  settings: Settings,
  log: Log,
): Promise<RunningServer> {
  let backend: Backend | undefined;
  let app: { fetch: Fetch } | undefined;
  const started = openBackend(files, settings, log).then((opened) => {
    backend = opened;
    app = createApp({ backend, settings, log });
    return app;
  });
  const server = createAdaptorServer({
    fetch: (request, bindings) =>
      app?.fetch(request, bindings) ?? early(request, started, (late) => late.fetch(request, bindings)),
    // A slow sender may not hold a connection for ever, but a large task list over a slow line may take its minutes.
    serverOptions: { requestTimeout: 300_000, headersTimeout: 60_000 },
  }) as Server;
  try {
    await Promise.all([started, listen(server, settings)]);
    await backend?.recover();
  } catch (error) {
    server.close();
    server.closeAllConnections();
    await started.catch(() => {});
    await backend?.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${settings.host === '0.0.0.0' || settings.host === '::' ? 'localhost' : settings.host}:${port}`,
    close: () => close(server, backend),
  };
}

type Fetch = (request: Request, bindings: Record<string, unknown>) => Response | Promise<Response>;

/** While the model class is being loaded, the server lives: its health is told at once, all else waits. */
async function early(
  request: Request,
  started: Promise<{ fetch: Fetch }>,
  pass: (app: { fetch: Fetch }) => Response | Promise<Response>,
): Promise<Response> {
  if (request.method === 'GET' && new URL(request.url).pathname === '/health') {
    return Response.json({ status: 'UP', state: 'starting' });
  }
  return started.then(pass, () =>
    Response.json({ status: 503, detail: 'the ML backend cannot start' }, { status: 503 }),
  );
}

async function openBackend(
  files: { model: string; labelConfig: string },
  settings: Settings,
  log: Log,
): Promise<Backend> {
  const labelConfig = readLabelConfig(files.labelConfig);
  const { modelDir, options, wowAi } = settings;
  const order = { modelFile: files.model, labelConfigFile: files.labelConfig, settings: { modelDir, options, wowAi } };
  const fit = createTrainingProcess(order);
  const { model, createRunner } = await startModels(files, settings, log);
  const createWorkers = (state: State) => ({ runner: createRunner(state), fit });
  const backend = new Backend({ model, settings, labelConfig, log, createWorkers });
  try {
    if (settings.check) await backend.host.ready('default');
  } catch (error) {
    await backend.close();
    throw error;
  }
  return backend;
}

function listen(server: Server, { port, host }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListen(error, port, host)));
    server.listen(port, host, resolve);
  });
}

function explainListen(error: NodeJS.ErrnoException, port: number, host: string): SettingsError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} is taken: see by whom with "lsof -i :${port}" (Windows: netstat -ano | findstr :${port}), or choose another with --port`,
    EACCES: `port ${port} needs more rights: choose one above 1023 with --port`,
    EADDRNOTAVAIL: `--host ${host} is no address of this machine: 0.0.0.0 listens on all`,
    ENOTFOUND: `--host ${host} is not known: 0.0.0.0 listens on all`,
  };
  return new SettingsError([reasons[error.code ?? ''] ?? error.message]);
}

async function close(server: Server, backend: Backend | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_TIME);
    // Callers keep connections open, also those whose last request has just been answered.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
  await backend?.close();
}
