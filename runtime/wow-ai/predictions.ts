/** Hands predictions to the labeling server where an answer came too late for them. */

import { InputError } from '../errors.ts';
import type { Prediction, Task } from '../types.ts';
import { createAuthorization } from './token.ts';

export type Deliver = (task: Task, prediction: Prediction | Prediction[]) => Promise<void>;

/** The server is told one prediction at a time, in milliseconds at most. */
const PATIENCE = 30_000;

/** Undefined where host or key are missing: then nobody can be told. */
export function createDeliver({
  host,
  apiKey,
}: {
  host: string | undefined;
  apiKey: string | undefined;
}): Deliver | undefined {
  if (host === undefined || apiKey === undefined) return undefined;
  const authorize = createAuthorization(host, apiKey);
  return async (task, predictions) => {
    if (task.id === undefined) return;
    for (const { result, score, model_version } of [predictions].flat()) {
      const response = await fetch(`${host}/api/predictions/`, {
        method: 'POST',
        headers: { ...(await authorize()), 'content-type': 'application/json' },
        body: JSON.stringify({ task: task.id, result, score, model_version }),
        // A key goes to its own host only.
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      await response.body?.cancel();
      if (!response.ok) {
        throw new InputError(
          `${host} did not take a late prediction for task ${task.id}: status ${response.status}`,
          502,
        );
      }
    }
  };
}
