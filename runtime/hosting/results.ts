/** What predict() returned, made into what servers accept: one item per task, one version, no nulls, no NaN. */

import { randomBytes } from 'node:crypto';
import { ModelError } from '../errors.ts';
import type { Prediction, Region } from '../types.ts';

/**
 * @param single one prediction per task even where the model gave a list: interactive calls and old servers lose lists.
 * @throws ModelError when there is not one item per task: a server would assign them to the wrong tasks.
 */
export function toResults(
  items: unknown,
  tasks: number,
  version: string,
  single: boolean,
): Array<Prediction | Prediction[]> {
  if (!Array.isArray(items)) {
    throw new ModelError(`predict() must return a list with one prediction per task, got ${typeof items}`);
  }
  if (items.length !== tasks) {
    throw new ModelError(
      `predict() must return one prediction per task: ${tasks} tasks came, ${items.length} predictions returned`,
    );
  }
  return items.map((item: unknown, index) => {
    if (!Array.isArray(item)) return toPrediction(item, index, version);
    return single || item.length === 0
      ? toPrediction(item[0], index, version)
      : item.map((one) => toPrediction(one, index, version));
  });
}

function toPrediction(item: unknown, index: number, version: string): Prediction {
  // A null item would stop the server's loop over the whole batch.
  if (item === null || item === undefined) return { result: [], score: 0, model_version: version };
  const { result, score, ...rest } = item as Partial<Prediction>;
  if (!Array.isArray(result)) {
    throw new ModelError(`predict(): item ${index} must be { result: [regions], score? }, got ${describe(item)}`);
  }
  for (const region of result) region.id ??= randomBytes(8).toString('base64url').slice(0, 10);
  return {
    ...rest,
    result,
    score: Number.isFinite(score) ? (score as number) : meanScore(result),
    model_version: version,
  };
}

function meanScore(result: readonly Region[]): number {
  const scores = result.map(({ score }) => score).filter((score): score is number => Number.isFinite(score));
  return scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `an object with ${Object.keys(value).join(', ') || 'no keys'}`
    : typeof value;
}
