/** The model processes: requests go to the one with least to do; one that crashes, leaks or hangs is replaced. */

import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../errors.ts';
import type { Log } from '../log.ts';
import { Child } from './child.ts';
import type { ServedVersion } from './load.ts';
import type { ProcessOrder } from './model-process.ts';
import type { ModelFacts, ProcessStatus, Runner } from './runner.ts';
import type { Sink, Work } from './work.ts';

export interface PoolParts {
  order: ProcessOrder;
  size: number;
  /** Requests under way and waiting, and their bytes; more are turned away at once. */
  most: { requests: number; bytes: number };
  /** Bytes of memory beyond which a process is replaced; 0 for no limit. */
  memory: number;
  /** Milliseconds after which a request counts as late: a process that is silent by then hangs. */
  timeout: number;
  /** How much longer it may be silent, in milliseconds. */
  grace: number;
  log: Log;
}

/** Wait before the next start of a process that has crashed again, in milliseconds. */
const BACK_OFF = { first: 100, most: 30_000, forgottenAfter: 60_000 } as const;
const LOOK_EVERY = 1_000;

export class Pool implements Runner {
  readonly #parts: PoolParts;
  readonly #children: Child[] = [];
  readonly #watch: NodeJS.Timeout;
  #requests = 0;
  #bytes = 0;
  #crashes = 0;
  #restarts = 0;
  #lastCrash = 0;
  #closed = false;
  /** Those that end because another has taken over. */
  readonly #relieved = new WeakSet<Child>();

  private constructor(parts: PoolParts) {
    this.#parts = parts;
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY).unref();
  }

  /** Resolves when the first process has loaded the model class; rejects with what is wrong with that. */
  static async start(parts: PoolParts): Promise<{ pool: Pool; facts: ModelFacts }> {
    const pool = new Pool(parts);
    const children = Array.from({ length: parts.size }, () => pool.#spawn());
    try {
      const [facts] = await Promise.all(children.map(({ hello }) => hello));
      if (facts === undefined) throw new UnavailableError('there is no model process', 1);
      for (const child of children) pool.#keep(child);
      return { pool, facts };
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  admit(bytes: number): void {
    const { requests, bytes: most } = this.#parts.most;
    if (this.#requests >= requests || (this.#requests > 0 && this.#bytes + bytes > most)) {
      throw new UnavailableError(
        `${this.#requests} predictions are under way (QUEUE_LIMIT is ${requests}): try again in a moment`,
        1,
      );
    }
    this.#pick();
  }

  async run(body: Buffer, work: Work, sink: Sink): Promise<void> {
    this.#requests++;
    this.#bytes += body.length;
    try {
      await this.#pick().run(body, work, sink);
    } finally {
      this.#requests--;
      this.#bytes -= body.length;
    }
  }

  async load(projectId: string): Promise<void> {
    await Promise.all(this.#up().map((child) => child.ask('load', projectId)));
  }

  async stage(projectId: string, version: ServedVersion): Promise<void> {
    const children = this.#up();
    if (children.length === 0) this.#pick();
    await Promise.all(children.map((child) => child.ask('stage', [projectId, version])));
  }

  refresh(projectId: string): void {
    for (const child of this.#up()) child.tell('refresh', projectId);
  }

  status(): ProcessStatus[] {
    return this.#children.map(({ status }) => status);
  }

  /** How often a process had to be replaced. */
  get restarts(): number {
    return this.#restarts;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    const children = [...this.#children];
    for (const child of children) child.kill();
    await Promise.all(children.map(({ gone }) => gone));
  }

  #up(): Child[] {
    return this.#children.filter(({ state }) => state === 'up');
  }

  #pick(): Child {
    let best: Child | undefined;
    for (const child of this.#children) {
      if (child.state === 'up' && (best === undefined || child.pending < best.pending)) best = child;
    }
    if (best) return best;
    throw new UnavailableError('the model process is being started again: try again in a moment', this.#pause() / 1000);
  }

  #spawn(): Child {
    const child = new Child(this.#parts.order, this.#parts.log);
    this.#children.push(child);
    return child;
  }

  /** Sees to it that there is another when this one is gone. */
  #keep(child: Child): void {
    void child.gone.then((how) => {
      this.#children.splice(this.#children.indexOf(child), 1);
      if (this.#closed || this.#relieved.has(child)) return;
      if (performance.now() - this.#lastCrash > BACK_OFF.forgottenAfter) this.#crashes = 0;
      this.#lastCrash = performance.now();
      const pause = this.#pause();
      this.#crashes++;
      this.#parts.log.error('a model process has ended; another is started', { reason: how, pause_ms: pause });
      setTimeout(() => this.#replace(), pause).unref();
    });
  }

  #replace(): Child | undefined {
    if (this.#closed) return undefined;
    this.#restarts++;
    const child = this.#spawn();
    this.#keep(child);
    child.hello.catch((error: unknown) => {
      this.#parts.log.error('a model process could not be started', { error });
      child.kill();
    });
    return child;
  }

  #pause(): number {
    return Math.min(BACK_OFF.most, BACK_OFF.first * 2 ** this.#crashes);
  }

  /** Hangs and leaks. */
  #look(): void {
    const { timeout, grace, memory, log } = this.#parts;
    const now = performance.now();
    for (const child of this.#up()) {
      if (child.pending > 0 && child.oldest > timeout + grace && now - child.heard > grace) {
        log.error('a model process hangs: it is ended', {
          pid: child.status.pid,
          silent_ms: Math.round(now - child.heard),
        });
        child.kill();
      } else if (memory > 0 && !this.#relieved.has(child) && child.status.rss > memory) {
        log.warn('a model process has outgrown MODEL_MEMORY_MB: it is replaced', { ...child.status });
        this.#relieve(child);
      }
    }
  }

  /** Another takes over before this one ends; what it has begun it finishes. */
  #relieve(child: Child): void {
    this.#relieved.add(child);
    const next = this.#replace();
    const end = async (): Promise<void> => {
      await next?.hello.catch(() => {});
      child.state = 'stopping';
      const latest = performance.now() + this.#parts.timeout;
      while (child.pending > 0 && performance.now() < latest) await sleep(50);
      child.kill();
    };
    void end();
  }
}
