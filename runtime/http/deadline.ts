/** Ends a prediction that takes too long or that nobody waits for any more. */

import type { IncomingMessage } from 'node:http';
import { InputError } from '../errors.ts';

/** Costs nothing until something is waited for or the model looks at the signal. */
export class Deadline {
  readonly #ms: number;
  readonly #incoming: IncomingMessage | undefined;
  readonly #started = performance.now();
  #controller: AbortController | undefined;
  #over: Error | undefined;
  #expire: ((error: Error) => void) | undefined;
  /** Set while the clock runs and the caller is watched. */
  #unwatch: (() => void) | undefined;

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
    this.#unwatch?.();
  }

  #watch(): void {
    if (this.#unwatch) return;
    const socket = this.#incoming?.socket;
    const hungUp = (): void => this.#abort(new Error('the caller hung up'));
    const timer = setTimeout(() => this.#expired(), this.#started + this.#ms - performance.now());
    if (socket?.destroyed) hungUp();
    else socket?.once('close', hungUp);
    this.#unwatch = () => {
      clearTimeout(timer);
      socket?.off('close', hungUp);
    };
  }

  #expired(): void {
    const error = new InputError(
      `the prediction took longer than ${this.#ms / 1000} s (PREDICT_TIMEOUT): send fewer tasks at a time`,
      503,
    );
    this.#abort(error);
    this.#expire?.(error);
  }

  #abort(reason: Error): void {
    this.#over ??= reason;
    this.#controller?.abort(this.#over);
  }
}
