/** Serves another version on request, by HTTP or by `npm run versions`: loaded first, recorded, then served everywhere. */

import { InputError, ModelError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Activations } from '../state/activations.ts';
import type { Database } from '../state/database.ts';
import { UNTRAINED, type Versions } from '../state/versions.ts';
import type { Host } from './host.ts';

export interface SwitchParts {
  database: Database;
  activations: Activations;
  versions: Versions;
  host: Host;
  /** The version string before any training. */
  untrained: string;
  log: Log;
}

export interface Switched {
  /** What is served now, and what was before. */
  version: string;
  before: string;
  /** Whether versions to come will be served. */
  followsNewest: boolean;
}

export class Switch {
  readonly #parts: SwitchParts;

  constructor(parts: SwitchParts) {
    this.#parts = parts;
  }

  /** @param wanted a version, 'latest', 'untrained' or 'rollback'. @throws InputError 404, 409; ModelError */
  async to(project: string, wanted: string): Promise<Switched> {
    const { database, activations, versions, host, untrained, log } = this.#parts;
    const before = host.version(project);
    const plan = activations.plan(project, wanted === untrained ? UNTRAINED : wanted);
    const { version } = plan;
    const learned =
      version === undefined
        ? { name: untrained, workdir: undefined, trainOutput: undefined }
        : versions.open(project, version);
    const serve = await host.stage(project, learned);
    await database.write(() => activations.record(plan));
    serve();
    const now = host.version(project);
    log.info('another version is served on request', { project, version: now, before });
    return { version: now, before, followsNewest: plan.record === undefined };
  }

  /** Does what `npm run versions` has asked for. */
  async answerRequests(): Promise<void> {
    const { activations, log } = this.#parts;
    for (const { id, project, version } of activations.open()) {
      try {
        const { version: served } = await this.to(project, version);
        await activations.answer(id, { served });
      } catch (error) {
        const known = error instanceof InputError || error instanceof ModelError;
        if (!known) log.error('another version could not be served', { project, version, error });
        const refused = known ? error.message : 'its model cannot be loaded: the log of the server has the reason';
        await activations.answer(id, { refused });
      }
    }
  }
}
