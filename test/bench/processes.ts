/** Servers and tools as child processes: each on its core, none left behind. */

import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

export interface Server {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export interface ServerOptions {
  port: number;
  /** What the server prints goes here, as it would in production. */
  log: string;
  env?: Record<string, string>;
  cwd?: string;
  /** Without a core of its own it may use them all. */
  core?: number;
}

export function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The command kept on one core; as it is where the machine has only one, or no taskset. */
export function pinned(core: number | undefined, command: readonly string[]): string[] {
  const possible = core !== undefined && availableParallelism() > core && findProgram('taskset') !== undefined;
  return possible ? ['taskset', '-c', `${core}`, ...command] : [...command];
}

/** Runs to the end and resolves with what was printed. Rejects on a non-zero exit, with what was printed to stderr. */
export async function run(
  [program = '', ...args]: readonly string[],
  { cwd, env }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, {
    cwd,
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  return stdout;
}

/** Resolves at the first 200 on /health. */
export async function startServer(command: readonly string[], options: ServerOptions): Promise<Server> {
  const { port, log, env, cwd, core } = options;
  const [program = '', ...args] = pinned(core, command);
  const out = createWriteStream(log);
  await new Promise((resolve) => out.once('open', resolve));
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', out, out] });
  out.close();
  const url = `http://127.0.0.1:${port}`;
  let wanted = true;
  const gone = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const what = `${command.join(' ')} ended (${signal ?? code}):\n${tail(log)}`;
      // Under load its callers only see connections break; this says why.
      if (wanted) process.stderr.write(`${what}\n`);
      reject(new Error(what));
    });
  });
  gone.catch(() => {});
  const end = (): Promise<void> => {
    wanted = false;
    return stop(child);
  };
  try {
    await Promise.race([healthy(url), gone]);
  } catch (error) {
    await end();
    throw error;
  }
  return { url, pid: child.pid ?? 0, stop: end };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resident memory of a process and its children in MB; undefined where `ps` cannot tell. */
export function residentMemory(pid: number): number | undefined {
  try {
    const sizes = execFileSync('ps', ['-o', 'rss=', '--pid', `${pid}`, '--ppid', `${pid}`], { encoding: 'utf8' });
    return (
      sizes
        .trim()
        .split(/\s+/)
        .reduce((sum, size) => sum + Number(size), 0) / 1024
    );
  } catch {
    return undefined;
  }
}

async function healthy(url: string): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; await wait(1)) {
    if ((await status(`${url}/health`)) === 200) return;
  }
  throw new Error(`${url}/health did not answer within 30 s`);
}

function status(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once('error', () => resolve(undefined)).end();
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited;
  clearTimeout(late);
}

function tail(log: string): string {
  return readFileSync(log, 'utf8').slice(-2_000);
}
