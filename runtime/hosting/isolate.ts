/** A batch through predict(), and where that throws, task by task: one bad task must not cost the others. */

import type { PredictContext } from '../model.ts';
import type { Region, Task } from '../types.ts';
import type { Model } from './load.ts';
import { checkItems } from './results.ts';

/** How long a prediction may take, and whether anybody still waits for it. */
export interface Deadline {
  readonly signal: AbortSignal;
  race<T>(work: Promise<T>): Promise<T>;
}

/** What predict() is told. A class, because an object literal with a getter costs more than the rest of the call. */
export class BatchContext implements PredictContext {
  readonly interactive: boolean;
  readonly drawn: Region[];
  readonly params: Record<string, unknown>;
  readonly #deadline: Deadline;

  constructor(interactive: boolean, drawn: Region[], params: Record<string, unknown>, deadline: Deadline) {
    this.interactive = interactive;
    this.drawn = drawn;
    this.params = params;
    this.#deadline = deadline;
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }

  /** What comes at once needs no timer: while it was made, none could have rung. */
  within<T>(answer: T | Promise<T>): T | Promise<T> {
    return answer instanceof Promise ? this.#deadline.race(answer) : answer;
  }
}

/** When so many tasks have failed and none has succeeded, it is not the tasks: the batch fails as a whole. */
const PATIENCE = 10;

/** One item per task; an Error stands for a task that failed. @throws what predict() throws when it fails for all. */
export async function predictEach(model: Model, tasks: readonly Task[], context: BatchContext): Promise<unknown[]> {
  if (tasks.length === 0) return [];
  try {
    return checkItems(await context.within(model.predict(tasks as Task[], context)), tasks.length);
  } catch (error) {
    if (tasks.length === 1 || context.signal.aborted) throw error;
    return await oneByOne(model, tasks, context, error);
  }
}

async function oneByOne(
  model: Model,
  tasks: readonly Task[],
  context: BatchContext,
  whole: unknown,
): Promise<unknown[]> {
  const items: unknown[] = [];
  let succeeded = 0;
  for (const task of tasks) {
    if (context.signal.aborted || (succeeded === 0 && items.length === PATIENCE)) throw whole;
    try {
      items.push(checkItems(await context.within(model.predict([task], context)), 1)[0]);
      succeeded++;
    } catch (error) {
      items.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  if (succeeded === 0) throw whole;
  return items;
}
