/** Asks a URL every ten milliseconds, however long the answers take: node health-probe.ts URL SECONDS, prints latencies in ms. */

import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const PACE = 10;

const [url = '', seconds = '3'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
// The first answers pay for connections and the just-in-time compiler of this very process.
for (let index = 0; index < 50; index++) await ask();
const started = performance.now() + PACE;
const asked: Array<Promise<number>> = [];
for (let index = 0; index < (Number(seconds) * 1000) / PACE; index++) {
  await wait(Math.max(0, started + index * PACE - performance.now()));
  asked.push(ask());
}
console.log(JSON.stringify(await Promise.all(asked)));
agent.destroy();

function ask(): Promise<number> {
  const sent = performance.now();
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().once('end', () => resolve(performance.now() - sent));
    })
      .once('error', reject)
      .end();
  });
}
