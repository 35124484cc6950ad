/** What holding predictions against the labeling config costs: its share of /predict, and how it grows. */

import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { validatePrediction } from '../../runtime/labeling/validate.ts';
import type { Prediction, Task } from '../../runtime/types.ts';
import { postLoad } from './load.ts';
import { predictBody, prose } from './messages.ts';
import { type Peers, startPeer } from './peers.ts';
import { type Goal, number, type Scale, type Section } from './report.ts';
import { interleaved } from './rounds.ts';

const TASKS: readonly number[] = [1, 50, 1000];
/** Of /predict at the most tasks. */
const SHARE = 0.1;

/** A prediction of spans, as many as it takes; under how many labels. */
interface Case {
  regions: number;
  labels: number;
}

interface Series {
  title: string;
  amounts: readonly number[];
  of: (amount: number) => Case;
  linear: boolean;
  /** The growth in the last step over what is expected, at most. */
  limit: number;
}

const SERIES: readonly Series[] = [
  {
    title: 'regions in a task',
    amounts: [10, 100, 1000, 10_000],
    of: (regions) => ({ regions, labels: 10 }),
    linear: true,
    limit: 1.3,
  },
  // Ten thousand labels no longer fit into the processor's caches: some growth is theirs.
  {
    title: 'labels in the config',
    amounts: [10, 100, 1000, 10_000],
    of: (labels) => ({ regions: 1000, labels }),
    linear: false,
    limit: 2,
  },
];

export async function measureValidation(peers: Peers, { quick, say }: Scale): Promise<Section> {
  const rows: string[][] = [];
  const goals: Goal[] = [];
  const start = (VALIDATE: string) => startPeer(peers, 'ours', { state: `validate-${VALIDATE}`, env: { VALIDATE } });
  const servers = { strict: await start('strict'), off: await start('off') };
  try {
    for (const tasks of TASKS) {
      say(`validation: ${tasks} ${tasks === 1 ? 'task' : 'tasks'}`);
      const body = predictBody(tasks);
      // The first round is for the just-in-time compiler.
      const rounds = await interleaved(['strict', 'off'] as const, quick ? 3 : 7, async (name) => {
        const { url, headers } = servers[name];
        return (await postLoad(`${url}/predict`, [body], { headers })).p50;
      });
      // Of both the best: the difference is small, and what else the machine does is not.
      const best = (name: 'strict' | 'off'): number => Math.min(...(rounds.get(name) ?? []).slice(1));
      const [strict, off] = [best('strict'), best('off')];
      rows.push(['tasks in a /predict', tasks.toLocaleString('en'), number(strict), number(off), number(strict / off)]);
      if (tasks !== TASKS.at(-1)) continue;
      goals.push({
        what: `validation, its share of /predict at ${tasks} tasks`,
        bound: 'at most',
        limit: SHARE,
        measured: (strict - off) / strict,
      });
    }
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
  for (const { title, amounts, of, linear, limit } of SERIES) {
    say(`validation: ${title}`);
    const found = amounts.map((amount) => ({ amount, took: timeOf(of(amount), quick ? 10 : 60) }));
    for (const { amount, took } of found) {
      const first = found[0] ?? { amount, took };
      const expected = linear ? amount / first.amount : 1;
      rows.push([title, amount.toLocaleString('en'), number(took), '–', number(took / first.took / expected)]);
    }
    const [before, last] = found.slice(-2);
    if (before === undefined || last === undefined) continue;
    goals.push({
      what: `validation by ${title}, ${before.amount} to ${last.amount}: growth × ${linear ? 'linear' : 'none'}`,
      bound: 'at most',
      limit,
      measured: last.took / before.took / (linear ? last.amount / before.amount : 1),
    });
  }
  return {
    title: 'Validation of predictions (one connection)',
    head: ['', 'amount', 'best ms', 'off', 'ratio'],
    rows,
    goals,
    remarks: [
      'By tasks: the best p50 of the rounds, over that with VALIDATE=off. By regions and labels: one call in this process; the ratio is to the first amount, for each region.',
    ],
  };
}

/** Milliseconds of one validation, in this process: the best of many, since others may have the core. */
function timeOf({ regions, labels }: Case, rounds: number): number {
  const names = Array.from({ length: labels }, (_, index) => `Label ${index}`);
  const config = parseLabelConfig(
    `<View><Text name="text" value="$text"/><Labels name="span" toName="text">${names.map((name) => `<Label value="${name}"/>`).join('')}</Labels></View>`,
  );
  const text = prose(10_000, 1);
  const task: Task = { id: 1, data: { text } };
  const result = Array.from({ length: regions }, (_, index) => {
    const start = (index * 7) % 9_900;
    const value = { start, end: start + 9, text: text.slice(start, start + 9), labels: [names[index % labels] ?? ''] };
    return { id: `r${index}`, from_name: 'span', to_name: 'text', type: 'labels', value, score: 0.5 };
  });
  const prediction: Prediction = { result, score: 0.5 };
  const once = (): number => {
    const start = performance.now();
    const findings = validatePrediction(prediction, config, { task });
    if (findings.length > 0) throw new Error(`the prediction is not sound: ${findings[0]?.message}`);
    return performance.now() - start;
  };
  // Small ones more often: the compiler wants to see them, too.
  const times = Array.from({ length: rounds + Math.ceil(20_000 / regions) }, once);
  return Math.min(...times.slice(-rounds));
}
