/** A generated project, started with `npm start` as its user would. */

import { freePort } from '../runtime/project.ts';
import type { Place, Running } from './place.ts';

export interface Server extends Running {
  url: string;
}

/** Resolves when it is ready, on a free port. */
export async function startServer(
  place: Place,
  cwd: string,
  [program, ...words]: readonly [string, ...string[]] = ['npm', 'start', '--'],
): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = place.start(program, [...words, '--port', String(port), '--host', '127.0.0.1'], { cwd });
  await running.until('an answer of /health', () => isUp(url));
  // It lives before it can be asked for anything.
  await running.until('an answer of /ready', () => isReady(url));
  return { ...running, url };
}

/** True, or undefined while nothing answers. */
export async function isUp(url: string): Promise<true | undefined> {
  try {
    const response = await fetch(`${url}/health`);
    const { status } = (await response.json()) as { status?: string };
    return response.ok && status === 'UP' ? true : undefined;
  } catch {
    return undefined;
  }
}

async function isReady(url: string): Promise<true | undefined> {
  return (await fetch(`${url}/ready`).catch(() => undefined))?.ok ? true : undefined;
}
