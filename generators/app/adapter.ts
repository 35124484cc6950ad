/** What Yeoman talks to: questions go to `prompts`, one at a time; its own log lines go nowhere, since we report ourselves. */

import type { InputOutputAdapter, Logger, ProgressCallback, QueuedAdapter } from '@yeoman/adapter/types';
import type { Asking } from './session.ts';

interface YeomanQuestion {
  name: string;
  type?: string;
  message: string;
  choices?: { name: string; value: unknown }[];
}

export class PromptsAdapter implements QueuedAdapter {
  readonly log: Logger = createSilentLog();
  readonly #abort = new AbortController();
  readonly #asking: Asking | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(asking: Asking | undefined) {
    this.#asking = asking;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async prompt<A extends Record<string, unknown>>(questions: unknown, initialAnswers?: Partial<A>): Promise<A> {
    const answers: Record<string, unknown> = { ...initialAnswers };
    for (const { name, message, choices } of [questions].flat() as YeomanQuestion[]) {
      const options = choices?.map((choice) => ({ title: choice.name, value: choice.value }));
      answers[name] = await this.#asking?.askPrompt(
        options ? { type: 'select', message, choices: options } : { type: 'text', message },
      );
    }
    return answers as A;
  }

  /** Strictly one after the other: the files of a project are handled at once, and two questions would mix. */
  queue<Result>(task: (adapter: InputOutputAdapter) => PromiseLike<Result> | Result): Promise<Result> {
    const result = this.#last.then(() => task(this));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async progress<Result>(task: ProgressCallback<Result>): Promise<Result> {
    return task({ step() {} });
  }

  async onIdle(): Promise<void> {
    await this.#last;
  }

  abort(reason?: unknown): void {
    this.#abort.abort(reason);
  }

  close(): void {
    this.abort();
  }
}

function createSilentLog(): Logger {
  const log = (): Logger => silent;
  const names = [
    'write',
    'writeln',
    'ok',
    'error',
    'colored',
    'skip',
    'force',
    'create',
    'invoke',
    'conflict',
  ] as const;
  const more = ['identical', 'info', 'added', 'removed'] as const;
  const silent = Object.assign(
    log,
    Object.fromEntries([...names, ...more].map((name) => [name, log])),
  ) as unknown as Logger;
  return silent;
}
