/** The flags of `npm start`, and how a command line is read. */

import { parseArgs } from 'node:util';
import { unknownName } from './errors.ts';
import { LOG_LEVELS } from './log.ts';

/** One row a flag: `npm start -- --help` prints this table. Environment names are tried in order; a flag wins. */
export const FLAGS = [
  { flag: 'port', short: 'p', value: 'N', env: ['PORT'], text: 'port to listen on (default 9090)' },
  { flag: 'host', value: 'ADDRESS', env: [], text: 'address to listen on (default 0.0.0.0)' },
  { flag: 'model-dir', value: 'DIR', env: ['MODEL_DIR'], text: 'where state and versions live (default ./data)' },
  { flag: 'log-level', value: 'LEVEL', env: ['LOG_LEVEL'], text: `${LOG_LEVELS.join(', ')} (default info)` },
  { flag: 'with', value: 'KEY=VAL', env: [], text: 'an option for the model: this.options.KEY; may be repeated' },
  { flag: 'check', value: '', env: [], text: 'build one model before serving, and stop when that fails' },
  {
    flag: 'basic-auth-user',
    value: 'USER',
    env: ['BASIC_AUTH_USER', 'ML_SERVER_BASIC_AUTH_USER'],
    text: 'user of basic auth (with --basic-auth-pass)',
  },
  {
    flag: 'basic-auth-pass',
    value: 'PASSWORD',
    env: ['BASIC_AUTH_PASS', 'ML_SERVER_BASIC_AUTH_PASS'],
    text: 'password; rather set BASIC_AUTH_PASS: a flag is seen by everyone on the machine',
  },
  { flag: 'help', short: 'h', value: '', env: [], text: 'this text' },
] as const;

/** What the command line says; what is wrong with it is added to `problems`. */
export function parseFlags(
  args: readonly string[],
  problems: string[],
): { values: Map<string, string | boolean>; withs: string[] } {
  const names = FLAGS.map(({ flag }) => `--${flag}`);
  const values = new Map<string, string | boolean>();
  const withs: string[] = [];
  const options = Object.fromEntries(
    FLAGS.map((row) => [
      row.flag,
      {
        type: row.value === '' ? ('boolean' as const) : ('string' as const),
        ...('short' in row && { short: row.short }),
      },
    ]),
  );
  // The original's spelling of --with.
  options.kwargs = { type: 'string' };
  let afterWith = false;
  // Some package managers hand the -- before the flags on.
  const given = args[0] === '--' ? args.slice(1) : [...args];
  for (const token of parseArgs({ args: given, options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional' && afterWith) withs.push(token.value);
    else if (token.kind === 'positional') problems.push(`unexpected argument '${token.value}' (see --help)`);
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    afterWith = token.name === 'with' || token.name === 'kwargs';
    if (!option) problems.push(unknownName('flag', token.rawName, names));
    else if (option.type === 'boolean') values.set(token.name, true);
    else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--')))
      problems.push(`--${token.name} needs a value (see --help)`);
    else if (afterWith) withs.push(token.value);
    else values.set(token.name, token.value);
  }
  return { values, withs };
}

/** KEY=VAL pairs as the original converts them: whole numbers, decimals, true and false; the rest stays text. */
export function toModelOptions(
  pairs: readonly string[],
  problems: string[],
): Record<string, string | number | boolean> {
  const options: Record<string, string | number | boolean> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) {
      problems.push(`--with needs KEY=VAL, got '${pair}'`);
      continue;
    }
    const text = pair.slice(at + 1);
    const word = text.toLowerCase();
    const value =
      word === 'true' || word === 'false' ? word === 'true' : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    Object.defineProperty(options, pair.slice(0, at), { value, enumerable: true, configurable: true, writable: true });
  }
  return options;
}
