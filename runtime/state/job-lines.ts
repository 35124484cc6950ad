/** What a training printed: the last lines of each job. */

import type { LogLevel } from '../log.ts';
import type { Database } from './database.ts';

export interface JobLine {
  /** Milliseconds since 1970. */
  at: number;
  level: LogLevel;
  text: string;
}

/** Per job: older lines beyond either go. */
export const MOST_LINES = 1_000;
const MOST_CHARACTERS = 256 * 1024;

export class JobLines {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** To be called inside a write. */
  append(job: number, lines: readonly JobLine[]): void {
    if (lines.length === 0) return;
    const { last } = this.#database
      .sql('SELECT coalesce(max(number), 0) AS last FROM job_lines WHERE job = ?')
      .get(job) as { last: number };
    const insert = this.#database.sql('INSERT INTO job_lines (job, number, at, level, text) VALUES (?, ?, ?, ?, ?)');
    for (const [index, { at, level, text }] of lines.entries()) insert.run(job, last + 1 + index, at, level, text);
    this.#database
      .sql(
        `DELETE FROM job_lines WHERE job = ?1 AND number <= coalesce((
           SELECT max(number) FROM (
             SELECT number, row_number() OVER newest AS lines, sum(length(text)) OVER newest AS characters
             FROM job_lines WHERE job = ?1 WINDOW newest AS (ORDER BY number DESC)
           ) WHERE lines > ${MOST_LINES} OR characters > ${MOST_CHARACTERS}), 0)`,
      )
      .run(job);
  }

  /** Oldest first. */
  of(job: number): JobLine[] {
    return this.#database
      .sql('SELECT at, level, text FROM job_lines WHERE job = ? ORDER BY number')
      .all(job) as unknown as JobLine[];
  }
}
