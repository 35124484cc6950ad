/** A stage for deploy:gcp: a project, a gcloud that writes down what it is asked, a service that answers. */

import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const KEY = 'the-key-of-the-server';

/** Answers like gcloud for a project that is in state.json; STUB_FAIL is "words of a command|what it says on stderr". */
const STUB = `#!${process.execPath}
import fs from 'node:fs';
const args = process.argv.slice(2).filter((arg) => !/^--(project=|quiet$)/.test(arg));
const words = args.filter((arg) => !arg.startsWith('--')).join(' ');
const stdin = words.includes('versions add') ? fs.readFileSync(0, 'utf8') : '';
const file = process.env.STUB_DIR + '/state.json';
const state = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { accounts: [], secrets: {} };
fs.appendFileSync(process.env.STUB_DIR + '/calls.jsonl', JSON.stringify({ words, args, stdin, all: process.argv.slice(2) }) + '\\n');
const [failing, text] = (process.env.STUB_FAIL || '').split('|');
const no = (message) => { process.stderr.write('ERROR: (gcloud) ' + message + '\\n'); process.exit(1); };
if (failing && words.startsWith(failing)) no(text);
const secret = args.map((arg) => /^--secret=(.*)/.exec(arg)).find(Boolean)?.[1];
const say = (value) => process.stdout.write(value + '\\n');
const answers = {
  'projects describe': () => say('1234'),
  'services list': () => say((process.env.STUB_APIS || '').split(',').join('\\n')),
  'run regions list': () => say('us-central1\\neurope-west1'),
  'iam service-accounts describe': (id) => (state.accounts.includes(id.split('@')[0]) ? say(id) : no('NOT_FOUND: Unknown service account')),
  'iam service-accounts create': (id) => state.accounts.push(id),
  'secrets describe': (id) => (state.secrets[id] ? say(id) : no('NOT_FOUND: Secret not found')),
  'secrets create': (id) => (state.secrets[id] = []),
  'secrets versions access latest': () => process.stdout.write(state.secrets[secret].at(-1) ?? no('NOT_FOUND: no versions')),
  'secrets versions describe latest': () => say('projects/1234/secrets/x/versions/' + state.secrets[secret].length),
  'secrets versions add': (id) => say('projects/1234/secrets/x/versions/' + state.secrets[id].push(stdin)),
  'run deploy': () => say(JSON.stringify({ status: { url: process.env.STUB_URL, traffic: [JSON.parse(process.env.STUB_TRAFFIC || '{"latestRevision":true,"percent":100}')] } })),
  'builds list': () => say('https://console.example/build/1'),
};
const name = Object.keys(answers).find((start) => words.startsWith(start));
if (name) answers[name](words.slice(name.length + 1));
fs.writeFileSync(file, JSON.stringify(state));
`;

export interface Call {
  words: string;
  args: string[];
  all: string[];
  stdin: string;
}
export interface Run {
  code: number;
  output: string;
  calls: Call[];
}
export interface Stage {
  run(args: string[], env?: Record<string, string>): Promise<Run>;
}

/** A project with deploy/, a gcloud on the PATH, and a service that answers /health and asks the others for a password. */
export async function onStage(act: (stage: Stage) => Promise<void>, elsewhere = 401): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-test-'));
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/health' ? 200 : elsewhere;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/gcloud'), STUB);
  chmodSync(join(folder, 'bin/gcloud'), 0o755);
  cpSync(resolve(import.meta.dirname, '../../templates/base/deploy'), join(folder, 'deploy'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name": "my-backend", "type": "module"}');
  writeFileSync(join(folder, 'key.txt'), `${KEY}\n`);
  const calls = join(folder, 'calls.jsonl');
  try {
    await act({
      run: async (args, env = {}) => {
        rmSync(calls, { force: true });
        const all = {
          PATH: join(folder, 'bin'),
          STUB_DIR: folder,
          STUB_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
          ...env,
        };
        const { code, output } = await runNode(['deploy/gcp.ts', ...args], folder, all);
        const lines = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
        return { code, output, calls: lines.map((line) => JSON.parse(line) as Call) };
      },
    });
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

function runNode(args: string[], cwd: string, env: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
    child.stdin?.end();
  });
}
