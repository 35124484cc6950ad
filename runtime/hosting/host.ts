/** What is served: a registry of projects and versions, and a runner that has their models. */

import type { IncomingMessage } from 'node:http';
import type { Log } from '../log.ts';
import type { SetupMessage } from '../wire/requests.ts';
import type { Deliver } from '../wow-ai/predictions.ts';
import { type Answer, Gathering } from './answer.ts';
import type { ServedVersion } from './load.ts';
import type { Registry } from './registry.ts';
import type { ProcessStatus, Runner } from './runner.ts';
import { type Part, Work } from './work.ts';

export interface PredictRequest {
  body: Buffer;
  /** Milliseconds until what is ready is answered. */
  timeout: number;
  /** Watched for a caller who hangs up. */
  incoming?: IncomingMessage | undefined;
}

export class Host {
  readonly #registry: Registry;
  readonly #runner: Runner;
  readonly #deliver: Deliver | undefined;
  readonly #log: Log;

  /** @param deliver hands late predictions to the labeling server; undefined where there is no key for it */
  constructor(registry: Registry, runner: Runner, deliver: Deliver | undefined, log: Log) {
    this.#registry = registry;
    this.#runner = runner;
    this.#deliver = deliver;
    this.#log = log;
  }

  /** The version that /setup reports and every prediction carries. */
  version(projectId: string): string {
    return this.serving(projectId).name;
  }

  serving(projectId: string): ServedVersion {
    return this.#registry.find(projectId).version;
  }

  /** Remembers what /setup sent. @throws InputError on a malformed config */
  async setup(message: SetupMessage): Promise<void> {
    await this.#registry.setup(message);
    this.#runner.refresh(message.project);
  }

  /** Resolves when the project's model is ready to predict. */
  ready(projectId: string): Promise<void> {
    return this.#runner.load(projectId);
  }

  /** A labeling config that came with an event; a malformed one is the event's own trouble and changes nothing. */
  async adopt(projectId: string, labelConfig: string | undefined): Promise<void> {
    if (!labelConfig) return;
    const before = this.#registry.find(projectId);
    const after = await this.#registry.withConfig(projectId, labelConfig);
    if (after !== before) this.#runner.refresh(projectId);
  }

  /** Loads the model of a version that is not served yet; the returned function puts it in place. */
  async stage(projectId: string, version: ServedVersion): Promise<() => void> {
    await this.#runner.stage(projectId, version);
    return () => this.refresh(projectId);
  }

  /** The state has changed: from the next request on, what it says is served. */
  refresh(projectId: string): void {
    this.#registry.forget(projectId);
    this.#runner.refresh(projectId);
  }

  /** @throws UnavailableError when there is no room for a request of so many bytes */
  admit(bytes: number): void {
    this.#runner.admit(bytes);
  }

  status(): ProcessStatus[] {
    return this.#runner.status();
  }

  get restarts(): number {
    return this.#runner.restarts;
  }

  close(): Promise<void> {
    return this.#runner.close();
  }

  /** What is ready at the deadline is answered; the rest goes to the labeling server where that can be. */
  predict({ body, timeout, incoming }: PredictRequest): Promise<Answer> {
    const deliver = this.#deliver;
    const work = new Work();
    const gathering = new Gathering(deliver && ((part) => this.#handOver(deliver, part)));
    const socket = incoming?.socket;
    const hungUp = (): void => work.cancel();
    if (socket?.destroyed) hungUp();
    else socket?.once('close', hungUp);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        socket?.off('close', hungUp);
        try {
          resolve(gathering.inTime(timeout / 1000));
        } catch (error) {
          reject(error);
        }
        if (!deliver) work.cancel();
      }, timeout);
      const end = (): void => {
        clearTimeout(timer);
        socket?.off('close', hungUp);
      };
      this.#runner
        .run(body, work, gathering)
        .then(() => resolve(gathering.whole()))
        .catch(reject)
        .finally(end);
    });
  }

  #handOver(deliver: Deliver, { ids = [], results }: Part): void {
    deliver(ids, `[${results}]`).then(
      () => this.#log.info('late predictions have been handed to the labeling server', { tasks: ids.length }),
      (error: unknown) => this.#log.error('late predictions are lost', { tasks: ids.length, error }),
    );
  }
}
