/**
 * Holds parseConfig() against the reference SDK's parse_config() on random configs: same dict, or both refuse.
 * `node test/labeling/differential.ts [--count 2000] [--seed 1] [--python PATH]`; exits 1 on any difference.
 * Without --python it makes a virtual environment with label-studio-sdk in --cache, once. Not part of `npm test`.
 */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { execa } from 'execa';
import { parseConfig } from '../../runtime/labeling/config.ts';
import { randomConfigs } from './random-configs.ts';

type Outcome = { parsed: unknown } | { error: string };

/** Where the two may part, and why. */
const EXCUSED: readonly (readonly [config: RegExp, reason: string])[] = [
  [/<!DOCTYPE/, 'DTDs are refused here, as by the server; the SDK reads them'],
  [/^\uFEFF?<\?xml[^>]+\sencoding/, 'lxml refuses a str with an encoding declaration; here it is accepted'],
  [/^\uFEFF?<\?xml[^>]+"1\."/, 'libxml2 takes the version "1." for one'],
  [
    /<\?(?!xml\s)(?:[^?]|\?(?!>))*=/,
    'lxml reads name="…" inside of processing instructions; such a control has a function as its type',
  ],
];

/** Rare cases that random trees do not reach. */
const PLANTED = [1, 2, 255, 256, 257].map((depth) => '<a>'.repeat(depth) + '</a>'.repeat(depth));

export async function findDifferences(python: string, configs: string[]): Promise<string[]> {
  const answers = (await askPython(python, 'differential.py', configs)) as Outcome[];
  return configs.flatMap((config, index) => {
    const [theirs, ours] = [answers[index] as Outcome, outcome(config)];
    const same =
      'parsed' in theirs && 'parsed' in ours ? isDeepStrictEqual(ours, theirs) : 'error' in theirs && 'error' in ours;
    if (same || EXCUSED.some(([pattern]) => pattern.test(config))) return [];
    return [
      [JSON.stringify(config), `  theirs ${JSON.stringify(theirs)}`, `  ours   ${JSON.stringify(ours)}`].join('\n'),
    ];
  });
}

/** One JSON value a line to a script beside this file, one answer a line back. */
export async function askPython(python: string, script: string, questions: readonly unknown[]): Promise<unknown[]> {
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('');
  const { stdout } = await execa(python, [path.join(import.meta.dirname, script)], { input, maxBuffer: 2 ** 30 });
  const answers = stdout.split('\n').map((line) => JSON.parse(line) as unknown);
  if (answers.length !== questions.length) throw new Error(`${questions.length} questions, ${answers.length} answers`);
  return answers;
}

function outcome(config: string): Outcome {
  try {
    return { parsed: parseConfig(config) };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InputError') throw error;
    return { error: error.message };
  }
}

/**
 * The release that the rules were written from. Later ones accept more (2.1.1 and up know BitmaskLabels, Bitmask,
 * MagicWand, Vector and TimelineLabels); servers run any of them, so the strictest one counts.
 */
const SDK = 'label-studio-sdk==2.1.0';
export const CACHE = path.join(import.meta.dirname, '../../node_modules/.cache/label-studio-sdk');

/** The path of a Python that has label-studio-sdk; made in `cache` the first time. */
export async function preparePython(cache: string): Promise<string> {
  const python = path.join(cache, 'bin', 'python');
  if (!existsSync(python)) await execa('python3', ['-m', 'venv', cache]);
  const { exitCode } = await execa(
    python,
    ['-c', `import importlib.metadata as m; assert m.version("label-studio-sdk") == "${SDK.split('==')[1]}"`],
    { reject: false },
  );
  if (exitCode !== 0) await execa(python, ['-m', 'pip', 'install', '--quiet', SDK], { stdio: 'inherit' });
  return python;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      python: { type: 'string' },
      cache: { type: 'string', default: CACHE },
    },
  });
  const python = values.python ?? (await preparePython(values.cache));
  const configs = [...PLANTED, ...randomConfigs(Number(values.seed)).take(Number(values.count))];
  const differences = await findDifferences(python, configs);
  const accepted = configs.filter((config) => 'parsed' in outcome(config)).length;
  console.log(`${configs.length} configs, ${accepted} accepted, ${differences.length} differences`);
  for (const difference of differences.slice(0, 10)) console.log(difference);
  process.exitCode = differences.length === 0 ? 0 : 1;
}
