/** The answer to one /predict: gathers the parts as they come; at the deadline, what is ready is sent and the rest left empty. */

import { ModelError, UnavailableError } from '../errors.ts';
import type { Trouble } from './results.ts';
import type { Head, Part, Sink } from './work.ts';

export interface Answer {
  /** JSON. */
  body: string | Buffer<ArrayBuffer>;
  head: Head;
  troubles: Trouble[];
  /** Tasks that were not ready. */
  late: number;
}

export class Gathering implements Sink {
  #head: Head | undefined;
  readonly #parts: Part['results'][] = [];
  readonly #troubles: Trouble[] = [];
  #ready = 0;
  #answered = false;
  readonly #late: ((part: Part) => void) | undefined;

  /** @param late takes the parts that come after the answer */
  constructor(late?: (part: Part) => void) {
    this.#late = late;
  }

  head(head: Head): void {
    this.#head = head;
  }

  part(part: Part): void {
    if (this.#answered) {
      this.#late?.(part);
      return;
    }
    const { results, count, troubles } = part;
    this.#parts.push(results);
    this.#ready += count;
    for (const trouble of troubles) this.#troubles.push(trouble);
  }

  /** Everything has come. */
  whole(): Answer {
    if (!this.#head) throw new ModelError('the prediction ended without a result');
    return this.#answer(this.#head, 0);
  }

  /** @throws UnavailableError when nothing is ready: an empty answer would be saved as a prediction */
  inTime(seconds: number): Answer {
    if (!this.#head || this.#ready === 0) {
      this.#answered = true;
      throw new UnavailableError(
        `the prediction took longer than ${seconds} s (PREDICT_TIMEOUT): send fewer tasks at a time`,
        10,
      );
    }
    const { tasks, version } = this.#head;
    const late = tasks - this.#ready;
    const empty = JSON.stringify({ result: [], score: 0, model_version: version });
    this.#parts.push(Array.from({ length: late }, () => empty).join(','));
    const reason = `not ready after ${seconds} s (PREDICT_TIMEOUT)`;
    for (let index = this.#ready; index < tasks; index++) {
      this.#troubles.push({ index, task: undefined, reason, dropped: true });
    }
    return this.#answer(this.#head, late);
  }

  #answer(head: Head, late: number): Answer {
    this.#answered = true;
    // Servers read past `errors`; a person with curl does not.
    const errors = this.#troubles.map(({ index, task, reason }) => ({ index, task, reason }));
    const end = `],"model_version":${JSON.stringify(head.version)}${errors.length > 0 ? `,"errors":${JSON.stringify(errors)}` : ''}}`;
    return { body: join('{"results":[', this.#parts, end), head, troubles: this.#troubles, late };
  }
}

function join(start: string, parts: readonly (string | Buffer)[], end: string): string | Buffer<ArrayBuffer> {
  if (parts.every((part) => typeof part === 'string')) return start + parts.join(',') + end;
  const pieces = parts.flatMap((part, index) => [
    Buffer.from(index === 0 ? start : ','),
    typeof part === 'string' ? Buffer.from(part) : part,
  ]);
  return Buffer.concat([...pieces, Buffer.from(parts.length === 0 ? start + end : end)]);
}
