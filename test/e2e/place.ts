/** A temporary folder and the processes that work in it: both end together, also when a test fails or is killed. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { shellEnvironment } from './shell.ts';

export interface Order {
  cwd?: string;
  /** On top of the environment of the user's shell; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** Until it counts as hanging. */
  seconds?: number;
}

export interface Ran {
  command: string;
  /** Exit code, or the signal that ended it. */
  ended: number | string;
  /** Standard output and error as they came. */
  output: string;
  stdout: string;
}

export interface Running {
  pid: number;
  output(): string;
  /** Resolves with what `ask` gives once it is not undefined. Rejects with the output when the process ends, or time is up. */
  until<Value>(what: string, ask: () => Promise<Value | undefined> | Value | undefined): Promise<Value>;
  /** Signals the whole group, as a terminal's Ctrl-C does; resolves with how the process ended once all of it is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
  ended: Promise<number | string>;
}

export class Place {
  readonly directory: string;
  /** Leaders of process groups that may still run. */
  readonly #groups = new Set<number>();
  readonly #clear = () => this.clear();
  readonly #end = () => process.exit(143);

  constructor(name: string) {
    this.directory = realpathSync(mkdtempSync(join(tmpdir(), `wow-ai-ml-${name}-`)));
    process.on('exit', this.#clear);
    process.on('SIGTERM', this.#end);
  }

  /** A new folder in it. */
  folder(name: string): string {
    const path = join(this.directory, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Runs a command to its end. Rejects with its output when it hangs. */
  async run(command: string, args: readonly string[], { seconds = 60, ...order }: Order = {}): Promise<Ran> {
    const { child, streams, ended } = this.#spawn(command, args, order);
    const late = AbortSignal.timeout(seconds * 1000);
    const hung = new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => reject(failure(`${command} hangs after ${seconds} s:\n${streams.all}`)));
    });
    try {
      const outcome = await Promise.race([ended, hung]);
      return { command: [command, ...args].join(' '), ended: outcome, output: streams.all, stdout: streams.out };
    } finally {
      await this.#endGroup(child);
    }
  }

  /** The same, for commands that have to succeed. */
  async expect(command: string, args: readonly string[], order: Order = {}): Promise<Ran> {
    const ran = await this.run(command, args, order);
    if (ran.ended !== 0) throw failure(`${ran.command} ended with ${ran.ended}:\n${ran.output}`);
    return ran;
  }

  /** Starts what does not end by itself. */
  start(command: string, args: readonly string[], { seconds = 60, ...order }: Order = {}): Running {
    const { child, streams, ended } = this.#spawn(command, args, order);
    const title = [command, ...args].join(' ');
    let outcome: number | string | undefined;
    void ended.then((how) => {
      outcome = how;
    });
    return {
      pid: child.pid ?? 0,
      output: () => streams.all,
      ended,
      async until(what, ask) {
        for (const end = Date.now() + seconds * 1000; ; await pause(40)) {
          const value = await ask();
          if (value !== undefined) return value;
          if (outcome !== undefined) throw failure(`${title} ended with ${outcome} before ${what}:\n${streams.all}`);
          if (Date.now() > end) throw failure(`no ${what} from ${title} within ${seconds} s:\n${streams.all}`);
        }
      },
      stop: async (signal = 'SIGTERM') => {
        signalGroup(child, signal);
        const end = Date.now() + 15_000;
        while (outcome === undefined || membersOf(child).length > 0) {
          if (Date.now() > end) {
            throw failure(`${title}: ${membersOf(child).join(', ')} are there 15 s after ${signal}:\n${streams.all}`);
          }
          await pause(20);
        }
        return outcome;
      },
    };
  }

  /** Kills what still runs and removes the folder. */
  clear(): void {
    process.off('exit', this.#clear);
    process.off('SIGTERM', this.#end);
    for (const pid of this.#groups) signalGroup({ pid }, 'SIGKILL');
    this.#groups.clear();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  #spawn(command: string, args: readonly string[], { cwd = this.directory, env = {} }: Order) {
    // A group of its own, so that npm, its shell and what they start can be ended together.
    const child = spawn(command, args, {
      cwd,
      env: shellEnvironment(env),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) this.#groups.add(child.pid);
    const streams = { all: '', out: '' };
    child.stdout.on('data', (chunk) => {
      streams.out += chunk;
      streams.all += chunk;
    });
    child.stderr.on('data', (chunk) => (streams.all += chunk));
    const ended = new Promise<number | string>((done) => {
      child.once('error', (error) => {
        streams.all += String(error);
        done(-1);
      });
      child.once('close', (code, signal) => done(code ?? signal ?? -1));
    });
    return { child, streams, ended };
  }

  async #endGroup(child: ChildProcess): Promise<void> {
    signalGroup(child, 'SIGKILL');
    if (child.pid !== undefined) this.#groups.delete(child.pid);
  }
}

/** uvu prints the message and then the stack, which begins with it: an installer's output is long enough once. */
function failure(message: string): Error {
  const error = new Error(message.length > 8_000 ? `${message.slice(0, 2_000)}\n…\n${message.slice(-6_000)}` : message);
  error.stack = (error.stack ?? '').replace(/^[\s\S]*?(?=\n {4}at )/, '');
  return error;
}

type Leader = Pick<ChildProcess, 'pid'>;

function signalGroup({ pid }: Leader, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Processes of its group, as 'id name', zombies left out: not every container has an init that buries them at once. */
function membersOf({ pid }: Leader): string[] {
  if (process.platform !== 'linux') return signalGroup({ pid }, 0) ? [`group ${pid}`] : [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const [, command = '', state = '', group = ''] = /\((.*)\) (\S) \d+ (\d+)/s.exec(readStat(name)) ?? [];
      return group === String(pid) && !'ZX'.includes(state) ? [`${name} ${command}`] : [];
    });
}

/** Empty when it has ended by now. */
function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
