/** One SQLite file per model directory: opened, migrated, and written to in group commits that are durable when answered. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Raised by one with every change of the tables; a file from a newer runtime is refused instead of damaged. */
const SCHEMA_VERSION = 1;

const TABLES = `
CREATE TABLE IF NOT EXISTS projects (
  id TEXT PRIMARY KEY, label_config TEXT NOT NULL DEFAULT '', extra_params TEXT, pinned TEXT, seen_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS strings (
  project TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (project, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tasks (
  seq INTEGER PRIMARY KEY, project TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, batch INTEGER, UNIQUE (project, id)
) STRICT;
CREATE TABLE IF NOT EXISTS annotations (
  seq INTEGER PRIMARY KEY, project TEXT NOT NULL, id TEXT NOT NULL, task TEXT NOT NULL, body TEXT NOT NULL,
  skipped INTEGER NOT NULL, UNIQUE (project, id)
) STRICT;
CREATE INDEX IF NOT EXISTS tasks_in_order ON tasks (project, seq);
CREATE INDEX IF NOT EXISTS annotations_by_task ON annotations (project, task, seq);
CREATE TABLE IF NOT EXISTS jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, event TEXT NOT NULL, batch INTEGER,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER, detail TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_by_status ON jobs (status, project);
CREATE INDEX IF NOT EXISTS jobs_by_project ON jobs (project, id);
CREATE TABLE IF NOT EXISTS versions (
  project TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, job INTEGER NOT NULL UNIQUE, workdir TEXT NOT NULL,
  train_output TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (project, number)
) STRICT;
`;

interface PendingWrite {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

export class Database {
  readonly directory: string;
  readonly #sqlite: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  #pending: PendingWrite[] = [];

  /** Opens `<directory>/state.sqlite`, creating both. Throws what SQLite or the file system throws. */
  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.directory = directory;
    this.#sqlite = new DatabaseSync(join(directory, 'state.sqlite'), { timeout: 2_000 });
    this.#sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    const { user_version } = this.#sqlite.prepare('PRAGMA user_version').get() as { user_version: number };
    if (user_version > SCHEMA_VERSION) {
      throw new Error(
        `${join(directory, 'state.sqlite')} was written by a newer runtime (tables ${user_version}, this one knows ${SCHEMA_VERSION}): update runtime/ or choose another --model-dir`,
      );
    }
    if (user_version < SCHEMA_VERSION) {
      this.#sqlite.exec(`BEGIN IMMEDIATE; ${TABLES} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
    }
  }

  /** A prepared statement, made once per SQL text. */
  sql(text: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#sqlite.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }

  /**
   * Runs `work` in a transaction together with all other writes of this tick and resolves once that is on disk: an
   * fsync per request would cost a webhook burst three times as much. A write that throws undoes itself alone.
   */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#pending.push({ work, resolve, reject });
      if (this.#pending.length === 1) setImmediate(() => this.#commit());
    });
  }

  close(): void {
    this.#commit();
    this.#sqlite.close();
  }

  #commit(): void {
    const writes = this.#pending;
    if (writes.length === 0) return;
    this.#pending = [];
    const settle: Array<() => void> = [];
    try {
      this.#sqlite.exec('BEGIN IMMEDIATE');
      for (const write of writes) settle.push(this.#attempt(write));
      this.#sqlite.exec('COMMIT');
    } catch (error) {
      if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
      for (const { reject } of writes) reject(error);
      return;
    }
    for (const done of settle) done();
  }

  #attempt({ work, resolve, reject }: PendingWrite): () => void {
    this.#sqlite.exec('SAVEPOINT one');
    try {
      const value = work() as never;
      this.#sqlite.exec('RELEASE one');
      return () => resolve(value);
    } catch (error) {
      // A full disk ends the whole transaction: then there is no savepoint left to return to, and nobody was saved.
      if (!this.#sqlite.isTransaction) throw error;
      this.#sqlite.exec('ROLLBACK TO one; RELEASE one');
      return () => reject(error);
    }
  }
}
