/** Hands predictions to the labeling server where an answer came too late for them. */

import { InputError } from '../errors.ts';
import type { Prediction, Task } from '../types.ts';
import { createAuthorization } from './token.ts';

/** The tasks' ids, and a JSON list with what was predicted for each. */
export type Deliver = (ids: readonly Task['id'][], results: string) => Promise<void>;

interface Server {
  host: string | undefined;
  apiKey: string | undefined;
}

/** The server is told one prediction at a time, in milliseconds at most. */
const PATIENCE = 30_000;

export const hasKey = ({ host, apiKey }: Server): boolean => host !== undefined && apiKey !== undefined;

/** Undefined where host or key are missing: then nobody can be told. */
export function createDeliver({ host, apiKey }: Server): Deliver | undefined {
  if (host === undefined || apiKey === undefined) return undefined;
  const authorize = createAuthorization(host, apiKey);
  return async (ids, results) => {
    for (const [index, predictions] of (JSON.parse(results) as (Prediction | Prediction[])[]).entries()) {
      const task = ids[index];
      if (task === undefined) continue;
      for (const { result, score, model_version } of [predictions].flat()) {
        const response = await fetch(`${host}/api/predictions/`, {
          method: 'POST',
          headers: { ...(await authorize()), 'content-type': 'application/json' },
          body: JSON.stringify({ task, result, score, model_version }),
          // A key goes to its own host only.
          redirect: 'error',
          signal: AbortSignal.timeout(PATIENCE),
        });
        await response.body?.cancel();
        if (!response.ok) {
          throw new InputError(
            `${host} did not take a late prediction for task ${task}: status ${response.status}`,
            502,
          );
        }
      }
    }
  };
}
