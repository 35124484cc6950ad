/**
 * The example's text classifier beside scikit-learn, on the same real texts, split the same way:
 * node test/bench/classifier.ts [--texts 2000] [--shipped]
 */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { cacheDirectory, readDebian, shuffled } from './classifier/debian.ts';

interface Figures {
  name: string;
  vectorise: number;
  train: number;
  accuracy: number;
  logLoss: number;
  microseconds: number;
  megabytes: number;
}

const run = promisify(execFile);
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const { values: flags } = parseArgs({
  options: { texts: { type: 'string', default: '2000' }, shipped: { type: 'boolean', default: false } },
});
const cache = await cacheDirectory();
const all = flags.shipped ? await readShipped() : await readTexts();
const texts = shuffled(all).slice(0, Number(flags.texts));
const cut = Math.floor(texts.length * 0.8);
const file = join(cache, 'texts.json');
await writeFile(file, JSON.stringify({ train: texts.slice(0, cut), test: texts.slice(cut) }));
const labels = new Set(texts.map(([, label]) => label)).size;
console.log(`${texts.length} texts, ${labels} labels, ${cut} to learn from and ${texts.length - cut} to be asked\n`);

const python = await preparePython();
const ours = await measure(process.execPath, [here('classifier/ours.ts'), file]);
const liblinear = await measure(python, [here('classifier/pipelines.py'), file, 'liblinear']);
const quickstart = await measure(python, [here('classifier/pipelines.py'), file, 'quickstart']);
const theirs = [quickstart, liblinear];
print([ours, ...theirs]);
if (texts.length >= 2000) judge();
else
  console.log('\nToo few texts for a verdict: a point is a text or two, and the time is that of two engines starting.');

/** What the example promises; a promise that does not hold fails the run. */
function judge(): void {
  const best = {
    accuracy: Math.max(...theirs.map(({ accuracy }) => accuracy)),
    logLoss: Math.min(...theirs.map(({ logLoss }) => logLoss)),
  };
  const promises: Array<[what: string, holds: boolean]> = [
    ['accuracy within one point of the better of scikit-learn', ours.accuracy >= best.accuracy - 0.01],
    ['log-loss no higher than the better of scikit-learn', ours.logLoss <= best.logLoss],
    ['training at least 20 times as fast as the quickstart', ours.train * 20 <= quickstart.train],
    ['training at least 1.5 times as fast as liblinear', ours.train * 1.5 <= liblinear.train],
  ];
  console.log('');
  for (const [what, holds] of promises) console.log(`${holds ? '✓' : '✗'} ${what}`);
  if (promises.some(([, holds]) => !holds)) process.exitCode = 1;
}

function print(rows: Figures[]): void {
  console.log('| | vectorise s | train s | accuracy | log-loss | one text µs | memory MB |');
  console.log('|---|--:|--:|--:|--:|--:|--:|');
  for (const { name, vectorise, train, accuracy, logLoss, microseconds, megabytes } of rows) {
    const figures = [vectorise.toFixed(2), train.toFixed(2), accuracy.toFixed(3), logLoss.toFixed(2)];
    console.log(`| ${[name, ...figures, microseconds.toFixed(0), megabytes.toFixed(0)].join(' | ')} |`);
  }
  const faster = (of: (row: Figures) => number): string =>
    theirs.map((row) => `${(of(row) / of(ours)).toFixed(1)} ×`).join(' and ');
  console.log(`\nAgainst ${theirs.map(({ name }) => name).join(' and ')}:`);
  console.log(`training ${faster((row) => row.train)} as fast, one text ${faster((row) => row.microseconds)} as fast`);
}

async function readTexts(): Promise<Array<[text: string, label: string]>> {
  try {
    return (await readDebian(cache)).map(({ text, section }) => [text, section]);
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    console.log(`No package descriptions from apt (${reason}): using the 1,200 texts that come with the example.`);
    return readShipped();
  }
}

async function readShipped(): Promise<Array<[text: string, label: string]>> {
  const lines = await readFile(here('../../examples/text-classifier/texts/packages.tsv'), 'utf8');
  const rows = lines.trimEnd().split('\n').slice(1);
  return rows.map((line) => {
    const [label = '', , text = ''] = line.split('\t');
    return [text, label];
  });
}

/** A virtual environment with scikit-learn, made once. */
async function preparePython(): Promise<string> {
  const environment = join(cache, 'venv');
  const python = join(environment, 'bin/python');
  if (!existsSync(join(environment, 'ready'))) {
    console.log('Installing scikit-learn …\n');
    await run('python3', ['-m', 'venv', environment]);
    await run(python, ['-m', 'pip', 'install', '--quiet', 'scikit-learn']);
    await writeFile(join(environment, 'ready'), '');
  }
  return python;
}

async function measure(command: string, args: string[]): Promise<Figures> {
  // What Node and scikit-learn warn of is no figure.
  const { stdout } = await run(command, args, { maxBuffer: 1 << 24 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Figures;
}
