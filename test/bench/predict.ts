/** POST /predict: requests a second and latencies, small and large, alone and with twenty callers. */

import { postLoad } from './load.ts';
import { predictBody } from './messages.ts';
import { type PeerName, type Peers, startPeer } from './peers.ts';
import { type Goal, number, ratio, type Scale, type Section } from './report.ts';
import { interleaved, median, pairwise, type Ratio } from './rounds.ts';

interface Case {
  tasks: number;
  connections: number;
  quick: boolean;
}

const CASES: readonly Case[] = [
  { tasks: 1, connections: 1, quick: false },
  { tasks: 1, connections: 20, quick: true },
  { tasks: 50, connections: 1, quick: false },
  { tasks: 50, connections: 20, quick: false },
  { tasks: 1000, connections: 1, quick: false },
  { tasks: 1000, connections: 20, quick: true },
];

/** Of bare Hono, by tasks, at twenty connections: through a model process, and without one; and over Python. */
const GOALS: Readonly<Record<number, { ours: number; inProcess: number; python: number }>> = {
  1: { ours: 0.6, inProcess: 0.9, python: 4 },
  50: { ours: 0.75, inProcess: 0.95, python: 3 },
  1000: { ours: 0.7, inProcess: 0.95, python: 3 },
};

export async function measurePredict(peers: Peers, { quick, say }: Scale): Promise<Section> {
  const servers = new Map<PeerName, Awaited<ReturnType<typeof startPeer>>>();
  const section: Section = {
    title: '`POST /predict`, a constant Choices model',
    head: ['', 'requests/s', 'p50 ms', 'p99 ms', 'requests/s × Hono', 'p99 × Hono'],
    rows: [],
    goals: [],
    remarks: peers.missing,
  };
  try {
    for (const name of peers.names) servers.set(name, await startPeer(peers, name));
    for (const { tasks, connections } of CASES.filter((one) => one.quick || !quick)) {
      const body = predictBody(tasks, tasks === 1 ? { textLength: 120 } : {});
      const load = async (name: PeerName) => {
        const server = servers.get(name);
        if (server === undefined) throw new Error(`${name} is not running`);
        const outcome = await postLoad(`${server.url}/predict`, [body], { connections, headers: server.headers });
        return { rate: outcome.requests / outcome.seconds, p50: outcome.p50, p99: outcome.p99 };
      };
      const title = `${tasks} ${tasks === 1 ? 'task' : 'tasks'}, ${size(body)}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
      say(`predict: ${title}`);
      // The first round is for the just-in-time compiler.
      const rounds = await interleaved(peers.names, quick ? 2 : 5, load);
      const of = (name: PeerName, key: 'rate' | 'p50' | 'p99'): number[] =>
        (rounds.get(name) ?? []).slice(1).map((one) => one[key]);
      const over = (name: PeerName, base: PeerName, key: 'rate' | 'p99'): Ratio =>
        pairwise(of(name, key), of(base, key));
      section.rows.push([`**${title}**`, '', '', '', '', '']);
      for (const name of peers.names) {
        section.rows.push([
          peers.table[name]?.title ?? name,
          number(median(of(name, 'rate'))),
          number(median(of(name, 'p50'))),
          number(median(of(name, 'p99'))),
          ratio(over(name, 'hono', 'rate')),
          ratio(over(name, 'hono', 'p99')),
        ]);
      }
      if (connections === 20) section.goals.push(...goals(tasks, over, peers.names.includes('python')));
    }
  } finally {
    for (const server of servers.values()) await server.stop();
  }
  return section;
}

function goals(
  tasks: number,
  over: (name: PeerName, base: PeerName, key: 'rate' | 'p99') => Ratio,
  python: boolean,
): Goal[] {
  const { python: times = 3, ...shares } = GOALS[tasks] ?? { ours: 0.6, inProcess: 0.9 };
  const what = `/predict, ${tasks} ${tasks === 1 ? 'task' : 'tasks'}, 20 connections`;
  const found: Goal[] = (['ours', 'inProcess'] as const).flatMap((name) => [
    {
      what: `${what}${name === 'ours' ? '' : ', MODEL_PROCESSES=0'}: requests/s × bare Hono`,
      bound: 'at least',
      limit: shares[name],
      measured: over(name, 'hono', 'rate').median,
    },
    {
      what: `${what}${name === 'ours' ? '' : ', MODEL_PROCESSES=0'}: p99 × bare Hono`,
      bound: 'at most',
      limit: 1.2,
      measured: over(name, 'hono', 'p99').median,
    },
  ]);
  if (python) {
    const measured = over('ours', 'python', 'rate').median;
    found.push({ what: `${what}: requests/s × label-studio-ml`, bound: 'at least', limit: times, measured });
  }
  return found;
}

function size(body: string): string {
  const kilobytes = Buffer.byteLength(body) / 1000;
  return kilobytes < 1000 ? `${number(kilobytes)} kB` : `${number(kilobytes / 1000)} MB`;
}
