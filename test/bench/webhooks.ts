/** A burst of a thousand webhooks at twenty connections: recorded on disk by us, kept in memory by bare Hono. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { postLoad } from './load.ts';
import { webhookBody } from './messages.ts';
import { type Peers, startPeer } from './peers.ts';
import { number, ratio, type Scale, type Section } from './report.ts';
import { interleaved, median, pairwise } from './rounds.ts';

const EVENTS = 1000;
const STATE = 'webhooks-state';
const NAMES = ['hono', 'ours'] as const;

export async function measureWebhooks(peers: Peers, { quick, say }: Scale): Promise<Section> {
  // A fit() of a second: a shorter one than the burst would rightly run more often.
  const servers = {
    hono: await startPeer(peers, 'hono'),
    ours: await startPeer(peers, 'ours', { args: ['--with', 'idle=1'], state: STATE }),
  };
  const trainings: number[] = [];
  let project = 200;
  try {
    const rounds = await interleaved(NAMES, quick ? 2 : 5, async (name) => {
      const { url, headers } = servers[name];
      const bodies = Array.from({ length: EVENTS }, (_, index) => webhookBody(index + 1, project));
      const outcome = await postLoad(`${url}/webhook`, bodies, { connections: 20, amount: EVENTS, headers });
      if (name === 'ours') {
        await trained(url, headers, project);
        const ran = recorded(join(peers.folder, STATE, 'state.sqlite'), project);
        trainings.push(ran);
        say(`webhooks: ${EVENTS} in ${outcome.seconds.toFixed(2)} s, ${ran} trainings`);
      }
      project++;
      return { seconds: outcome.seconds / (outcome.requests / EVENTS), p99: outcome.p99 };
    });
    const of = (name: (typeof NAMES)[number], key: 'seconds' | 'p99'): number[] =>
      (rounds.get(name) ?? []).slice(1).map((one) => one[key]);
    const times = pairwise(of('ours', 'seconds'), of('hono', 'seconds'));
    const row = (name: (typeof NAMES)[number], title: string): string[] => [
      title,
      number(median(of(name, 'seconds'))),
      number(median(of(name, 'p99'))),
      ratio(pairwise(of(name, 'seconds'), of('hono', 'seconds'))),
      name === 'ours' ? number(Math.max(...trainings)) : '–',
    ];
    return {
      title: `${EVENTS.toLocaleString('en')} webhooks, 20 connections`,
      head: ['', 'seconds', 'p99 ms', 'seconds × Hono', 'trainings, at most'],
      rows: [row('hono', 'bare Hono, in memory'), row('ours', 'create-wow-ai-ml, on disk before the answer')],
      goals: [
        { what: 'webhook burst, on disk: seconds × in memory', bound: 'at most', limit: 1.3, measured: times.median },
        { what: 'webhook burst: trainings', bound: 'at most', limit: 2, measured: Math.max(...trainings) },
      ],
      remarks: [],
    };
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
}

/** Waits until nothing is being trained for the project. */
async function trained(url: string, headers: Record<string, string>, project: number): Promise<void> {
  for (let left = 600; left > 0; left--) {
    const response = await fetch(`${url}/is_training?project=${project}`, { headers });
    const { is_training: training } = (await response.json()) as { is_training: boolean };
    if (!training) return;
    await wait(100);
  }
  throw new Error('a training of one second did not end within a minute');
}

/** How many trainings ran. @throws Error when an acknowledged annotation is not on disk */
function recorded(file: string, project: number): number {
  const state = new DatabaseSync(file, { readOnly: true });
  const count = (sql: string): number => Number((state.prepare(sql).get(`${project}`) as { n: number }).n);
  const kept = count('SELECT count(*) AS n FROM annotations WHERE project = ?');
  const ran = count('SELECT count(*) AS n FROM jobs WHERE project = ?');
  state.close();
  if (kept < EVENTS) throw new Error(`${EVENTS} webhooks were acknowledged, ${kept} annotations are on disk`);
  return ran;
}
