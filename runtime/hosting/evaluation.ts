/** Whether a new version may replace the one that is served: both are asked to evaluate() themselves on the same tasks. */

import { ModelError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { EvaluateContext, Metrics } from '../model.ts';
import type { AnnotatedTask } from '../types.ts';
import type { Model } from './load.ts';

export interface Evaluation {
  metrics: Metrics;
  /** How the served version did; undefined where that could not be found out. */
  serving: { version: string; score: number } | undefined;
}

export interface Contest {
  candidate: Model;
  /** The name of the served version. */
  serving: string;
  buildServing: () => Promise<Model>;
  tasks: AsyncIterable<AnnotatedTask>;
  context: EvaluateContext;
  log: Log;
}

export async function judge({ candidate, serving, buildServing, tasks, context, log }: Contest): Promise<Evaluation> {
  const metrics = toMetrics(await candidate.evaluate?.(tasks, context));
  try {
    const model = await buildServing();
    const { score } = toMetrics(await model.evaluate?.(tasks, context));
    return { metrics, serving: { version: serving, score } };
  } catch (error) {
    // One that cannot be judged must not stand in the way for ever.
    log.warn(`${serving}, which is served, could not be evaluated: the new version takes its place`, { error });
    return { metrics, serving: undefined };
  }
}

/** A new version is served unless it did worse. */
export function isPromoted(evaluation: Evaluation | undefined): boolean {
  return evaluation?.serving === undefined || evaluation.metrics.score >= evaluation.serving.score;
}

function toMetrics(value: unknown): Metrics {
  const metrics = value as Metrics;
  const wrong =
    typeof value !== 'object' || value === null || !('score' in value)
      ? [`got ${JSON.stringify(value) ?? typeof value}`]
      : Object.entries(metrics)
          .filter(([, number]) => !Number.isFinite(number))
          .map(([name, number]) => `${name} is ${String(number)}`);
  if (wrong.length === 0) return metrics;
  throw new ModelError(`evaluate() must return numbers, among them "score": ${wrong.join(', ')}`);
}
