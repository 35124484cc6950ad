/** Predicts the tasks of a request, some at a time, so that a large batch neither holds up an annotator nor fills the memory. */

import { setImmediate as breathe } from 'node:timers/promises';
import type { Task } from '../types.ts';
import type { PredictMessage } from '../wire/requests.ts';
import { BatchContext, predictEach } from './isolate.ts';
import { Lanes } from './lanes.ts';
import type { Instance, Models } from './models.ts';
import type { Registry, Served } from './registry.ts';
import { toResults, type Validation } from './results.ts';
import type { Sink, Work } from './work.ts';

/** Most tasks of one call of predict(). */
const MAX_CHUNK = 512;
/** A call that keeps this process busy for longer, in milliseconds, gets fewer tasks; others wait for it. */
const BUSY = { little: 25, much: 250 } as const;
/** The same for a call that waits for something else: what is not answered in time comes in pieces. */
const SLOW = { little: 2_500, much: 10_000 } as const;

export interface PredictorParts {
  registry: Registry;
  models: Models;
  validation: Validation;
  /** Calls of predict() that may run at the same time. */
  concurrency: number;
  /** Say with each part which tasks it is about: needed where late ones are handed to the labeling server. */
  withIds: boolean;
}

export class Predictor {
  readonly #parts: PredictorParts;
  readonly #lanes: Lanes;

  constructor(parts: PredictorParts) {
    this.#parts = parts;
    this.#lanes = new Lanes(parts.concurrency);
  }

  /** Resolves when the model of the project is loaded. */
  async load(projectId: string): Promise<void> {
    const served = this.#parts.registry.find(projectId);
    // A new project has an empty config, and a model may well refuse that: there is nothing to predict yet.
    if (served.config.controls.size > 0) await this.#parts.models.get(served);
  }

  /** Loads the model of a version that is not served yet. Rejects with what its setup() throws. */
  async stage(projectId: string, version: Served['version']): Promise<void> {
    await this.#parts.models.get({ ...this.#parts.registry.find(projectId), version });
  }

  /** Calls of predict() that wait for a place. */
  get waiting(): number {
    return this.#lanes.waiting;
  }

  /** Rejects where the whole request fails: the model cannot be loaded, or predict() fails for every task. */
  async run(message: PredictMessage, work: Work, sink: Sink): Promise<void> {
    const { registry, models } = this.#parts;
    const { project, labelConfig, tasks, interactive, drawn, params } = message;
    const found = registry.withConfig(project, labelConfig);
    const served = found instanceof Promise ? await found : found;
    sink.head({ project, version: served.version.name, tasks: tasks.length, interactive });
    const got = models.get(served);
    const instance = got instanceof Promise ? await got : got;
    const context = new BatchContext(interactive, drawn, params, work);
    for (let at = 0; at < tasks.length && !work.cancelled; ) {
      const chunk = at === 0 && tasks.length <= instance.chunk ? tasks : tasks.slice(at, at + instance.chunk);
      const turn = this.#lanes.enter(interactive);
      if (turn) await turn;
      let items: unknown[];
      try {
        items = await this.#predict(instance, chunk, context, at > 0);
      } finally {
        this.#lanes.leave();
      }
      this.#answer(served, message, chunk, items, at, sink);
      at += chunk.length;
      // A model that never waits would keep this process from hearing of others, and of callers who have gone.
      if (at < tasks.length) await breathe();
    }
  }

  async #predict(instance: Instance, chunk: readonly Task[], context: BatchContext, some: boolean): Promise<unknown[]> {
    const { model, batcher } = instance;
    if (batcher !== undefined) {
      const [task] = chunk;
      if (task === undefined || chunk.length > 1 || context.interactive)
        return predictEach(model, chunk, context, some);
      return [await batcher.predict(task, context.params)];
    }
    const started = performance.now();
    const before = performance.eventLoopUtilization();
    const items = await predictEach(model, chunk, context, some);
    const wall = performance.now() - started;
    // One quick task says nothing about many; this saves the second look at the clock, too.
    if (chunk.length < instance.chunk && wall < BUSY.little) return items;
    const { active } = performance.eventLoopUtilization(before);
    if (active > BUSY.much || wall > SLOW.much) instance.chunk = Math.max(1, Math.floor(chunk.length / 2));
    else if (active < BUSY.little && wall < SLOW.little) instance.chunk = Math.min(MAX_CHUNK, instance.chunk * 2);
    return items;
  }

  #answer(
    { config, version }: Served,
    { interactive, onePerTask }: PredictMessage,
    chunk: readonly Task[],
    items: readonly unknown[],
    at: number,
    sink: Sink,
  ): void {
    const { validation, withIds } = this.#parts;
    const rules = { version: version.name, config, validation, single: interactive || onePerTask };
    const { results, troubles } = toResults(items, chunk, rules);
    for (const trouble of troubles) trouble.index += at;
    const ids = withIds ? chunk.map(({ id }) => id) : undefined;
    sink.part({
      at,
      count: results.length,
      results: JSON.stringify(results).slice(1, -1),
      troubles,
      ...(ids && { ids }),
    });
  }
}
