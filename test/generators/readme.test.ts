/** The README's lists are the options table's: a new row shows up there, or this says what is missing. */

import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { labelTypes } from '../../generators/app/choices.ts';
import { flagRows } from '../../generators/app/help.ts';

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

test.run();
