/** What every child process of the server gets, and where its words go. */

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The server's environment without what is its own: no model needs the password. */
export function environmentOf(compileCache: string | undefined): NodeJS.ProcessEnv {
  // Under `npm run dev` Node's watcher would report through the child's channel too.
  const { BASIC_AUTH_PASS: _p, ML_SERVER_BASIC_AUTH_PASS: _q, WATCH_REPORT_DEPENDENCIES: _w, ...env } = process.env;
  return { ...env, NODE_COMPILE_CACHE: compileCache };
}

export function copyLines(stream: Readable | null, line: (text: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', line);
}
