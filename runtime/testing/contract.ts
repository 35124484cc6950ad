/** The contract that every model must keep, registered as tests: what servers of all generations rely on. */

import assert from 'node:assert/strict';
import type { ModelClass } from '../hosting/load.ts';
import type { LabelConfig } from '../labeling/config.ts';
import type { Region } from '../types.ts';
import { createRemoteBackend, createTestBackend, PROJECT, type TestClient, type TestFiles } from './backend.ts';

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

/** What servers of every generation rely on. */
export const CHECKS: ReadonlyArray<{ name: string; check: (backend: TestClient) => Promise<void> }> = [
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
