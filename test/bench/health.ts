/** GET /health at a steady pace: idle, while a training burns the same core, and with callers of /predict on top. */

import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { postLoad } from './load.ts';
import { predictBody, webhookBody } from './messages.ts';
import { type Peers, post, startPeer } from './peers.ts';
import { LOAD_CORE, pinned, run } from './processes.ts';
import { number, ratio, type Scale, type Section } from './report.ts';
import { median, pairwise, percentile } from './rounds.ts';

const PHASES = ['idle', 'a training burns the same core', 'a training, and 20 callers of /predict'] as const;
type Phase = (typeof PHASES)[number];

const PROBE = fileURLToPath(new URL('./health-probe.ts', import.meta.url));

export async function measureHealth(peers: Peers, { quick, say }: Scale): Promise<Section> {
  const latencies = new Map<Phase, number[][]>(PHASES.map((phase) => [phase, []]));
  const seconds = quick ? 2 : 3;
  const args = ['--with', `busy=${2 * seconds + 2}`];
  const server = await startPeer(peers, 'ours', { args, state: 'health-state' });
  const body = predictBody(1, { textLength: 120 });
  try {
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      say(`health: round ${round + 1}`);
      await idle(server.url, server.headers);
      latencies.get('idle')?.push(await probe(`${server.url}/health`, seconds));
      await post(`${server.url}/webhook`, webhookBody(round + 1, 300), server.headers);
      await wait(300);
      latencies.get('a training burns the same core')?.push(await probe(`${server.url}/health`, seconds));
      const load = postLoad(`${server.url}/predict`, [body], {
        connections: 20,
        seconds,
        headers: server.headers,
      });
      latencies.get('a training, and 20 callers of /predict')?.push(await probe(`${server.url}/health`, seconds));
      await load;
    }
  } finally {
    await server.stop();
  }
  const p99 = (phase: Phase): number[] => (latencies.get(phase) ?? []).map((one) => percentile(one, 99));
  const times = (phase: Phase) => pairwise(p99(phase), p99('idle'));
  return {
    title: '`GET /health` beside a training',
    head: ['', 'p50 ms', 'p99 ms', 'p99 × idle'],
    rows: PHASES.map((phase) => [
      phase,
      number(median((latencies.get(phase) ?? []).flat())),
      number(median(p99(phase))),
      ratio(times(phase)),
    ]),
    goals: PHASES.slice(1).flatMap((phase) => [
      { what: `/health, ${phase}: p99 × idle`, bound: 'at most' as const, limit: 2, measured: times(phase).median },
      { what: `/health, ${phase}: p99 in ms`, bound: 'at most' as const, limit: 50, measured: median(p99(phase)) },
    ]),
    remarks: [],
  };
}

/** In a process of its own, beside the other callers. */
async function probe(url: string, seconds: number): Promise<number[]> {
  return JSON.parse(await run(pinned(LOAD_CORE, [process.execPath, PROBE, url, `${seconds}`]))) as number[];
}

async function idle(url: string, headers: Record<string, string>): Promise<void> {
  for (let left = 300; left > 0; left--) {
    const response = await fetch(`${url}/is_training?project=300`, { headers });
    const { is_training: training } = (await response.json()) as { is_training: boolean };
    if (!training) return;
    await wait(100);
  }
  throw new Error('a training did not end within half a minute');
}
