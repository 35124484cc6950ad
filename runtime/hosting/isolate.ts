/** A batch through predict(), and where that throws, task by task: one bad task must not cost the others. */

import type { PredictContext } from '../model.ts';
import type { Region, Task } from '../types.ts';
import type { Model } from './load.ts';
import { checkItems } from './results.ts';
import type { Work } from './work.ts';

/** What predict() is told. A class, because an object literal with a getter costs more than the rest of the call. */
export class BatchContext implements PredictContext {
  readonly interactive: boolean;
  readonly drawn: Region[];
  readonly params: Record<string, unknown>;
  readonly #work: Work;

  constructor(interactive: boolean, drawn: Region[], params: Record<string, unknown>, work: Work) {
    this.interactive = interactive;
    this.drawn = drawn;
    this.params = params;
    this.#work = work;
  }

  get signal(): AbortSignal {
    return this.#work.signal;
  }

  get cancelled(): boolean {
    return this.#work.cancelled;
  }
}

/** When so many tasks have failed and none has succeeded, it is not the tasks: the batch fails as a whole. */
const PATIENCE = 10;

/**
 * One item per task; an Error stands for a task that failed.
 * @param some tasks of the same request have succeeded before: then what fails are the tasks
 * @throws what predict() throws when it fails for all
 */
export async function predictEach(
  model: Model,
  tasks: readonly Task[],
  context: BatchContext,
  some = false,
): Promise<unknown[]> {
  if (tasks.length === 0) return [];
  try {
    const items = model.predict(tasks as Task[], context);
    return checkItems(items instanceof Promise ? await items : items, tasks.length);
  } catch (error) {
    if ((tasks.length === 1 && !some) || context.cancelled) throw error;
    return oneByOne(model, tasks, context, error, some);
  }
}

async function oneByOne(
  model: Model,
  tasks: readonly Task[],
  context: BatchContext,
  whole: unknown,
  some: boolean,
): Promise<unknown[]> {
  const items: unknown[] = [];
  let succeeded = some ? 1 : 0;
  for (const task of tasks) {
    if (context.cancelled || (succeeded === 0 && items.length === PATIENCE)) throw whole;
    try {
      items.push(checkItems(await model.predict([task], context), 1)[0]);
      succeeded++;
    } catch (error) {
      items.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  if (succeeded === 0) throw whole;
  return items;
}
