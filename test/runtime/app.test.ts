import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Backend } from '../../runtime/hosting/backend.ts';
import { readLabelConfig } from '../../runtime/hosting/load.ts';
import { createApp } from '../../runtime/http/app.ts';
import type { Bindings } from '../../runtime/http/body.ts';
import { createLog } from '../../runtime/log.ts';
import Toy from '../fixtures/backends/toy/model.ts';

const fixture = join(import.meta.dirname, '../fixtures/backends/toy');
const config = readLabelConfig(join(fixture, 'label-config.xml'));

interface Site {
  lines: string[];
  backend: Backend;
  request: (
    path: string,
    body?: unknown,
    init?: RequestInit,
  ) => Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>;
  close: () => Promise<void>;
}

function open(
  more: {
    basicAuth?: { user: string; password: string };
    bodyLimit?: number;
    predictTimeout?: number;
    options?: Record<string, boolean>;
  } = {},
): Site {
  const lines: string[] = [];
  const modelDir = mkdtempSync(join(tmpdir(), 'app-test-'));
  const log = createLog({
    level: 'debug',
    format: 'plain',
    secrets: ['pa55word'],
    write: (text) => void lines.push(text),
  });
  const settings = {
    basicAuth: undefined,
    bodyLimit: 1_000_000,
    predictTimeout: 5_000,
    modelDir,
    options: {},
    keepVersions: 2,
    wowAi: { host: undefined, apiKey: undefined },
    ...more,
  };
  const backend = new Backend({ Class: Toy, settings, labelConfig: config, log });
  const app: Hono<{ Bindings: Bindings }> = createApp({ backend, settings, log });
  return {
    lines,
    backend,
    async request(path, body, init = {}) {
      const sent =
        body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
      const response = await app.request(path, { ...sent, ...init });
      return {
        status: response.status,
        body: (await response.json()) as Record<string, unknown>,
        headers: response.headers,
      };
    },
    async close() {
      await backend.close();
      rmSync(modelDir, { recursive: true, force: true });
    },
  };
}

const test = suite<{ site: Site }>('routes');
test.before.each((context) => {
  context.site = open();
});
test.after.each(({ site }) => site.close());

const task = (text: string): Record<string, unknown> => ({ id: 1, data: { text } });
type Result = { meta: { text: [string] }; value: unknown };
type Item = { result: Result[]; score: number; model_version: string };
const seenBy = (body: Record<string, unknown>, index = 0): Record<string, unknown> =>
  JSON.parse((body.results as Item[])[index]?.result[0]?.meta.text[0] ?? '{}') as Record<string, unknown>;

test('paths, methods and trailing slashes: always a JSON object, never a redirect', async ({ site }) => {
  const cases: Array<[string, RequestInit, number, Record<string, unknown>]> = [
    ['/health', {}, 200, { status: 'UP', model_class: 'Toy' }],
    ['/health/', {}, 200, { status: 'UP' }],
    ['/', {}, 200, { status: 'UP', model_version: '0.0.1' }],
    ['/metrics', {}, 200, {}],
    ['/is_training?project=12.5', {}, 200, { is_training: false, backend: 'sqlite', model_version: '0.0.1' }],
    ['/versions', {}, 200, { versions: ['0.0.1'], current_version: '0.0.1' }],
    [
      '/versions',
      { method: 'POST', body: '{"project":"12.1654592272"}' },
      200,
      { versions: ['0.0.1'], current_version: '0.0.1' },
    ],
    ['/setup', {}, 405, { status: 405, detail: '/setup takes POST, got GET' }],
    ['/predictt', { method: 'POST', body: '{}' }, 404, { status: 404 }],
  ];
  for (const [path, init, status, wanted] of cases) {
    const answer = await site.request(path, undefined, init);
    assert.is(answer.status, status, path);
    for (const [key, value] of Object.entries(wanted)) assert.equal(answer.body[key], value, `${path} ${key}`);
  }
});

test('/setup accepts a project in all its forms, and every kind of extra_params', async ({ site }) => {
  const bodies: Array<[Record<string, unknown>, number]> = [
    [
      {
        project: '12.1654592272',
        schema: config.xml,
        hostname: 'http://localhost:8080',
        access_token: 'x',
        model_version: null,
        extra_params: null,
      },
      200,
    ],
    [{ project: 12, schema: '' }, 200],
    [{ project: { id: 12 }, schema: '<View></View>', extra_params: { a: [1] } }, 200],
    [{ schema: null, extra_params: 'plain text', force_reload: true, ml_id: 5 }, 200],
    [{ project: '1.10', schema: config.xml, model_version: 'undefined' }, 200],
    [{ project: '../etc', schema: config.xml }, 400],
    [{ project: '12', schema: '<View><Text' }, 400],
    [{ project: '12', schema: 5 }, 400],
  ];
  for (const [body, status] of bodies) {
    const answer = await site.request('/setup', body);
    assert.is(answer.status, status, JSON.stringify([body, answer.body]));
    if (status === 200) assert.is(answer.body.model_version, '0.0.1');
    else assert.type(answer.body.detail, 'string');
  }
});

test('/predict answers one item a task under one version, whatever the model returned', async ({ site }) => {
  const params = { login: null, password: null, context: null, hostname: 'http://h', future: 1 };
  const { status, body } = await site.request('/predict', {
    project: '12.5',
    tasks: [task('good'), task('bad'), task('nan'), task('list')],
    label_config: config.xml,
    params,
  });
  assert.is(status, 200);
  const items = body.results as Item[];
  assert.equal(
    items.map((item) => (Array.isArray(item) ? item.map(({ score }) => score) : item.score)),
    [0.5, 0.5, 0.5, [0, 1]],
  );
  assert.equal(new Set(items.flat().map((item) => item.model_version)), new Set(['0.0.1']));
  assert.equal(seenBy(body).params, { login: null, password: null, hostname: 'http://h', future: 1 });
  // An old server, known by model_version, and an annotator who waits lose lists: they get the first.
  for (const more of [{ model_version: null }, { params: { context: { result: [{ type: 'x' }] } } }]) {
    const { body: single } = await site.request('/predict', { project: '12', tasks: [task('list')], ...more });
    assert.equal(single.results, [{ result: [], score: 0, model_version: '0.0.1' }]);
  }
});

test('one instance serves a project until its version or labeling config changes', async ({ site }) => {
  const builtAt = async (body: Record<string, unknown>): Promise<unknown> =>
    seenBy((await site.request('/predict', { tasks: [task('good')], ...body })).body).builtAt;
  const first = await builtAt({ project: '12.5', label_config: config.xml });
  assert.is(await builtAt({ project: '12.5', label_config: config.xml }), first);
  assert.is(await builtAt({ project: 12, label_config: '' }), first);
  assert.is.not(await builtAt({ project: '13' }), first);
  assert.is.not(await builtAt({ project: '12', label_config: config.xml.replace('<View>', '<View >') }), first);
});

test('a model that fails, and a caller who errs, are told apart; no stack and no secret leaves', async ({ site }) => {
  const cases: Array<[string, unknown, number, RegExp]> = [
    ['/predict', { tasks: [task('throw')] }, 500, /the model failed; .* request_id [0-9a-f]{12}/],
    ['/predict', { tasks: [task('short'), task('x')] }, 500, /2 tasks came, 0 predictions returned/],
    [
      '/predict',
      { tasks: [{ id: 4, data: { other: 1 } }] },
      400,
      /task 4 has no data 'text', which control 'sentiment' needs \(it has: other\)/,
    ],
    ['/predict', { tasks: [{ id: 4 }] }, 400, /"tasks\[0\]" must have "data"/],
    ['/predict', { tasks: 'all' }, 400, /"tasks" must be a list, got string "all"/],
    ['/predict', { tasks: [], params: 3 }, 400, /"params" must be an object, got number 3/],
    ['/predict', '{"password": "pa55word",', 400, /not valid JSON/],
    ['/predict', '[]', 400, /must be a JSON object, got a list/],
    ['/predict', '', 400, /not valid JSON.*0 bytes/],
    ['/train', { annotations: [] }, 400, /No annotations found/],
    [
      '/train',
      { annotations: [{ id: 1, data: {}, annotations: [{ result: 'x' }] }] },
      400,
      /result" must be a list of regions, got string "x"/,
    ],
    ['/webhook', {}, 400, /needs "action".*keys: none/],
  ];
  for (const [path, body, status, detail] of cases) {
    const answer = await site.request(path, body);
    assert.is(answer.status, status, JSON.stringify([body, answer.body]));
    assert.match(String(answer.body.detail), detail);
    assert.not.match(JSON.stringify(answer.body), /secret-in-an-error|pa55word|app\.ts|node_modules/);
  }
  await new Promise(setImmediate);
  assert.match(site.lines.join(''), /secret-in-an-error/, 'the reason is in the log');
  assert.not.match(site.lines.join(''), /pa55word/);
});

test('events that teach nothing are answered with 200, and say why', async ({ site }) => {
  const result = [{ from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }];
  const cases: Array<[Record<string, unknown>, number, string]> = [
    [{ action: 'ANNOTATION_CREATED' }, 200, 'ok'],
    [{ action: 'LABEL_LINK_CREATED', project: { id: 1 } }, 200, 'Unknown event'],
    [
      {
        action: 'ANNOTATION_CREATED',
        project: { id: 1 },
        annotation: { id: 1, task: 1, was_cancelled: true, result: [] },
        task: task('a'),
      },
      200,
      'ok',
    ],
    [{ action: 'TASKS_DELETED', project: { id: 1 }, tasks: [{ id: 1 }] }, 200, 'ok'],
    [
      { action: 'ANNOTATION_CREATED', project: { id: 1 }, annotation: { id: 2, task: 1, result }, task: task('a') },
      201,
      'ok',
    ],
    [
      { webhook: 'ANNOTATION_UPDATED', project: '1.5', annotation: { id: 2, task: 1, result }, task: task('a') },
      201,
      'ok',
    ],
    [
      {
        action: 'ANNOTATIONS_CREATED',
        project: { id: 1 },
        annotation: [{ id: 3, task: 1, result }],
        task: [task('a')],
      },
      201,
      'ok',
    ],
    [{ action: 'ANNOTATIONS_DELETED', project: { id: 1 }, annotations: [{ id: 3 }] }, 201, 'ok'],
    [{ action: 'START_TRAINING', project: { id: 1 } }, 201, 'ok'],
    [
      { annotations: [{ ...task('a'), annotations: [{ id: 2, result }] }], project: '1.5', label_config: config.xml },
      201,
      'ok',
    ],
  ];
  for (const [body, status, said] of cases) {
    const answer = await site.request('/webhook', body);
    assert.equal([answer.status, answer.body.status], [status, said], JSON.stringify(body));
    assert.type(answer.body[status === 201 ? 'job_id' : 'detail'], 'string');
  }
  await site.backend.trained();
  assert.equal((await site.request('/webhook', { action: 'PROJECT_UPDATED', project: { id: 1 } })).status, 200);
});

test('versions: the newest serves, a chosen one is served on request, old ones are forgotten', async ({ site }) => {
  for (const text of ['one', 'two', 'three']) {
    const annotation = {
      id: 1,
      result: [{ from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }],
    };
    await site.request('/train', { project: '12', annotations: [{ ...task(text), annotations: [annotation] }] });
    await site.backend.trained();
  }
  assert.equal((await site.request('/versions?project=12')).body.versions, ['v3', 'v2']);
  const setup = async (model_version: unknown): Promise<unknown> =>
    (await site.request('/setup', { project: '12.5', model_version })).body.model_version;
  assert.equal(
    [await setup('v2'), await setup(undefined), await setup('v9'), await setup('v2'), await setup(null)],
    ['v2', 'v2', 'v3', 'v2', 'v3'],
  );
  await setup('v2');
  const { body } = await site.request('/predict', { project: '12', tasks: [task('good')] });
  assert.equal(
    [
      body.model_version,
      (body.results as Item[])[0]?.model_version,
      (seenBy(body).learned as { texts: string[] }).texts,
    ],
    ['v2', 'v2', ['two']],
  );
});

test('basic auth guards all but /health; too large a body and a late answer are refused', async () => {
  const site = open({ basicAuth: { user: 'ann', password: 'pä:ss' }, bodyLimit: 100, predictTimeout: 50 });
  const header = (text: string): RequestInit => ({
    headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
  });
  try {
    for (const path of ['/', '/versions', '/is_training', '/metrics'])
      assert.is((await site.request(path)).status, 401, path);
    for (const path of ['/setup', '/predict', '/train', '/webhook'])
      assert.is((await site.request(path, {})).status, 401, path);
    assert.is((await site.request('/health')).status, 200);
    const wrong = ['ann:wrong', 'ann', ':', 'ann:pä:ss2', 'bob:pä:ss'].map(header);
    for (const init of [
      ...wrong,
      { headers: { authorization: 'Bearer x' } },
      { headers: { authorization: 'Basic ' } },
    ]) {
      const answer = await site.request('/versions', undefined, init);
      assert.equal([answer.status, answer.headers.get('www-authenticate')], [401, 'Basic realm="Login required"']);
    }
    assert.is((await site.request('/versions', undefined, header('ann:pä:ss'))).status, 200);
    const large = await site.request('/predict', { tasks: [task('x'.repeat(100))] }, header('ann:pä:ss'));
    assert.equal([large.status, /too large: \d+ bytes/.test(String(large.body.detail))], [413, true]);
    const late = await site.request('/predict', { tasks: [task('wait')] }, header('ann:pä:ss'));
    assert.equal([late.status, /took longer than 0.05 s/.test(String(late.body.detail))], [503, true]);
  } finally {
    await site.close();
  }
});

test('a model whose setup() throws makes /setup and /predict fail, and its secret stays in the log', async () => {
  const site = open({ options: { broken: true } });
  try {
    for (const [path, body] of [
      ['/setup', { schema: config.xml }],
      ['/predict', { tasks: [task('good')] }],
    ] as const) {
      const answer = await site.request(path, body);
      assert.is(answer.status, 500);
      assert.not.match(JSON.stringify(answer.body), 'secret-in-an-error');
    }
    assert.is((await site.request('/setup', { schema: '<View></View>' })).status, 200);
  } finally {
    await site.close();
  }
});

test.run();
