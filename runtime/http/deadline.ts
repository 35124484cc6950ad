/** Ends a prediction that takes too long or that nobody waits for any more. */

import type { IncomingMessage } from 'node:http';
import { InputError } from '../errors.ts';

/** Costs nothing until something is waited for or the model looks at the signal. */
export class Deadline {
  readonly #ms: number;
  readonly #incoming: IncomingMessage | undefined;
  readonly #started = performance.now();
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #over: Error | undefined;
  #expire: (error: Error) => void = () => {};

  /** @param ms from now on. */
  constructor(ms: number, incoming: IncomingMessage | undefined) {
    this.#ms = ms;
    this.#incoming = incoming;
  }

  /** Aborted at the deadline, or when the caller hangs up. */
  get signal(): AbortSignal {
    this.#watch();
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#over) this.#controller.abort(this.#over);
    }
    return this.#controller.signal;
  }

  /** The promise's outcome, or InputError 503 at the deadline. */
  race<T>(work: Promise<T>): Promise<T> {
    this.#watch();
    return new Promise((resolve, reject) => {
      this.#expire = reject;
      work.then(resolve, reject);
    });
  }

  end(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#incoming?.socket.off('close', this.#hungUp);
  }

  #watch(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(this.#expired, this.#started + this.#ms - performance.now());
    if (this.#incoming?.socket.destroyed) this.#hungUp();
    else this.#incoming?.socket.once('close', this.#hungUp);
  }

  readonly #expired = (): void => {
    const error = new InputError(
      `the prediction took longer than ${this.#ms / 1000} s (PREDICT_TIMEOUT): send fewer tasks at a time`,
      503,
    );
    this.#abort(error);
    this.#expire(error);
  };

  readonly #hungUp = (): void => this.#abort(new Error('the caller hung up'));

  #abort(reason: Error): void {
    this.#over ??= reason;
    this.#controller?.abort(this.#over);
  }
}
