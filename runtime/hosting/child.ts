/** One model process as the server sees it: started, spoken to by a pipe, gone at some time. */

import { type ChildProcess, spawn } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { InputError, ModelError, UnavailableError } from '../errors.ts';
import type { Log, LogLevel } from '../log.ts';
import { copyLines, environmentOf } from './children.ts';
import { createSend, type Frame, FrameReader, type Kind, type Send, SMALL } from './frames.ts';
import type { Beat, Failure, ProcessOrder } from './model-process.ts';
import type { ModelFacts, ProcessStatus } from './runner.ts';
import type { Head, Part, Sink, Work } from './work.ts';

interface Pending {
  resolve(): void;
  reject(error: unknown): void;
  sink?: Sink;
  /** Milliseconds since the process started. */
  since: number;
}

export class Child {
  /** Resolves when its model class is loaded; rejects with what is wrong with that. */
  readonly hello: Promise<ModelFacts>;
  /** Resolves with how it ended. */
  readonly gone: Promise<string>;
  state: ProcessStatus['state'] = 'starting';
  heard = performance.now();
  readonly #process: ChildProcess;
  readonly #send: Send;
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  #beat: Beat = { rss: 0, models: 0, waiting: 0 };
  #lastWords = '';
  #facts: ((facts: ModelFacts) => void) | undefined;

  constructor(order: ProcessOrder, log: Log) {
    const script = fileURLToPath(new URL('./model-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      // What the server has compiled, the child need not.
      env: environmentOf(getCompileCacheDir()),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#process = child;
    const pipe = child.stdio[3] as Duplex;
    this.#send = createSend(pipe);
    const reader = new FrameReader();
    pipe.on('data', (chunk: Buffer) => {
      for (const frame of reader.push(chunk)) this.#take(frame, log);
    });
    // A process that is gone says so by its exit; what it was still to be told does not matter.
    pipe.on('error', () => {});
    copyLines(child.stdout, (line) => log.info(line));
    copyLines(child.stderr, (line) => {
      this.#lastWords = line;
      log.warn(line);
    });
    const facts = new Promise<ModelFacts>((resolve) => {
      this.#facts = resolve;
    });
    this.gone = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
    });
    void this.gone.then((how) => this.#end(how));
    this.hello = Promise.all([facts, this.ask('init', order)]).then(([known]) => {
      this.state = 'up';
      return known;
    });
    this.hello.catch(() => {});
  }

  get status(): ProcessStatus {
    return { pid: this.#process.pid ?? 0, state: this.state, pending: this.#pending.size, ...this.#beat };
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** Milliseconds that the oldest request has waited. */
  get oldest(): number {
    for (const { since } of this.#pending.values()) return performance.now() - since;
    return 0;
  }

  /** Resolves when it has done what was asked. */
  ask(kind: Kind, header?: unknown): Promise<void> {
    return this.#request(kind, header);
  }

  tell(kind: Kind, header: unknown): void {
    this.#send(kind, 0, header);
  }

  run(body: Buffer, work: Work, sink: Sink): Promise<void> {
    const id = this.#next;
    work.onCancel = () => this.#send('cancelled', id);
    return this.#request('predict', undefined, body, sink);
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #request(kind: Kind, header: unknown, payload?: Buffer, sink?: Sink): Promise<void> {
    const id = this.#next;
    this.#next = id === 0xffffffff ? 1 : id + 1;
    return new Promise((resolve, reject) => {
      if (this.state === 'gone') return reject(this.#unavailable('it has ended'));
      this.#pending.set(id, { resolve, reject, since: performance.now(), ...(sink && { sink }) });
      this.#send(kind, id, header, payload);
    });
  }

  #take({ kind, id, header, payload }: Frame, log: Log): void {
    this.heard = performance.now();
    const pending = this.#pending.get(id);
    if (kind === 'hello') this.#facts?.(header as ModelFacts);
    else if (kind === 'beat') this.#beat = header as Beat;
    else if (kind === 'log') {
      const { level, message, fields } = header as {
        level: LogLevel;
        message: string;
        fields: Record<string, unknown>;
      };
      log[level](message, fields);
    } else if (kind === 'part') takePart(pending?.sink, header as SentPart, payload);
    else {
      this.#pending.delete(id);
      if (kind === 'done' && header) pending?.sink?.head(header as Head);
      if (kind === 'done') pending?.resolve();
      else pending?.reject(errorOf(header as Failure));
    }
  }

  #end(how: string): void {
    this.state = 'gone';
    const error = this.#unavailable(`${how}${this.#lastWords === '' ? '' : '; the log has its last words'}`);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #unavailable(how: string): UnavailableError {
    return new UnavailableError(`the model process ended before it answered (${how}): try again in a moment`, 2);
  }
}

/** A part as it crosses the pipe: the first brings the head, and what was thrown is its stack. */
type SentPart = Omit<Part, 'results' | 'troubles'> & {
  head?: Head;
  troubles?: (Part['troubles'][number] & { stack?: string })[];
};

function takePart(sink: Sink | undefined, { head, troubles = [], ...place }: SentPart, results: Buffer): void {
  if (head) sink?.head(head);
  const revived = troubles.map(({ stack, ...trouble }) => ({
    ...trouble,
    ...(stack !== undefined && { error: withStack(new Error(trouble.reason), stack) }),
  }));
  // What is small is quicker as text.
  sink?.part({ ...place, results: results.length <= SMALL ? results.toString('utf8') : results, troubles: revived });
}

function errorOf({ kind, status, message, stack }: Failure): Error {
  if (kind === 'input') return new InputError(message, status);
  return withStack(kind === 'model' ? new ModelError(message) : new Error(message), stack);
}

function withStack(error: Error, stack: string | undefined): Error {
  if (stack !== undefined) error.stack = stack;
  return error;
}
