/** What predict() returned, made into what servers accept; what is wrong with one task costs that task alone. */

import { InputError, ModelError } from '../errors.ts';
import { createRegionId } from '../labeling/build/region-parts.ts';
import type { LabelConfig } from '../labeling/config.ts';
import { type Finding, validatePrediction } from '../labeling/validate.ts';
import type { Prediction, Region, Task } from '../types.ts';

/** strict: a wrong prediction is left empty. warn: it is sent, and the log says what is wrong. off: nobody looks. */
export type Validation = 'strict' | 'warn' | 'off';

/** Why a task has an empty prediction, or a questionable one. */
export interface Trouble {
  /** Place of the task in the request. */
  index: number;
  task: number | string | undefined;
  reason: string;
  /** Whether the prediction was left empty for it. */
  dropped: boolean;
  /** What the model threw: for the log alone, since it may hold anything. */
  error?: Error;
}

export interface ResultRules {
  version: string;
  config: LabelConfig;
  validation: Validation;
  /** One prediction per task even where the model gave a list: interactive calls and old servers lose lists. */
  single: boolean;
}

export interface Results {
  results: Array<Prediction | Prediction[]>;
  troubles: Trouble[];
}

/** @throws ModelError when there is not one item per task: a server would assign them to the wrong tasks. */
export function checkItems(items: unknown, tasks: number): unknown[] {
  if (!Array.isArray(items)) {
    throw new ModelError(`predict() must return a list with one prediction per task, got ${typeof items}`);
  }
  if (items.length === tasks) return items;
  throw new ModelError(
    `predict() must return one prediction per task: ${tasks} tasks came, ${items.length} predictions returned`,
  );
}

/** One item per task, in order, whatever the items are: an Error in an item's place is that task's trouble. */
export function toResults(items: readonly unknown[], tasks: readonly Task[], rules: ResultRules): Results {
  const troubles: Trouble[] = [];
  const results = items.map((item, index) => {
    const task = tasks[index] as Task;
    const found: Report = (reason, dropped, error) => {
      troubles.push({ index, task: task.id, reason, dropped, ...(error && { error }) });
    };
    if (!Array.isArray(item)) return toPrediction(item, task, rules, found);
    return rules.single || item.length === 0
      ? toPrediction(item[0], task, rules, found)
      : item.map((one) => toPrediction(one, task, rules, found));
  });
  return { results, troubles };
}

type Report = (reason: string, dropped: boolean, error?: Error) => void;

function toPrediction(
  item: unknown,
  task: Task,
  { version, config, validation }: ResultRules,
  found: Report,
): Prediction {
  const empty: Prediction = { result: [], score: 0, model_version: version };
  // A null item would stop the server's loop over the whole batch.
  if (item === null || item === undefined) return empty;
  if (item instanceof Error) {
    const known = item instanceof InputError || item instanceof ModelError;
    found(known ? item.message : 'the model failed on this task: the log of the ML backend has the reason', true, item);
    return empty;
  }
  const { result, score, ...rest } = item as Partial<Prediction>;
  if (!Array.isArray(result)) {
    found(`predict() must return { result: [regions], score? } for each task, got ${describe(item)}`, true);
    return empty;
  }
  for (const region of result) if (isRegion(region)) region.id ??= createRegionId();
  const given = Number.isNaN(score) ? undefined : score;
  const prediction = { ...rest, result, score: given ?? meanScore(result), model_version: version };
  if (validation === 'off') return prediction;
  const errors = validatePrediction(prediction, config, { task }).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return prediction;
  found(reasonOf(errors), validation === 'strict');
  return validation === 'strict' ? empty : prediction;
}

/** The first of them in full: the rest is mostly its echo. */
function reasonOf([first, ...rest]: Finding[]): string {
  return `${first?.path}: ${first?.message}${rest.length > 0 ? ` (and ${rest.length} more)` : ''}`;
}

function isRegion(region: unknown): region is Region {
  return typeof region === 'object' && region !== null && (region as Region).type !== 'relation';
}

function meanScore(result: readonly Region[]): number {
  const scores = result.map((region) => region?.score).filter((score): score is number => Number.isFinite(score));
  return scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function describe(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `an object with ${Object.keys(value).join(', ') || 'no keys'}`
    : typeof value;
}
