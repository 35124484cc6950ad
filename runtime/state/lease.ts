/** Who may train on a model directory: one server at a time, known by a lock that ends with its process, however that ends. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export class Lease {
  readonly #file: string;
  #held: DatabaseSync | undefined;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    // SQLite's locks work on every system; Node has none of its own.
    this.#file = join(directory, 'server.lock');
  }

  get held(): boolean {
    return this.#held !== undefined;
  }

  /** False when another process has it. */
  acquire(): boolean {
    if (this.#held) return true;
    const lock = new DatabaseSync(this.#file, { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
      throw error;
    }
    this.#held = lock;
    return true;
  }

  release(): void {
    this.#held?.close();
    this.#held = undefined;
  }
}

const SQLITE_BUSY = 5;
