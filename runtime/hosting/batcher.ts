/** Puts single tasks that come at the same time into one call of predict(), for models that are faster that way. */

import type { Task } from '../types.ts';
import { BatchContext, predictEach } from './isolate.ts';
import type { BatchOptions, Model } from './load.ts';
import { Work } from './work.ts';

interface Waiting {
  task: Task;
  params: Record<string, unknown>;
  resolve(item: unknown): void;
  reject(error: unknown): void;
}

export class Batcher {
  readonly #model: Model;
  readonly #max: number;
  readonly #wait: number;
  readonly #waiting: Waiting[] = [];
  #busy = false;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;

  constructor(model: Model, { max, wait = 0 }: BatchOptions) {
    this.#model = model;
    this.#max = max;
    this.#wait = wait;
  }

  /** One task's item of predict(). Rejects when the model fails on this task. */
  predict(task: Task, params: Record<string, unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, params, resolve, reject });
      if (this.#busy) return;
      if (this.#waiting.length >= this.#max) void this.#flush();
      // Without a wait: what has come by the end of this turn of the event loop.
      else
        this.#timer ??=
          this.#wait > 0 ? setTimeout(() => this.#flush(), this.#wait) : setImmediate(() => this.#flush());
    });
  }

  async #flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer as NodeJS.Timeout);
    clearImmediate(this.#timer as NodeJS.Immediate);
    this.#timer = undefined;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#max);
      const context = new BatchContext(false, [], batch[0]?.params ?? {}, new Work());
      try {
        const tasks = batch.map(({ task }) => task);
        // They belong to different callers: one that fails must not cost the others.
        const items = await predictEach(this.#model, tasks, context, true);
        for (const [index, item] of items.entries()) {
          if (item instanceof Error) batch[index]?.reject(item);
          else batch[index]?.resolve(item);
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#busy = false;
  }
}
