/** From the start of the process to the first 200 on /health, and the memory it holds then. */

import { join } from 'node:path';
import type { PeerName, Peers } from './peers.ts';
import { freePort, residentMemory, SERVER_CORE, startServer } from './processes.ts';
import { type Goal, number, ratio, type Scale, type Section } from './report.ts';
import { interleaved, median, pairwise, type Ratio } from './rounds.ts';

export async function measureColdStart(peers: Peers, { quick, say }: Scale): Promise<Section> {
  // The first round warms the disk and Node's compile cache, as it would be on a machine that has started it before.
  const rounds = await interleaved(peers.names, quick ? 3 : 9, (name) => coldStart(peers, name));
  const of = (name: PeerName, key: 'ms' | 'megabytes'): number[] =>
    (rounds.get(name) ?? []).slice(1).map((one) => one[key] ?? Number.NaN);
  const over = (name: PeerName, base: PeerName, key: 'ms' | 'megabytes' = 'ms'): Ratio =>
    pairwise(of(name, key), of(base, key));
  say('cold: done');
  const goals: Goal[] = [
    { what: 'cold start × bare node:http', bound: 'at most', limit: 3, measured: over('ours', 'raw').median },
    {
      what: 'memory after the start × bare Hono',
      bound: 'at most',
      limit: 1.3,
      measured: over('ours', 'hono', 'megabytes').median,
    },
  ];
  if (peers.names.includes('python')) {
    goals.push({
      what: 'cold start × label-studio-ml',
      bound: 'at most',
      limit: 0.35,
      measured: over('ours', 'python').median,
    });
  }
  return {
    title: 'Cold start',
    head: ['', 'ms to the first 200', '× node:http', 'MB', 'MB × Hono'],
    rows: peers.names.map((name) => [
      peers.table[name]?.title ?? name,
      number(median(of(name, 'ms'))),
      ratio(over(name, 'raw')),
      number(median(of(name, 'megabytes'))),
      ratio(over(name, 'hono', 'megabytes')),
    ]),
    goals,
    remarks: [],
  };
}

async function coldStart(
  { table, folder }: Peers,
  name: PeerName,
): Promise<{ ms: number; megabytes: number | undefined }> {
  const peer = table[name];
  if (peer === undefined) throw new Error(`${name} is not installed`);
  const port = await freePort();
  const started = performance.now();
  const server = await startServer(peer.command(port), {
    port,
    log: join(folder, `cold-${name}.log`),
    core: SERVER_CORE,
    ...(peer.env && { env: peer.env }),
    ...(peer.cwd && { cwd: peer.cwd }),
  });
  const ms = performance.now() - started;
  const megabytes = residentMemory(server.pid);
  await server.stop();
  return { ms, megabytes };
}
