/** What the README lists is what the options table has, and the model that it shows works. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { labelTypes } from '../../generators/app/choices.ts';
import { flagRows } from '../../generators/app/help.ts';
import type { ModelClass } from '../../runtime/hosting/load.ts';
import { CHECKS, createTestBackend } from '../../runtime/testing.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The text between two HTML comments, `<!-- name -->` and `<!-- /name -->`. */
function section(name: string): string {
  const [, text] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)\\n<!-- /${name} -->`).exec(readme) ?? [];
  return text ?? `the README has no section ${name}`;
}

test('label types', () => {
  const rows = labelTypes.map(({ id, title, hint }) => `| \`${id}\` | ${title} | ${hint} |`);
  assert.is(section('label types'), ['| `--label-type` | | the model can |', '|---|---|---|', ...rows].join('\n'));
});

test('flags', () => {
  const rows = flagRows().map(({ usage, help }) => `| \`${usage}\` | ${help} |`);
  assert.is(section('flags'), ['| flag | |', '|---|---|', ...rows].join('\n'));
});

test('the model that it shows keeps the contract and learns', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'readme-model-'));
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const door = pathToFileURL(join(root, 'runtime/index.ts')).href;
  writeFileSync(join(folder, 'model.ts'), code.replace('./runtime/index.ts', door));
  const { default: Model } = (await import(pathToFileURL(join(folder, 'model.ts')).href)) as { default: ModelClass };
  const toy = join(root, 'test/fixtures/backends/toy');
  const files = { labelConfig: join(toy, 'label-config.xml'), tasks: join(toy, 'tasks.json') };
  const backend = await createTestBackend(Model, files);
  try {
    for (const { check } of CHECKS) await check(backend);
    const answer = (label: string) => ({
      from_name: 'sentiment',
      to_name: 'text',
      type: 'choices',
      value: { choices: [label] },
    });
    await backend.train([
      { id: 91, data: { text: 'lovely and warm' }, annotations: [{ result: [answer('Positive')] }] },
      { id: 92, data: { text: 'cold' }, annotations: [{ result: [answer('Negative')] }] },
    ]);
    const { results } = await backend.predict([{ data: { text: 'so lovely' } }, { data: { text: 'so cold' } }]);
    assert.equal(
      results.map(({ result }) => result[0]?.value?.choices),
      [['Positive'], ['Negative']],
    );
  } finally {
    await backend.close();
    rmSync(folder, { recursive: true });
  }
});

test.run();
