/** One SQLite file per model directory: opened, migrated, and written to in group commits that are durable when answered. */

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SCHEMA_VERSION, upgradeFrom } from './schema.ts';

const FILE = 'state.sqlite';

/** What can be read at one moment. */
export interface Snapshot {
  prepare(text: string): ReturnType<DatabaseSync['prepare']>;
  close(): void;
}

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
    this.directory = resolve(directory);
    this.#sqlite = new DatabaseSync(join(directory, FILE), { timeout: 2_000 });
    this.#sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    if (this.#version() < SCHEMA_VERSION) this.#upgrade();
    if (this.#version() > SCHEMA_VERSION) {
      throw new Error(
        `${join(directory, FILE)} was written by a newer runtime (tables ${this.#version()}, this one knows ${SCHEMA_VERSION}): update runtime/ or choose another --model-dir`,
      );
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
   * The state as it is now, whatever is written meanwhile: a connection of its own, to be closed. While it is open the
   * write-ahead log grows by what is written.
   */
  snapshot(): Snapshot {
    const sqlite = new DatabaseSync(join(this.directory, FILE), { readOnly: true, timeout: 2_000 });
    // A transaction begins to look when it reads first.
    sqlite.exec('BEGIN; SELECT count(*) FROM sqlite_schema;');
    return { prepare: (text) => sqlite.prepare(text), close: () => sqlite.close() };
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

  #version(): number {
    return (this.#sqlite.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  }

  /** Several processes may open the file at once: the first one changes the tables. */
  #upgrade(): void {
    this.#sqlite.exec('BEGIN IMMEDIATE');
    try {
      if (this.#version() < SCHEMA_VERSION) this.#sqlite.exec(upgradeFrom(this.#version()));
      this.#sqlite.exec('COMMIT');
    } catch (error) {
      if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
      throw error;
    }
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
