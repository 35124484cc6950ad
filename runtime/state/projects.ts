/** What is remembered per project: its labeling config, its extra params, a pinned version, and the author's strings. */

import type { StringStore } from '../types.ts';
import type { Database } from './database.ts';

export interface Project {
  id: string;
  /** XML as the server sent it; '' when it has not sent any. */
  labelConfig: string;
  /** As sent: text, or the JSON text of an object. */
  extraParams: string | undefined;
  /** The version that the server asked for; undefined follows the newest. */
  pinned: string | undefined;
  /** The version that a person chose here, or 'untrained'; what the server asks for wins. undefined follows the newest. */
  activated: string | undefined;
}

interface ProjectRow {
  id: string;
  label_config: string;
  extra_params: string | null;
  pinned: string | null;
  activated: string | null;
}

const COLUMNS = 'id, label_config, extra_params, pinned, activated';

export class Projects {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(id: string): Project | undefined {
    const row = this.#database.sql(`SELECT ${COLUMNS} FROM projects WHERE id = ?`).get(id);
    return row ? toProject(row as unknown as ProjectRow) : undefined;
  }

  /** The project that was set up last: what GET /versions without a project means. */
  latest(): Project | undefined {
    const row = this.#database.sql(`SELECT ${COLUMNS} FROM projects ORDER BY seen_at DESC, id LIMIT 1`).get();
    return row ? toProject(row as unknown as ProjectRow) : undefined;
  }

  /** Everything but `activated`, which others change. */
  save({ id, labelConfig, extraParams, pinned }: Project): Promise<void> {
    return this.#database.write(() => {
      this.#database
        .sql(
          `INSERT INTO projects (id, label_config, extra_params, pinned, seen_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET label_config = excluded.label_config, extra_params = excluded.extra_params,
             pinned = excluded.pinned, seen_at = excluded.seen_at`,
        )
        .run(id, labelConfig, extraParams ?? null, pinned ?? null, Date.now());
    });
  }

  /** Writes what changes nothing: fails where the disk is full or cannot be written. To be called inside a write. */
  touch(): void {
    this.#database
      .sql("INSERT OR REPLACE INTO strings (project, key, value) VALUES ('', 'ready', ?)")
      .run(`${Date.now()}`);
  }

  /** To be called inside a write: what a person chooses replaces what the server asked for, until that asks again. */
  activate(id: string, version: string | undefined): void {
    this.#database
      .sql(
        `INSERT INTO projects (id, activated, seen_at) VALUES (?, ?, 0)
         ON CONFLICT (id) DO UPDATE SET activated = excluded.activated, pinned = NULL`,
      )
      .run(id, version ?? null);
  }

  /** The author's own strings: `get`, `set` and `has` of the model class. */
  strings(project: string): StringStore {
    const read = (key: string): string | undefined => {
      const row = this.#database.sql('SELECT value FROM strings WHERE project = ? AND key = ?').get(project, key);
      return (row as { value: string } | undefined)?.value;
    };
    return {
      get: async (key) => read(key),
      has: async (key) => read(key) !== undefined,
      set: (key, value) => {
        if (typeof value !== 'string') throw new TypeError(`set('${key}', …) stores strings, got ${typeof value}`);
        return this.#database.write(() => {
          this.#database
            .sql(
              `INSERT INTO strings (project, key, value) VALUES (?, ?, ?)
               ON CONFLICT (project, key) DO UPDATE SET value = excluded.value`,
            )
            .run(project, key, value);
        });
      },
    };
  }
}

function toProject(row: ProjectRow): Project {
  return {
    id: row.id,
    labelConfig: row.label_config,
    extraParams: row.extra_params ?? undefined,
    pinned: row.pinned ?? undefined,
    activated: row.activated ?? undefined,
  };
}
