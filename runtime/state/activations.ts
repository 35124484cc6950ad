/** Which version a person wants served: what a name means, how it is recorded, and how a running server is asked. */

import { fail, unknownName } from '../errors.ts';
import type { Database } from './database.ts';
import type { Projects } from './projects.ts';
import { UNTRAINED, type Versions } from './versions.ts';

/** In place of a version: whatever is the newest that was good enough, also in future. */
export const LATEST = 'latest';

export interface Activation {
  project: string;
  /** The version to serve; undefined: the untrained model. */
  version: string | undefined;
  /** What is recorded: undefined follows the newest. */
  record: string | undefined;
  /** Whether the version has to count as good enough for that. */
  promote: boolean;
}

export interface ActivationRequest {
  id: number;
  project: string;
  /** A name, or 'rollback'. */
  version: string;
  /** Why it was not done. */
  refused: string | null;
  /** What is served since. */
  served: string | null;
}

export const ROLLBACK = 'rollback';

export class Activations {
  readonly #database: Database;
  readonly #projects: Projects;
  readonly #versions: Versions;

  constructor(database: Database, projects: Projects, versions: Versions) {
    this.#database = database;
    this.#projects = projects;
    this.#versions = versions;
  }

  /** What `wanted` means now: a name, 'latest', 'untrained' or 'rollback'. @throws InputError 404, 409 */
  plan(project: string, wanted: string): Activation {
    if (wanted === ROLLBACK) return this.#before(project);
    const versions = this.#versions.list(project);
    if (wanted === UNTRAINED) return { project, version: undefined, record: UNTRAINED, promote: false };
    if (wanted === LATEST) {
      const version = versions.find(({ promoted }) => promoted)?.name;
      return { project, version, record: undefined, promote: false };
    }
    const names = versions.map(({ name }) => name);
    if (!names.includes(wanted)) {
      fail(`project ${project}: ${unknownName('version', wanted, [...names, LATEST, UNTRAINED])}`, 404);
    }
    // Whoever chooses the newest goes with the new ones again.
    const newest = names[0] === wanted;
    return { project, version: wanted, record: newest ? undefined : wanted, promote: newest };
  }

  /** To be called inside a write. */
  record({ project, version, record, promote }: Activation): void {
    if (promote && version !== undefined) this.#versions.promote(project, version);
    this.#projects.activate(project, record);
  }

  /** The name of the version that is served; undefined: the untrained model. */
  serving(project: string): string | undefined {
    const { pinned, activated } = this.#projects.find(project) ?? {};
    return this.#versions.chosen(project, [pinned, activated]);
  }

  /** Asks the server that runs. */
  request(project: string, version: string): Promise<number> {
    return this.#database.write(() => {
      const { lastInsertRowid } = this.#database
        .sql('INSERT INTO activation_requests (project, version) VALUES (?, ?)')
        .run(project, version);
      return Number(lastInsertRowid);
    });
  }

  /** Oldest first. */
  open(): ActivationRequest[] {
    return this.#database
      .sql('SELECT * FROM activation_requests WHERE refused IS NULL AND served IS NULL ORDER BY id')
      .all() as unknown as ActivationRequest[];
  }

  find(id: number): ActivationRequest | undefined {
    return this.#database.sql('SELECT * FROM activation_requests WHERE id = ?').get(id) as
      | ActivationRequest
      | undefined;
  }

  /** Answered requests of before are forgotten: whoever asked has looked, or has gone. */
  answer(id: number, answer: { served: string } | { refused: string }): Promise<void> {
    return this.#database.write(() => {
      this.#database.sql('DELETE FROM activation_requests WHERE id < ?').run(id - 10);
      const [column, text] = 'served' in answer ? ['served', answer.served] : ['refused', answer.refused];
      this.#database.sql(`UPDATE activation_requests SET ${column} = ? WHERE id = ?`).run(text, id);
    });
  }

  #before(project: string): Activation {
    const versions = this.#versions.list(project);
    const serving = this.serving(project);
    if (serving === undefined) fail(`project ${project} serves the untrained model: there is nothing before it`, 409);
    const { number } = versions.find(({ name }) => name === serving) ?? { number: 0 };
    const before = versions.find((version) => version.promoted && version.number < number)?.name;
    return { project, version: before, record: before ?? UNTRAINED, promote: false };
  }
}
