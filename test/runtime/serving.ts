/** A real server on a project of its own for each test, and what is asked of it. */

import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { createProject, startProject, type TestProject, type TestServer } from './project.ts';

interface Serving {
  project: TestProject;
  servers: TestServer[];
  start: (env?: Record<string, string>, ...args: string[]) => Promise<TestServer>;
}

/** A suite whose tests start servers, which end with the test. */
export function serverSuite(name: string): Test<Serving> {
  const test = suite<Serving>(name);
  test.before.each((context) => {
    context.project = createProject();
    context.servers = [];
    context.start = async (env = {}, ...args) => {
      const server = await startProject(context.project, args, env);
      context.servers.push(server);
      return server;
    };
  });
  test.after.each(async ({ project, servers }) => {
    for (const server of servers) await server.stop('SIGKILL').catch(() => {});
    project.remove();
  });
  return test;
}

/** A /predict body with these texts. */
export const predict = (...texts: string[]) => ({
  project: '12.1654592272',
  tasks: texts.map((text, id) => ({ id, data: { text } })),
});

export interface Sent {
  status: number;
  retryAfter: string | null;
  detail: string;
  results: { result: unknown[] }[];
  errors: { index: number; reason: string }[];
  ms: number;
}

/** Sends it; resolves with all that the answer says. */
export async function send(server: TestServer, body: unknown, signal?: AbortSignal): Promise<Sent> {
  const started = performance.now();
  const init = { method: 'POST', body: JSON.stringify(body), ...(signal && { signal }) };
  const response = await fetch(`${server.url}/predict`, init);
  const { detail = '', results = [], errors = [] } = (await response.json()) as Partial<Sent>;
  const ms = performance.now() - started;
  return { status: response.status, retryAfter: response.headers.get('retry-after'), detail, results, errors, ms };
}

/** The server's own children. */
export function childrenOf({ process: { pid } }: TestServer): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
}

/** Asks again and again until there is something. */
export async function until<Value>(
  ask: () => Promise<Value | undefined> | Value | undefined,
  seconds = 10,
): Promise<Value> {
  for (const end = performance.now() + seconds * 1000; ; await sleep(20)) {
    const value = await ask();
    if (value !== undefined) return value;
    assert.ok(performance.now() < end, 'it did not happen in time');
  }
}

/** Resolves once it predicts. */
export const served = (server: TestServer) =>
  until(async () => ((await send(server, predict('good'))).status === 200 ? true : undefined));
