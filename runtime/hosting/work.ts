/** One prediction under way: whether anybody still waits for it, and where its results go as they come. */

import type { Trouble } from './results.ts';

/** Known as soon as the request has been read. */
export interface Head {
  project: string;
  version: string;
  tasks: number;
  interactive: boolean;
}

/** Some tasks' predictions. */
export interface Part {
  /** Place of the first task in the request. */
  at: number;
  count: number;
  /** Items of a JSON list, joined by commas. */
  results: string | Buffer;
  troubles: Trouble[];
}

/** Takes the results of a request: first the head, then the parts in order. */
export interface Sink {
  head(head: Head): void;
  part(part: Part): void;
}

/** Why a prediction is given up. */
export type GivenUp = 'cancelled' | 'late';

/** Costs nothing until somebody looks at the signal or gives up. */
export class Work {
  #controller: AbortController | undefined;
  #reason: GivenUp | undefined;
  /** Told once, when the work is given up: where it is done in another process. */
  onGiveUp: ((reason: GivenUp) => void) | undefined;

  /** Nobody wants the rest. */
  get cancelled(): boolean {
    return this.#reason === 'cancelled';
  }

  /** The caller has been answered without the rest, which is for the labeling server now. */
  get late(): boolean {
    return this.#reason === 'late';
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.cancelled) this.#controller.abort(new Error('nobody waits for this prediction any more'));
    return this.#controller.signal;
  }

  giveUp(reason: GivenUp): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.onGiveUp?.(reason);
    if (this.cancelled) this.#controller?.abort(new Error('nobody waits for this prediction any more'));
  }
}
