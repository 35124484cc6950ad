/** One prediction under way: whether anybody still waits for it, and where its results go as they come. */

import type { Task } from '../types.ts';
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
  /** Of the tasks, where late ones can be handed over. */
  ids?: Task['id'][];
}

/** Takes the results of a request: first the head, then the parts in order. */
export interface Sink {
  head(head: Head): void;
  part(part: Part): void;
}

/** Costs nothing until somebody looks at the signal or cancels. */
export class Work {
  #controller: AbortController | undefined;
  #cancelled = false;
  /** Told once: where the work is done in another process. */
  onCancel: (() => void) | undefined;

  /** Nobody wants the rest. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#cancelled) this.#controller.abort(gone());
    return this.#controller.signal;
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.onCancel?.();
    this.#controller?.abort(gone());
  }
}

const gone = (): Error => new Error('nobody waits for this prediction any more');
