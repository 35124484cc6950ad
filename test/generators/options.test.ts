import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseCommandLine } from '../../generators/app/flags.ts';
import { flagRows, helpText } from '../../generators/app/help.ts';
import { optionRows } from '../../generators/app/options.ts';
import { missingFolders } from '../../generators/app/project.ts';

test('every spelling of every flag stands for one row', () => {
  const spellings = optionRows().flatMap(([, row]) => [row.flag, ...(row.also ?? []), ...(row.alias ?? [])]);
  assert.equal(spellings.length, new Set(spellings).size);
});

test('every row has a line of help, and every choice with files a line of its own', () => {
  const help = helpText('1.2.3');
  assert.is(flagRows().length, optionRows().length);
  for (const { usage, help: text } of flagRows()) {
    const line = help.split('\n').find((candidate) => candidate.includes(`  ${usage} `) && candidate.includes(text));
    assert.type(line, 'string', usage);
  }
  for (const [, row] of optionRows()) {
    if (row.type !== 'choice' || row.layers === undefined) continue;
    for (const { id, title, hint } of row.choices)
      assert.ok(help.includes(`  ${id.padEnd(20)}${title}: ${hint}\n`), id);
  }
});

test('help is plain text of at most 120 columns that names the version and the exit codes', () => {
  const lines = helpText('1.2.3').split('\n');
  assert.equal(
    lines.filter((line) => line.length > 120),
    [],
  );
  assert.match(lines[0] ?? '', /^create-wow-ai-ml 1\.2\.3: /);
  assert.match(lines.at(-1) ?? '', /^Exit codes: 0 .* 1 .* 2 .* 130 /);
});

test('every label type and every example has its folder', () => {
  assert.equal(missingFolders(), []);
});

test('every flag is understood in every spelling', () => {
  for (const [key, row] of optionRows()) {
    const value = row.type === 'boolean' ? true : row.type === 'choice' ? (row.choices[0]?.id ?? '') : 'some/path';
    const words = row.type === 'boolean' ? [] : [String(value)];
    const spellings = [row.flag, ...(row.also ?? [])].map((name) => `--${name}`);
    if (row.alias !== undefined) spellings.push(`-${row.alias}`);
    for (const spelling of spellings) {
      assert.equal(parseCommandLine([spelling, ...words]).flags, { [key]: value }, spelling);
    }
    if (row.type === 'boolean' && row.negatable) {
      assert.equal(parseCommandLine([`--no-${row.flag}`]).flags, { [key]: false });
    }
  }
});

test.run();
