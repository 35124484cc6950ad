/** A project folder like a generated one, and a server started from it as a user would. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface TestProject {
  directory: string;
  remove(): void;
}

/** The toy backend, or another model in its place, with the runtime copied in, as the generator would. */
export function createProject(fixture = 'toy'): TestProject {
  const directory = mkdtempSync(join(tmpdir(), 'toy-backend-'));
  cpSync(join(root, 'test/fixtures/backends/toy'), directory, { recursive: true });
  cpSync(join(root, 'test/fixtures/backends', fixture), directory, { recursive: true });
  const model = readFileSync(join(directory, 'model.ts'), 'utf8');
  writeFileSync(join(directory, 'model.ts'), model.replace('../../../../runtime/', './runtime/'));
  cpSync(join(root, 'runtime'), join(directory, 'runtime'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }\n');
  return {
    directory,
    remove() {
      const told = filesBelow(directory).filter((path) => readFileSync(path).includes(CANARY));
      rmSync(directory, { recursive: true, force: true });
      assert.deepEqual(told, [], 'no secret is kept in a file');
    },
  };
}

/** All secrets of all tests begin with this: what a server prints or keeps must not have it. */
const CANARY = 'canary-';

/** What a server may have written: beside its code and packages. */
function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'runtime' ? [] : filesBelow(path);
    return entry.isFile() && entry.name !== '.env' && entry.name !== 'model.ts' ? [path] : [];
  });
}

export interface TestServer {
  url: string;
  process: ChildProcess;
  /** Everything it has printed. */
  output(): string;
  get(path: string): Promise<{ status: number; body: Record<string, unknown> }>;
  post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Ends it with a signal; resolves with its exit code, or the signal that killed it. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Resolves when the project's training has ended. */
  trained(project?: string): Promise<void>;
}

/** Starts the project's server on a free port; resolves when /health answers, rejects with its output when it exits. */
export async function startProject(
  { directory }: TestProject,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<TestServer> {
  const port = await freePort();
  const child = spawn(process.execPath, ['runtime/start.js', '--port', String(port), '--host', '127.0.0.1', ...args], {
    cwd: directory,
    env: { ...process.env, WOW_AI_API_KEY: `${CANARY}api-key`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exited = new Promise<number | NodeJS.Signals>((done) => {
    child.once('close', (code, signal) => done(code ?? signal ?? -1));
  });
  const url = `http://127.0.0.1:${port}`;
  const ask = async (
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(url + path, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const latest = performance.now() + 30_000;
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  while (
    !(await fetch(`${url}/ready`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (performance.now() > latest) {
      child.kill('SIGKILL');
      throw new Error(`the server did not answer within 30 s:\n${output}`);
    }
    if (gone) throw new Error(`the server ended with ${await exited}:\n${output}`);
    await new Promise((done) => setTimeout(done, 30));
  }
  return {
    url,
    process: child,
    output: () => output,
    get: (path) => ask(path),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const how = await exited;
      assert.ok(!output.includes(CANARY), `a secret was printed:\n${output}`);
      return how;
    },
    async trained(project = '12') {
      const end = Date.now() + 20_000;
      while ((await ask(`/is_training?project=${project}`)).body.is_training) {
        if (Date.now() > end) throw new Error(`the training did not end:\n${output}`);
        await new Promise((done) => setTimeout(done, 30));
      }
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : reject(new Error('no port'))));
    });
  });
}

/** An ANNOTATION_CREATED body as servers of today send it. */
export function annotationEvent(
  id: number,
  text: string,
  label: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const result = [
    { id: `r${id}`, from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: [label] } },
  ];
  return {
    action: 'ANNOTATION_CREATED',
    annotation: { id, task: id, result, was_cancelled: false, ground_truth: false, completed_by: 1, ...more },
    task: { id, data: { text }, project: 12 },
    project: { id: 12, title: 'Reviews', task_data_password: 'canary-password-in-payload' },
  };
}
