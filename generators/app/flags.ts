/** Reads the command line against the options table: typed flags out, or a message that names what is known. */

import { parseArgs } from 'node:util';
import { nearest } from '../../runtime/errors.ts';
import { type Flags, type OptionKey, optionRows, type Row } from './options.ts';
import { failUsage } from './stop.ts';

export interface CommandLine {
  /** Where the project goes: a name or a path; undefined when it was not said. */
  folder: string | undefined;
  flags: Flags;
}

/** Commands of the original that make a project: accepted in front of its name. */
const makers = ['init', 'create'];

/** @throws Stop with exit code 2. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const spellings = flagSpellings();
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries([...spellings].map(([name, [, row]]) => [name, parseArgsOption(name, row)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const flags: Partial<Record<OptionKey, boolean | string>> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const [key, row] = spellings.get(token.name) ?? failUnknown(token.rawName, spellings);
    flags[key] = parseValue(row, token.rawName, token.value, token.inlineValue === true);
  }
  return { folder: folderOf(positionals), flags: flags as Flags };
}

/** Every spelling without its dashes → the row. `--no-x` is a spelling of the flags that can be denied. */
function flagSpellings(): Map<string, [OptionKey, Row]> {
  const spellings = new Map<string, [OptionKey, Row]>();
  for (const [key, row] of optionRows()) {
    for (const name of [row.flag, ...(row.also ?? [])]) spellings.set(name, [key, row]);
    if (row.type === 'boolean' && row.negatable) spellings.set(`no-${row.flag}`, [key, row]);
  }
  return spellings;
}

function parseArgsOption(name: string, row: Row) {
  const type = row.type === 'boolean' ? ('boolean' as const) : ('string' as const);
  return name === row.flag && row.alias !== undefined ? { type, short: row.alias } : { type };
}

function parseValue(row: Row, rawName: string, value: string | undefined, inline: boolean): boolean | string {
  if (row.type === 'boolean') {
    if (value !== undefined) failUsage(`${rawName} takes no value, got '${value}'`);
    return !rawName.startsWith('--no-');
  }
  // In `--name --yes` the next flag is no value; `--name=--yes` says that it is meant.
  if (value === undefined || value === '' || (!inline && value.startsWith('-'))) {
    const known = row.type === 'choice' ? ` (${row.choices.map((choice) => choice.id).join(', ')})` : '';
    failUsage(`${rawName} needs a value: ${rawName} ${row.value}${known}`);
  }
  if (row.type === 'choice') checkChoice(row, rawName, value);
  return value;
}

/** @throws Stop when `value` is none of the row's choices, with all of them and the nearest. */
export function checkChoice(row: Row & { type: 'choice' }, rawName: string, value: string): void {
  if (row.choices.some((choice) => choice.id === value)) return;
  const ids = row.choices.map((choice) => choice.id);
  failUsage(`${rawName} '${value}' is unknown${didYouMean(value, ids)} (known: ${ids.join(', ')})`);
}

function failUnknown(rawName: string, spellings: Map<string, [OptionKey, Row]>): never {
  const known = [...spellings.keys()];
  failUsage(
    `unknown flag '${rawName}'${rawName.startsWith('--') ? didYouMean(rawName.slice(2), known, '--') : ''} (known: ${optionRows()
      .map(([, row]) => `--${row.flag}`)
      .join(', ')})`,
  );
}

export function didYouMean(name: string, known: readonly string[], dashes = ''): string {
  const [near] = nearest(name, known);
  return near === undefined ? '' : `; did you mean '${dashes}${near}'?`;
}

function folderOf(positionals: string[]): string | undefined {
  const [first, ...rest] = positionals;
  if (first === 'start' || first === 'deploy') failOriginal(first, rest);
  const [folder, ...stray] = first !== undefined && makers.includes(first) ? rest : positionals;
  if (stray.length === 0) return folder;
  failUsage(
    `one folder is needed, got ${positionals.length}: ${positionals.map((name) => `'${name}'`).join(' ')}
If those were flags: npm swallows flags without -- in front of them, so type
  npm create wow-ai-ml@latest ${folder} -- --FLAG VALUE`,
  );
}

/** The original's other commands became scripts of the project itself. */
function failOriginal(command: 'start' | 'deploy', rest: string[]): never {
  const name = (command === 'deploy' && rest[0] === 'gcp' ? rest[1] : rest[0]) ?? 'my-backend';
  const script = command === 'start' ? 'npm start' : 'npm run deploy:gcp';
  failUsage(`'${command}' is a script of the project now. Type
  cd ${name} && ${script}
A project that is to be called '${command}': type ./${command}`);
}
