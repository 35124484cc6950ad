/** Closed-loop load on a server: wrk where it is installed, else autocannon; always on a core of its own. */

import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram, LOAD_CORE, pinned, run } from './processes.ts';

export interface LoadOrder {
  url: string;
  headers: Record<string, string>;
  /** One body a line, sent in turn. */
  file: string;
  connections: number;
  /** Whole seconds; ignored where `amount` is set. */
  seconds: number;
  /** How many requests; 0 means as many as fit. */
  amount: number;
}

/** p50 and p99 in milliseconds. */
export interface LoadOutcome {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
  failed: number;
}

const LUA = fileURLToPath(new URL('./load.lua', import.meta.url));
const AUTOCANNON = fileURLToPath(new URL('./load-autocannon.ts', import.meta.url));

export const loadProgram = (): 'wrk' | 'autocannon' => (findProgram('wrk') ? 'wrk' : 'autocannon');

/** Posts `bodies` to `url` and measures. @throws Error when a single request failed: a fast error is not a result */
export async function postLoad(
  url: string,
  bodies: readonly string[],
  { connections = 1, seconds = 1, amount = 0, headers = {} as Record<string, string> },
): Promise<LoadOutcome> {
  const file = join(tmpdir(), `bench-bodies-${process.pid}-${Math.random().toString(36).slice(2)}`);
  writeFileSync(file, `${bodies.join('\n')}\n`);
  const order = {
    url,
    headers: { 'content-type': 'application/json', ...headers },
    file,
    connections,
    seconds,
    amount,
  };
  try {
    const output = await run(
      pinned(LOAD_CORE, amount === 0 && loadProgram() === 'wrk' ? wrkCommand(order) : autocannonCommand(order)),
    );
    const outcome = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as LoadOutcome;
    if (outcome.failed > 0) throw new Error(`${outcome.failed} of ${outcome.requests} requests to ${url} failed`);
    if (outcome.requests === 0) throw new Error(`${url} answered nothing in ${seconds} s`);
    return outcome;
  } finally {
    rmSync(file);
  }
}

/** wrk stops by the clock only. */
function wrkCommand({ url, headers, file, connections, seconds }: LoadOrder): string[] {
  const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  return ['wrk', '-t1', `-c${connections}`, `-d${seconds}`, '--timeout', '30', '-s', LUA, ...sent, url, file];
}

function autocannonCommand(order: LoadOrder): string[] {
  return [process.execPath, AUTOCANNON, JSON.stringify(order)];
}
