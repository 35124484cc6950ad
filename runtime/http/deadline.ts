/** Ends a prediction that takes too long or that nobody waits for any more. */

import type { IncomingMessage } from 'node:http';
import { InputError } from '../errors.ts';

export interface Deadline {
  /** Aborted at the deadline, or when the caller hangs up. Made only when the model looks at it. */
  readonly signal: AbortSignal;
  /** The promise's outcome, or InputError 503 at the deadline. */
  race<T>(work: Promise<T>): Promise<T>;
  end(): void;
}

/** @param ms from now on. */
export function createDeadline(ms: number, incoming: IncomingMessage | undefined): Deadline {
  let controller: AbortController | undefined;
  let over: Error | undefined;
  let expire: (error: Error) => void = () => {};
  const abort = (reason: Error): void => {
    over ??= reason;
    controller?.abort(over);
  };
  const timer = setTimeout(() => {
    const error = new InputError(
      `the prediction took longer than ${ms / 1000} s (PREDICT_TIMEOUT): send fewer tasks at a time`,
      503,
    );
    abort(error);
    expire(error);
  }, ms);
  const hungUp = (): void => abort(new Error('the caller hung up'));
  incoming?.socket.once('close', hungUp);
  return {
    get signal() {
      if (!controller) {
        controller = new AbortController();
        if (over) controller.abort(over);
      }
      return controller.signal;
    },
    race: (work) =>
      new Promise((resolve, reject) => {
        expire = reject;
        work.then(resolve, reject);
      }),
    end() {
      clearTimeout(timer);
      incoming?.socket.off('close', hungUp);
    },
  };
}
