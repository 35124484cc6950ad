/** How /predict grows with tasks, with bytes, with projects: what one more costs must stay the same. */

import { postLoad } from './load.ts';
import { predictBody } from './messages.ts';
import { type Peers, post, startPeer } from './peers.ts';
import { type Goal, number, type Scale, type Section } from './report.ts';
import { interleaved, median } from './rounds.ts';

interface Series {
  title: string;
  /** Ascending. */
  amounts: readonly number[];
  bodies: (amount: number) => string[];
  /** Against whom: bare Hono reads and writes the same bytes; of projects it knows nothing, there one is the measure. */
  measure: 'hono' | 'the first';
  /** The amounts of a quick run, which leaves out the series that have none. */
  quick?: readonly number[];
}

const project = (index: number): string => `${index + 100}.1654592272`;
const projects = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => predictBody(1, { project: project(index), textLength: 120 }));
/** What ten tasks weigh without their texts, in bytes. */
const FRAME = 1_400;

const SERIES: readonly Series[] = [
  {
    title: 'tasks',
    amounts: [1, 10, 100, 1000, 10_000],
    bodies: (tasks) => [predictBody(tasks)],
    measure: 'hono',
    quick: [1, 100, 1000],
  },
  {
    title: 'kB in ten tasks',
    amounts: [10, 100, 1000, 10_000],
    bodies: (kilobytes) => [predictBody(10, { textLength: kilobytes * 100 - FRAME / 10 })],
    measure: 'hono',
  },
  {
    title: 'projects seen, one asks',
    amounts: [1, 100, 1000],
    bodies: () => projects(1),
    measure: 'the first',
    quick: [1, 100],
  },
  // Only the last few models stay in memory: in turn, each request has to build its own.
  { title: 'projects, all ask in turn', amounts: [1, 100, 1000], bodies: projects, measure: 'the first' },
];

/** The growth in the last step over what is expected, at most. */
const LIMIT = 1.3;

export async function measureGrowth(peers: Peers, { quick, say }: Scale): Promise<Section> {
  const rows: string[][] = [];
  const goals: Goal[] = [];
  const ours = await startPeer(peers, 'ours', { state: 'growth-state' });
  const hono = await startPeer(peers, 'hono');
  const servers = { ours, hono };
  let seen = 0;
  try {
    for (const { title, amounts, bodies, measure, quick: short } of SERIES) {
      if (quick && short === undefined) continue;
      say(`growth: ${title}`);
      const found: Array<{ amount: number; ours: number; hono: number }> = [];
      for (const amount of (quick && short) || amounts) {
        for (; measure === 'the first' && seen < amount; seen++) {
          await post(`${ours.url}/predict`, predictBody(1, { project: project(seen) }), ours.headers);
        }
        const names = measure === 'hono' ? (['ours', 'hono'] as const) : (['ours'] as const);
        const rounds = await interleaved(names, quick ? 1 : 2, async (name) => {
          const { url, headers } = servers[name];
          return (await postLoad(`${url}/predict`, bodies(amount), { headers })).p50;
        });
        const of = (name: 'ours' | 'hono'): number => median((rounds.get(name) ?? []).slice(quick ? 0 : 1));
        found.push({ amount, ours: of('ours'), hono: of('hono') });
      }
      for (const one of found) {
        const first = found[0] ?? one;
        rows.push([
          title,
          one.amount.toLocaleString('en'),
          number(one.ours),
          number(one.hono),
          number(measure === 'hono' ? one.ours / one.hono : one.ours / first.ours),
        ]);
      }
      const [before, last] = found.slice(-2);
      if (before === undefined || last === undefined) continue;
      // What reading and writing the bytes costs bare Hono is no fault of ours.
      const expected = measure === 'hono' ? Math.max(last.amount / before.amount, last.hono / before.hono) : 1;
      goals.push({
        what: `/predict by ${title}, ${before.amount} to ${last.amount}: growth × ${measure === 'hono' ? "linear, or bare Hono's" : 'none'}`,
        bound: 'at most',
        limit: LIMIT,
        measured: last.ours / before.ours / expected,
      });
    }
  } finally {
    await ours.stop();
    await hono.stop();
  }
  return {
    title: 'How `/predict` grows (one connection)',
    head: ['', 'amount', 'p50 ms', 'bare Hono', 'ratio'],
    rows,
    goals,
    remarks: ['The ratio is to bare Hono, or, by projects, to one project.'],
  };
}
