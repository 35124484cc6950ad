/** What a training says while it runs: to the server's log at once, and into the state every now and then. */

import type { Log, LogLevel } from '../log.ts';
import type { Database } from '../state/database.ts';
import { type JobLine, type JobLines, MOST_LINES } from '../state/job-lines.ts';
import type { Jobs } from '../state/jobs.ts';
import type { Report } from './fit.ts';

export interface ReporterParts {
  database: Database;
  jobs: Jobs;
  lines: JobLines;
  log: Log;
  /** Blots out secrets: what is stored can be asked for. */
  redact: (text: string) => string;
}

/** Milliseconds between two writes: each costs the disk a sync. */
const EVERY = 500;
/** A longer line is cut. */
const MOST_CHARACTERS = 4_000;

export class JobReporter implements Report {
  readonly #parts: ReporterParts;
  readonly #job: number;
  #lines: JobLine[] = [];
  #progress: [share: number | undefined, message: string | undefined] | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ReporterParts, job: number) {
    this.#parts = parts;
    this.#job = job;
  }

  line(level: LogLevel, text: string): void {
    const { log, redact } = this.#parts;
    log[level](text, { job: this.#job });
    this.#lines.push({ at: Date.now(), level, text: redact(text).slice(0, MOST_CHARACTERS) });
    if (this.#lines.length > 2 * MOST_LINES) this.#lines = this.#lines.slice(-MOST_LINES);
    this.#soon();
  }

  progress(share: number | undefined, message: string | undefined): void {
    const text = typeof message === 'string' ? this.#parts.redact(message).slice(0, MOST_CHARACTERS) : undefined;
    this.#progress = [share, text];
    this.#soon();
  }

  /** Resolves when all that was said is in the state, or cannot be. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#flush();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => void this.#flush(), EVERY);
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const { database, jobs, lines, log } = this.#parts;
    const [said, progress] = [this.#lines.slice(-MOST_LINES), this.#progress];
    this.#lines = [];
    this.#progress = undefined;
    if (said.length === 0 && progress === undefined) return;
    try {
      await database.write(() => {
        lines.append(this.#job, said);
        if (progress) jobs.note(this.#job, ...progress);
      });
    } catch (error) {
      // The training goes on without: its lines are in the server's log too.
      log.warn('what a training says could not be kept', { job: this.#job, error });
    }
  }
}
