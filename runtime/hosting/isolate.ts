/** A batch through predict(), and where that throws, task by task: one bad task must not cost the others. */

import type { PredictContext } from '../model.ts';
import type { Task } from '../types.ts';
import type { Model } from './load.ts';
import { checkItems } from './results.ts';

/** When so many tasks have failed and none has succeeded, it is not the tasks: the batch fails as a whole. */
const PATIENCE = 10;

/** One item per task; an Error stands for a task that failed. @throws what predict() throws when it fails for all. */
export async function predictEach(model: Model, tasks: readonly Task[], context: PredictContext): Promise<unknown[]> {
  if (tasks.length === 0) return [];
  try {
    return checkItems(await model.predict([...tasks], context), tasks.length);
  } catch (error) {
    if (tasks.length === 1 || context.signal.aborted) throw error;
    return await oneByOne(model, tasks, context, error);
  }
}

async function oneByOne(
  model: Model,
  tasks: readonly Task[],
  context: PredictContext,
  whole: unknown,
): Promise<unknown[]> {
  const items: unknown[] = [];
  let succeeded = 0;
  for (const task of tasks) {
    if (context.signal.aborted || (succeeded === 0 && items.length === PATIENCE)) throw whole;
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
