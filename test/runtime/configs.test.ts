/** Labeling configs come with every request: the backend parses each once, whichever project it is of. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { WOWAIML } from '../../runtime/index.ts';
import type { LabelConfig } from '../../runtime/labeling/config.ts';
import { createTestBackend } from '../../runtime/testing/backend.ts';

const fixture = new URL('../fixtures/backends/toy/', import.meta.url);
const files = {
  labelConfig: new URL('label-config.xml', fixture).pathname,
  tasks: new URL('tasks.json', fixture).pathname,
};

class Remembering extends WOWAIML {
  static seen = new Map<LabelConfig, number>();
  predict(tasks: unknown[]) {
    Remembering.seen.set(this.config, (Remembering.seen.get(this.config) ?? 0) + 1);
    return tasks.map(() => ({ result: [] }));
  }
}

const xml = (label: string) =>
  `<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="${label}"/></Choices></View>`;

test('requests with two configs in turn, of one project and of forty, see two', async () => {
  const backend = await createTestBackend(Remembering, files);
  const ask = (project: number, label: string) =>
    backend.request('/predict', { tasks: [{ data: { t: 'x' } }], project: `${project}.17`, label_config: xml(label) });
  Remembering.seen.clear();
  for (let request = 0; request < 100; request++) await ask(1, request % 2 === 0 ? 'a' : 'b');
  assert.equal([...Remembering.seen.values()], [50, 50]);
  // More projects than models are kept: their models are built again, their configs are not parsed again.
  for (let request = 0; request < 80; request++) await ask(request % 40, request % 2 === 0 ? 'a' : 'b');
  await backend.close();
  assert.equal([...Remembering.seen.values()], [90, 90]);
});

test.run();
