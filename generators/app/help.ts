/** What --help prints, from the options table. */

import { optionRows, type Row } from './options.ts';

/** A flag as help and README show it. */
export interface FlagRow {
  group: Row['group'];
  usage: string;
  help: string;
}

/** One row per option, in the table's order. */
export function flagRows(): FlagRow[] {
  return optionRows().map(([, row]) => {
    const denied = row.type === 'boolean' && row.negatable ? `, --no-${row.flag}` : '';
    const value = row.type === 'boolean' ? '' : ` ${row.value}`;
    const alias = row.alias === undefined ? '' : `-${row.alias}, `;
    const also = (row.also ?? []).map((name) => `, --${name}`).join('');
    const initial = row.default === undefined || row.default === false ? '' : ` (default: ${showDefault(row)})`;
    return {
      group: row.group,
      usage: `${alias}--${row.flag}${also}${denied}${value}`,
      help: `${row.help}${row.help.includes('(default') ? '' : initial}`,
    };
  });
}

function showDefault(row: Row): string {
  return row.type === 'boolean' ? 'yes' : String(row.default);
}

const headings = {
  what: 'What to make',
  where: 'Where it goes',
  after: 'And then',
  other: 'Other',
} as const satisfies Record<Row['group'], string>;

export function helpText(version: string): string {
  const rows = flagRows();
  const width = Math.max(...rows.map((row) => row.usage.length)) + 4;
  const lines = [
    `create-wow-ai-ml ${version}: an ML backend for WOW AI and Label Studio, in TypeScript`,
    '',
    'npm create wow-ai-ml@latest [FOLDER] -- [FLAGS]',
    'npx create-wow-ai-ml@latest [init | create] [FOLDER] [FLAGS]',
    '',
    'Without flags it asks; without a terminal it takes the defaults and never asks. In a folder that it made before,',
    'it updates what is its own (runtime/, deploy/) and leaves what is yours.',
  ];
  for (const [group, heading] of Object.entries(headings)) {
    lines.push('', heading);
    for (const row of rows.filter((candidate) => candidate.group === group)) {
      lines.push(`  ${row.usage.padEnd(width)}${row.help}`);
    }
  }
  for (const [, row] of optionRows()) {
    if (row.type !== 'choice' || row.layers === undefined) continue;
    lines.push('', `--${row.flag} is one of`);
    for (const choice of row.choices) lines.push(`  ${choice.id.padEnd(20)}${choice.title}: ${choice.hint}`);
  }
  lines.push('', 'Exit codes: 0 done, 1 it could not be done, 2 typed wrongly, 130 cancelled');
  return lines.join('\n');
}
