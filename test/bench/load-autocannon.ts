/** Load where there is no wrk, and bursts of an exact size: node load-autocannon.ts ORDER, prints what load.lua prints. */

import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import type { LoadOrder, LoadOutcome } from './load.ts';
import { percentile } from './rounds.ts';

const order = JSON.parse(process.argv[2] ?? '') as LoadOrder;
const bodies = readFileSync(order.file, 'utf8').trimEnd().split('\n');

// A burst is over before the just-in-time compiler has seen this client: it runs in on another route.
if (order.amount > 0) await fire({ url: new URL('/health', order.url).href, method: 'GET', amount: order.amount });
console.log(`\n${JSON.stringify(await fire({ url: order.url, method: 'POST', headers: order.headers }))}`);

async function fire(target: Pick<autocannon.Options, 'url' | 'method' | 'headers' | 'amount'>): Promise<LoadOutcome> {
  const { connections, seconds, amount } = order;
  // Its own histogram knows whole milliseconds only.
  const latencies: number[] = [];
  let clients = 0;
  let [first, last] = [Number.NaN, Number.NaN];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      {
        connections,
        ...(amount > 0 ? { amount } : { duration: seconds }),
        ...target,
        setupClient(client) {
          first = performance.now();
          if (target.method !== 'POST') return;
          // Every connection has a share of the bodies, so that none is sent twice while others wait.
          const own = bodies.filter((_, index) => index % connections === clients % bodies.length);
          client.setRequests((own.length > 0 ? own : bodies.slice(0, 1)).map((body) => ({ body })));
          clients++;
        },
      },
      (error, outcome) => (error ? reject(error) : resolve(outcome)),
    );
    run.on('response', (_client, _status, _bytes, ms) => {
      last = performance.now();
      latencies.push(ms);
    });
  });
  return {
    requests: latencies.length,
    seconds: (last - first) / 1000,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    failed: result.non2xx + result.errors + result.timeouts,
  };
}
