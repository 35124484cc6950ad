/** A child process ends with its server, also when its own code computes without a pause and hears nothing. */

import { Worker } from 'node:worker_threads';

/** Looks once a second from a thread of its own: a closed pipe is an event, and a busy process takes none. */
const WATCH = `
const parent = process.ppid;
setInterval(() => {
  let gone = process.ppid !== parent;
  try {
    process.kill(parent, 0);
  } catch {
    gone = true;
  }
  if (gone) process.kill(process.pid, 'SIGKILL');
}, 1000);
`;

/** To be called once, early: whoever starts this process must be alive then. */
export function endWithParent(): void {
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  new Worker(WATCH, { eval: true, resourceLimits: limits, stdin: false }).unref();
}
