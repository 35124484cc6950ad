/** `npm run bench`: ours and the peers in one run; ratios as Markdown on standard output, progress on standard error. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { unknownName } from '../../runtime/errors.ts';
import { measureClassifier } from './classifier-run.ts';
import { measureColdStart } from './cold-start.ts';
import { measureGenerator } from './generator.ts';
import { measureGrowth } from './growth.ts';
import { measureHealth } from './health.ts';
import { loadProgram } from './load.ts';
import { createPeers, type Peers } from './peers.ts';
import { measurePredict } from './predict.ts';
import { type Scale, type Section, toMarkdown } from './report.ts';
import { measureValidation } from './validation.ts';
import { measureWebhooks } from './webhooks.ts';

type Subject = (peers: Peers, scale: Scale) => Promise<Section>;

const SUBJECTS: Readonly<Record<string, Subject>> = {
  predict: measurePredict,
  growth: measureGrowth,
  validation: measureValidation,
  webhooks: measureWebhooks,
  health: measureHealth,
  cold: measureColdStart,
  generator: measureGenerator,
  classifier: measureClassifier,
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, json: { type: 'string' } },
  });
  const names = values.only?.split(',') ?? Object.keys(SUBJECTS);
  for (const name of names) {
    if (name in SUBJECTS) continue;
    process.stderr.write(`${unknownName('subject', name, Object.keys(SUBJECTS))}\n`);
    return 2;
  }
  const started = performance.now();
  const say = (progress: string): void => {
    process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${progress}\n`);
  };
  const folder = mkdtempSync(join(tmpdir(), 'wow-ai-bench-'));
  const sections: Section[] = [];
  let failed = 0;
  try {
    say('peers: installing what is not there yet');
    const peers = await createPeers(folder);
    for (const name of names) {
      say(name);
      try {
        const section = await SUBJECTS[name]?.(peers, { quick: values.quick, say });
        if (section) sections.push(section);
      } catch (error) {
        failed++;
        say(`${name} failed: ${error instanceof Error ? error.stack : error}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${toMarkdown(sections)}\n\n${circumstances()}\n`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(sections, null, 2)}\n`);
  return failed > 0 ? 1 : 0;
}

function circumstances(): string {
  const [load = 0] = loadavg();
  return `Node ${process.version}, ${cpus().length} cores, load by ${loadProgram()} on a core of its own; medians of the ratios within interleaved rounds; "~": they differ by more than a third. Load average at the end: ${load.toFixed(1)}.`;
}
