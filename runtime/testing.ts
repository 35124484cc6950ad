/** For model.test.ts: a backend without a port, and the contract that every model must keep. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backend } from './hosting/backend.ts';
import type { ModelClass } from './hosting/load.ts';
import { createApp } from './http/app.ts';
import { type LabelConfig, parseLabelConfig } from './labeling/config.ts';
import { createLog } from './log.ts';
import type { AnnotatedTask, Prediction, Region, Task } from './types.ts';

/** What /predict answers; one prediction per task where the model returns no lists. */
export interface PredictAnswer {
  results: Array<Prediction & { model_version: string; score: number }>;
  model_version: string;
}

export interface TestBackend {
  config: LabelConfig;
  /** The sample tasks of tasks.json, with ids. */
  tasks: Task[];
  /** Any request, answered like the running server would. */
  request(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  predict(tasks: readonly Task[], params?: Record<string, unknown>): Promise<PredictAnswer>;
  /** Sends annotated tasks to /train, waits for fit(), resolves with the version that is served then. Throws when fit() failed. */
  train(tasks: readonly AnnotatedTask[]): Promise<string>;
  close(): Promise<void>;
}

/** A labeling config and tasks by path; by default those of the project that the test runs in. */
export interface TestFiles {
  labelConfig?: string;
  tasks?: string;
}

/** The project as servers of all generations write it: id and creation time. */
const PROJECT = '1.1700000000';

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
    basicAuth: undefined,
    bodyLimit: 256 * 1024 * 1024,
    predictTimeout: 95_000,
  };
  const backend = new Backend({ Class, settings, labelConfig: config, log });
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
export function createRemoteBackend(url: string, files: TestFiles = {}): Omit<TestBackend, 'train' | 'close'> {
  const { config, tasks } = readFiles(files);
  return createClient(config, tasks, (path, init) => fetch(url + path, init));
}

/**
 * Registers the contract as tests: `contract(test, Model)`. With BACKEND_URL set it speaks to the server there instead,
 * so that the same promises can be checked on a deployed backend.
 */
export function contract(
  test: (name: string, run: () => Promise<void>) => unknown,
  Class: ModelClass,
  files: TestFiles = {},
): void {
  for (const { name, check } of CHECKS) {
    test(`contract: ${name}`, async () => {
      const url = process.env.BACKEND_URL;
      if (url) return check(createRemoteBackend(url, files));
      const backend = await createTestBackend(Class, files);
      try {
        await check(backend);
      } finally {
        await backend.close();
      }
    });
  }
}

type Client = Omit<TestBackend, 'train' | 'close'>;

/** What servers of every generation rely on. */
export const CHECKS: ReadonlyArray<{ name: string; check: (backend: Client) => Promise<void> }> = [
  {
    name: 'it is up, and answers JSON objects everywhere',
    async check({ request }) {
      const health = await request('/health');
      assert.equal(health.status, 200);
      assert.equal(health.body.status, 'UP');
      assert.equal((await request('/')).status, 200);
      assert.equal((await request('/nothing-here')).status, 404);
    },
  },
  {
    name: 'every sample task gets one prediction, under the version that /setup named',
    async check({ request, predict, config, tasks }) {
      const setup = await request('/setup', {
        project: PROJECT,
        schema: config.xml,
        hostname: 'http://localhost:8080',
        access_token: '',
      });
      assert.equal(setup.status, 200, JSON.stringify(setup.body));
      const answer = await predict(tasks);
      assert.equal(answer.results.length, tasks.length);
      assert.equal(answer.model_version, setup.body.model_version);
      for (const item of answer.results.flat()) {
        assert.equal(item.model_version, setup.body.model_version);
        assert.ok(item.score >= 0 && item.score <= 1, `score ${item.score} must be within 0 and 1`);
        for (const region of item.result) checkRegion(region, config);
      }
    },
  },
  {
    name: 'what servers leave empty does no harm',
    async check({ request, config, tasks: [task] }) {
      const body = { project: PROJECT, label_config: config.xml };
      for (const tasks of [null, [], undefined]) {
        const empty = await request('/predict', { ...body, tasks, params: null });
        assert.deepEqual([empty.status, empty.body.results], [200, []]);
      }
      const one = await request('/predict/', {
        ...body,
        tasks: task,
        params: { login: null, password: null, context: null },
      });
      assert.equal((one.body.results as unknown[]).length, 1);
    },
  },
  {
    name: 'an annotator who waits gets one object with a result',
    async check({ predict, tasks }) {
      const { results } = await predict(tasks.slice(0, 1), { context: { result: [] } });
      assert.ok(Array.isArray(results[0]?.result));
    },
  },
  {
    name: 'annotations are accepted at once and lead to a training that ends',
    async check({ request, predict, config, tasks }) {
      const { results } = await predict(tasks);
      for (const [index, task] of tasks.entries()) {
        const annotation = { id: index + 1, task: task.id, result: [results[index] ?? []].flat()[0]?.result ?? [] };
        const project = { id: 1, label_config: config.xml };
        const event = await request('/webhook', { action: 'ANNOTATION_CREATED', annotation, task, project });
        assert.ok(event.status === 200 || event.status === 201, `/webhook answered ${event.status}`);
      }
      assert.equal((await request('/webhook', { action: 'LABEL_LINK_CREATED', project: { id: 1 } })).status, 200);
      for (let wait = 0; wait < 600; wait++) {
        const { body } = await request('/is_training?project=1');
        if (body.is_training === false) break;
        assert.ok(wait < 599, 'the training did not end within a minute');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const setup = await request('/setup', { project: PROJECT, schema: config.xml });
      assert.equal((await predict(tasks)).model_version, setup.body.model_version);
    },
  },
  {
    name: 'a request that is wrong is told so',
    async check({ request }) {
      for (const body of ['{', '[]', '{"tasks": 5}', '{"tasks": [{"id": 1}]}']) {
        const { status, body: answer } = await request('/predict', body);
        assert.equal(status, 400, `/predict with ${body}`);
        assert.equal(typeof answer.detail, 'string');
      }
    },
  },
];

/** What every server checks of a region: known names that belong together, the control's type, known labels. */
function checkRegion(region: Region, config: LabelConfig): void {
  if (region.type === 'relation') return;
  const control = config.controls.get(region.from_name ?? '');
  assert.ok(
    control,
    `from_name '${region.from_name}' is not in label-config.xml (known: ${[...config.controls.keys()].join(', ')})`,
  );
  assert.ok(
    control.toName.includes(region.to_name ?? ''),
    `to_name '${region.to_name}' does not belong to '${control.name}'`,
  );
  assert.equal(region.type, control.type);
  const labels =
    control.labelKey === undefined || control.labels.length === 0
      ? []
      : [region.value?.[control.labelKey] ?? []].flat(3);
  if (control.dynamic) return;
  for (const label of labels)
    assert.ok(control.flat.includes(String(label)), `'${label}' is no label of '${control.name}'`);
}

function createClient(
  config: LabelConfig,
  tasks: Task[],
  send: (path: string, init: RequestInit) => Promise<Response>,
): Client {
  const request: Client['request'] = async (path, body) => {
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
