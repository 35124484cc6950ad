/** The model instances of one process: loaded once per project, version and labeling config, the least recently used dropped. */

import type { Projects } from '../state/projects.ts';
import { Batcher } from './batcher.ts';
import { createModel, type Model, type ModelClass, type ModelDefaults, type ServedVersion } from './load.ts';
import { keep, type Served } from './registry.ts';

/** Memory stays flat in the number of projects. */
const MAX_INSTANCES = 16;

/** A model that is there, and what is learned about it while it predicts. */
export interface Instance {
  readonly model: Model;
  /** Where the class asks for it. */
  readonly batcher: Batcher | undefined;
  /** Tasks that predict() gets at a time: follows how long it takes. */
  chunk: number;
}

interface Entry {
  config: Served['config'];
  extraParams: string | undefined;
  /** The instance itself once it is built: a promise that is awaited per request costs more than the rest of the call. */
  instance: Instance | Promise<Instance>;
}

/** Tasks of the first call, when nothing is known about the model yet. */
const FIRST_CHUNK = 8;

export class Models {
  readonly #Class: ModelClass;
  readonly #projects: Projects;
  readonly #defaults: ModelDefaults;
  readonly #entries = new Map<string, Entry>();

  constructor(Class: ModelClass, projects: Projects, defaults: ModelDefaults) {
    this.#Class = Class;
    this.#projects = projects;
    this.#defaults = defaults;
  }

  /** Builds it on first use; a failed build is forgotten, so that the next request tries again. */
  get({ project, config, version }: Pick<Served, 'project' | 'config' | 'version'>): Instance | Promise<Instance> {
    const key = keyOf(project.id, version);
    const known = this.#entries.get(key);
    if (known?.config === config && known.extraParams === project.extraParams) {
      return keep(this.#entries, key, known, MAX_INSTANCES).instance;
    }
    const { id, extraParams } = project;
    const { batch } = this.#Class;
    const parts = { id, config, extraParams, strings: this.#projects.strings(id) };
    const building = createModel(this.#Class, parts, version, this.#defaults).then((model) => ({
      model,
      batcher: batch && new Batcher(model, batch),
      chunk: batch?.max ?? FIRST_CHUNK,
    }));
    const entry: Entry = keep(
      this.#entries,
      key,
      { config, extraParams: project.extraParams, instance: building },
      MAX_INSTANCES,
    );
    building.then(
      (instance) => {
        entry.instance = instance;
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    return building;
  }

  /** How many there are, loading ones included. */
  get size(): number {
    return this.#entries.size;
  }
}

/** A retrained version of the same name (after the state was deleted) is another one. */
const keyOf = (project: string, { name, workdir = '' }: ServedVersion): string => `${project}\n${name}\n${workdir}`;
