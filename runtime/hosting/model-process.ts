/** A model process: takes requests from the server by a pipe, runs the author's code, sends results back. */

import { Socket } from 'node:net';
import { InputError, ModelError } from '../errors.ts';
import { createConfigCache } from '../labeling/config-cache.ts';
import type { Log, LogLevel } from '../log.ts';
import { Database } from '../state/database.ts';
import { Jobs } from '../state/jobs.ts';
import { Projects } from '../state/projects.ts';
import { Versions } from '../state/versions.ts';
import { hasKey } from '../wow-ai/predictions.ts';
import { createSend, type Frame, FrameReader } from './frames.ts';
import { loadModelClass, readLabelConfig, type ServedVersion } from './load.ts';
import { Models } from './models.ts';
import { endWithParent } from './orphan.ts';
import { Predictor } from './predictor.ts';
import { Registry } from './registry.ts';
import type { Validation } from './results.ts';
import { createLocalRunner, factsOf, type Runner } from './runner.ts';
import { type Head, Work } from './work.ts';

/** All that a model process is told. It comes by the pipe: arguments and environments can be read by others. */
export interface ProcessOrder {
  modelFile: string;
  labelConfigFile: string;
  modelDir: string;
  options: Record<string, string | number | boolean>;
  wowAi: { host: string | undefined; apiKey: string | undefined };
  validation: Validation;
}

/** What it says of itself every so often. */
export interface Beat {
  rss: number;
  models: number;
  waiting: number;
}

/** What went wrong, as it crosses the pipe. */
export interface Failure {
  kind: 'input' | 'model' | 'other';
  status: number;
  message: string;
  stack: string | undefined;
}

const BEAT = 1_000;

const pipe = new Socket({ fd: 3 });
const send = createSend(pipe);
const reader = new FrameReader();
/** Requests under way. */
const works = new Map<number, Work>();
let runner: Runner | undefined;

pipe.on('data', (chunk) => {
  for (const frame of reader.push(chunk)) take(frame);
});
// The server is gone, and with it everybody who waits.
for (const event of ['end', 'error', 'close']) pipe.on(event, () => process.exit(0));
// Ctrl-C reaches the whole process group; when to end is for the server to say.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

function take({ kind, id, header, payload }: Frame): void {
  if (kind === 'init') answer(id, start(header as ProcessOrder));
  else if (kind === 'cancelled') works.get(id)?.cancel();
  else if (runner === undefined) answer(id, Promise.reject(new ModelError('the model is not loaded')));
  else if (kind === 'predict') answer(id, predict(runner, id, payload));
  else if (kind === 'load') answer(id, runner.load(header as string));
  else if (kind === 'stage') answer(id, runner.stage(...(header as [string, ServedVersion])));
  else if (kind === 'refresh') runner.refresh(header as string);
}

function answer(id: number, outcome: Promise<unknown>): void {
  outcome.then(
    (said) => send('done', id, said),
    (error: unknown) => send('failed', id, failureOf(error)),
  );
}

async function start({
  modelFile,
  labelConfigFile,
  modelDir,
  options,
  wowAi,
  validation,
}: ProcessOrder): Promise<void> {
  const Class = await loadModelClass(modelFile);
  const database = new Database(modelDir);
  const versions = new Versions(database, new Jobs(database));
  const [projects, log] = [new Projects(database), createPipeLog()];
  const labelConfig = readLabelConfig(labelConfigFile);
  const registry = new Registry({
    projects,
    versions,
    labelConfig,
    parse: createConfigCache(),
    untrained: Class.version,
    log,
  });
  const models = new Models(Class, projects, { options, wowAi, log });
  const { concurrency } = Class;
  const predictor = new Predictor({ registry, models, validation, concurrency, withIds: hasKey(wowAi) });
  const local = createLocalRunner(predictor);
  runner = { ...local, refresh: (projectId) => registry.forget(projectId) };
  send('hello', 0, factsOf(Class));
  endWithParent();
  const beat = (): void => {
    send('beat', 0, { rss: process.memoryUsage.rss(), models: models.size, waiting: predictor.waiting } satisfies Beat);
  };
  beat();
  setInterval(beat, BEAT).unref();
}

/** Resolves with the head where there was no task to go with it. */
async function predict(local: Runner, id: number, body: Buffer): Promise<Head | undefined> {
  const work = new Work();
  works.set(id, work);
  // The head goes along with the first part: before that, there is nothing that it could be told for.
  let head: Head | undefined;
  try {
    await local.run(body, work, {
      head(known) {
        head = known;
      },
      part({ results, troubles, ...place }) {
        const plain = troubles.map(({ error, ...trouble }) => ({ ...trouble, stack: error?.stack }));
        send('part', id, { ...place, head, ...(plain.length > 0 && { troubles: plain }) }, Buffer.from(results));
        head = undefined;
      },
    });
    return head;
  } finally {
    works.delete(id);
  }
}

/** Lines go to the server, which knows the time, the level and what must not be written. */
function createPipeLog(): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      const plain = Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? value.stack : value]);
      send('log', 0, { level, message, fields: Object.fromEntries(plain) });
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function failureOf(error: unknown): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const kind = error instanceof InputError ? 'input' : error instanceof ModelError ? 'model' : 'other';
  return { kind, status: error instanceof InputError ? error.status : 500, message, stack };
}
