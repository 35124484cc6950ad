/** A backend without a port for tests, and the same calls for one that runs somewhere. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backend } from '../hosting/backend.ts';
import type { ModelClass } from '../hosting/load.ts';
import { factsOf } from '../hosting/runner.ts';
import { createLocalWorkers } from '../hosting/start-models.ts';
import { createApp } from '../http/app.ts';
import { type LabelConfig, parseLabelConfig } from '../labeling/config.ts';
import { createLog } from '../log.ts';
import type { Annotation, Prediction, Task } from '../types.ts';

/** What /predict answers; one prediction per task where the model returns no lists. */
export interface PredictAnswer {
  results: Array<Prediction & { model_version: string; score: number }>;
  model_version: string;
}

/** A task as a test makes it up: its data need not be what the labeling config asks for. */
export interface TestTask {
  id?: number | string;
  data: Record<string, unknown>;
  [key: string]: unknown;
}

export interface TestBackend {
  config: LabelConfig;
  /** The sample tasks of tasks.json, with ids. */
  tasks: Task[];
  /** Any request, answered like the running server would. */
  request(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  predict(tasks: readonly TestTask[], params?: Record<string, unknown>): Promise<PredictAnswer>;
  /** Sends annotated tasks to /train, waits for fit(), resolves with the version that is served then. Throws when fit() failed. */
  train(tasks: readonly (TestTask & { annotations: Annotation[] })[]): Promise<string>;
  close(): Promise<void>;
}

/** What can be asked of any backend, wherever it runs. */
export type TestClient = Omit<TestBackend, 'train' | 'close'>;

/** A labeling config and tasks by path; by default those of the project that the test runs in. */
export interface TestFiles {
  labelConfig?: string;
  tasks?: string;
}

/** The project as servers of all generations write it: id and creation time. */
export const PROJECT = '1.1700000000';

/** A backend in this process, with fit() in this process too, on a directory that close() removes. */
export async function createTestBackend(Class: ModelClass, files: TestFiles = {}): Promise<TestBackend> {
  const { config, tasks } = readFiles(files);
  const modelDir = mkdtempSync(join(tmpdir(), 'ml-backend-test-'));
  const log = createLog({ level: 'error', format: 'plain', secrets: [] });
  const settings = {
    modelDir,
    options: {},
    wowAi: { host: undefined, apiKey: undefined },
    keepVersions: 10,
    validation: 'strict' as const,
    basicAuth: undefined,
    bodyLimit: 256 * 1024 * 1024,
    predictTimeout: 95_000,
  };
  const backend = new Backend({
    model: factsOf(Class),
    settings,
    labelConfig: config,
    log,
    createWorkers: (state) => createLocalWorkers(Class, settings, log, state),
  });
  const app = createApp({ backend, settings, log });
  const test = createClient(config, tasks, async (path, init) => app.request(path, init));
  return {
    ...test,
    async train(annotated) {
      const { status, body } = await test.request('/train', {
        project: PROJECT,
        label_config: config.xml,
        annotations: annotated,
      });
      assert.equal(status, 201, `/train answered ${JSON.stringify(body)}`);
      await backend.trained();
      const job = backend.jobs.last('1');
      assert.equal(job?.status, 'completed', `fit() failed: ${job?.detail}`);
      return backend.host.version('1');
    },
    async close() {
      await backend.close();
      rmSync(modelDir, { recursive: true, force: true });
    },
  };
}

/** The same calls against a server that runs at `url`. */
export function createRemoteBackend(url: string, files: TestFiles = {}): TestClient {
  const { config, tasks } = readFiles(files);
  return createClient(config, tasks, (path, init) => fetch(url + path, init));
}

function createClient(
  config: LabelConfig,
  tasks: Task[],
  send: (path: string, init: RequestInit) => Promise<Response>,
): TestClient {
  const request: TestClient['request'] = async (path, body) => {
    const init =
      body === undefined
        ? {}
        : {
            method: 'POST',
            body: typeof body === 'string' ? body : JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          };
    const response = await send(path, init);
    const answer: unknown = await response.json();
    assert.ok(
      typeof answer === 'object' && answer !== null && !Array.isArray(answer),
      `${path} must answer a JSON object`,
    );
    return { status: response.status, body: answer as Record<string, unknown> };
  };
  return {
    config,
    tasks,
    request,
    async predict(tasks, params = {}) {
      const { status, body } = await request('/predict', {
        tasks,
        project: PROJECT,
        label_config: config.xml,
        params: { login: null, password: null, context: null, ...params },
      });
      assert.equal(status, 200, `/predict answered ${JSON.stringify(body)}`);
      return body as unknown as PredictAnswer;
    },
  };
}

function readFiles({ labelConfig = 'label-config.xml', tasks = 'tasks.json' }: TestFiles): {
  config: LabelConfig;
  tasks: Task[];
} {
  const samples = JSON.parse(readFileSync(tasks, 'utf8')) as Task[];
  return {
    config: parseLabelConfig(readFileSync(labelConfig, 'utf8')),
    tasks: samples.map((task, index) => ({ id: index + 1, ...task })),
  };
}
