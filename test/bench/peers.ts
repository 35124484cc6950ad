/** Who is measured: one table for all subjects. Every peer serves the same constant Choices model. */

import { symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPython, REPO, writeProject } from './installs.ts';
import { LABEL_CONFIG, setupBody } from './messages.ts';
import { freePort, SERVER_CORE, type Server, startServer } from './processes.ts';

export type PeerName = 'raw' | 'hono' | 'ours' | 'inProcess' | 'python';

export interface Peer {
  title: string;
  command: (port: number) => string[];
  env?: Record<string, string>;
  cwd?: string;
  /** With every request. */
  headers: Record<string, string>;
  /** Needs a /setup before the first /predict. */
  setup: boolean;
}

export interface Peers {
  table: Partial<Record<PeerName, Peer>>;
  names: PeerName[];
  /** Why one is not there. */
  missing: string[];
  /** For what a run leaves behind: logs, state. */
  folder: string;
}

const FILES = fileURLToPath(new URL('./peers', import.meta.url));
const AUTH = { user: 'bench', password: 'a password of some length' };

/** @param folder empty, of this run's own */
export async function createPeers(folder: string): Promise<Peers> {
  const ours = join(folder, 'backend');
  writeProject(ours, await readFile(join(FILES, 'model.ts'), 'utf8'), LABEL_CONFIG);
  symlinkSync(join(REPO, 'node_modules'), join(ours, 'node_modules'));
  const own = {
    command: (port: number) => [process.execPath, 'runtime/start.js', '--host', '127.0.0.1', '--port', `${port}`],
    env: { BASIC_AUTH_USER: AUTH.user, BASIC_AUTH_PASS: AUTH.password },
    cwd: ours,
    headers: { authorization: `Basic ${btoa(`${AUTH.user}:${AUTH.password}`)}` },
    setup: true,
  };
  const table: Peers['table'] = {
    raw: { title: 'bare node:http', command: script('raw.js'), headers: {}, setup: false },
    hono: { title: 'bare Hono', command: script('hono.js'), headers: {}, setup: false },
    ours: { title: 'create-wow-ai-ml', ...own },
    inProcess: {
      title: 'create-wow-ai-ml, MODEL_PROCESSES=0',
      ...own,
      env: { ...own.env, MODEL_PROCESSES: '0' },
    },
  };
  const missing: string[] = [];
  try {
    const python = await installPython();
    table.python = {
      title: 'label-studio-ml 1.0.9 (gunicorn, 8 threads)',
      command: (port) => [
        join(python, 'bin/gunicorn'),
        ...['--bind', `127.0.0.1:${port}`, '--workers', '1', '--threads', '8', '--timeout', '0', 'constant_model:app'],
      ],
      env: { MODEL_DIR: join(folder, 'python'), PYTHONDONTWRITEBYTECODE: '1' },
      cwd: FILES,
      headers: {},
      setup: true,
    };
  } catch (error) {
    missing.push(`label-studio-ml could not be installed: ${String(error).split('\n', 1)[0]}`);
  }
  return { table, names: Object.keys(table) as PeerName[], missing, folder };
}

/** Starts a peer on the core for servers (or wherever there is room), set up and ready to predict. */
export async function startPeer(
  { table, folder }: Peers,
  name: PeerName,
  { args = [] as string[], core = SERVER_CORE as number | undefined, state = `${name}-state`, env = {} } = {},
): Promise<Server & { headers: Record<string, string> }> {
  const peer = table[name];
  if (peer === undefined) throw new Error(`${name} is not installed`);
  const port = await freePort();
  const { cwd, headers } = peer;
  const stateArgs = peer.cwd?.endsWith('backend') ? ['--model-dir', join(folder, state)] : [];
  const server = await startServer([...peer.command(port), ...stateArgs, ...args], {
    port,
    log: join(folder, `${name}.log`),
    env: { ...peer.env, ...env },
    ...(cwd && { cwd }),
    ...(core !== undefined && { core }),
  });
  if (peer.setup) await post(`${server.url}/setup`, setupBody(), headers);
  return { ...server, headers };
}

/** One request outside of any measurement. @throws Error on anything but success */
export async function post(url: string, body: string, headers: Record<string, string>): Promise<unknown> {
  const sent = { 'content-type': 'application/json', ...headers };
  const response = await fetch(url, { method: 'POST', body, headers: sent });
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

function script(name: string): Peer['command'] {
  return (port) => [process.execPath, join(FILES, name), `${port}`];
}
