/** What is served for each project: its labeling config and its version. Every process has one; the state is what they share. */

import { compareConfigs } from '../labeling/compare.ts';
import type { LabelConfig } from '../labeling/config.ts';
import type { ParseConfig } from '../labeling/config-cache.ts';
import type { Log } from '../log.ts';
import type { Project, Projects } from '../state/projects.ts';
import type { Versions } from '../state/versions.ts';
import type { SetupMessage } from '../wire/requests.ts';
import type { ServedVersion } from './load.ts';

/** Projects beyond this are read from the state again, least recently used first: memory stays flat in their number. */
const MAX_PROJECTS = 256;

export interface Served {
  readonly project: Project;
  /** Whether the project is in the state as it is here: then a request has nothing to write. */
  readonly saved: boolean;
  readonly config: LabelConfig;
  readonly version: ServedVersion;
}

export interface RegistryParts {
  projects: Projects;
  versions: Versions;
  /** Used where no server has sent one. */
  labelConfig: LabelConfig;
  parse: ParseConfig;
  /** The version before any training. */
  untrained: string;
  log: Log;
}

export class Registry {
  readonly #parts: RegistryParts;
  readonly #served = new Map<string, Served>();
  /** The config of each project that the log has compared with the one that the model was written for. */
  readonly #compared = new Map<string, LabelConfig>();

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  find(projectId: string): Served {
    const served = this.#served.get(projectId);
    if (served === undefined) return this.#remember(this.#read(projectId));
    // A Map keeps insertion order: setting it again makes it the most recently used.
    this.#served.delete(projectId);
    this.#served.set(projectId, served);
    return served;
  }

  /** Another process has written to the state: it is read anew when it is asked for. */
  forget(projectId: string): void {
    this.#served.delete(projectId);
  }

  /** Remembers what /setup sent. @throws InputError on a malformed config */
  async setup({ project: id, labelConfig, extraParams, modelVersion }: SetupMessage): Promise<void> {
    this.forget(id);
    const { project } = this.find(id);
    const served = await this.#update({
      ...project,
      labelConfig: labelConfig ?? project.labelConfig,
      extraParams: extraParams === undefined ? project.extraParams : (extraParams ?? undefined),
      pinned: modelVersion === undefined ? project.pinned : this.#known(id, modelVersion),
    });
    if (labelConfig) this.#compare(served);
  }

  /** The project under the labeling config that came with a message. @throws InputError on a malformed one */
  withConfig(projectId: string, labelConfig: string | undefined): Served | Promise<Served> {
    const served = this.find(projectId);
    if (!labelConfig || (served.saved && labelConfig === served.project.labelConfig)) return served;
    return this.#update({ ...served.project, labelConfig });
  }

  #read(projectId: string): Served {
    const known = this.#parts.projects.find(projectId);
    const project = known ?? {
      id: projectId,
      labelConfig: '',
      extraParams: undefined,
      pinned: undefined,
      activated: undefined,
    };
    return {
      project,
      saved: known !== undefined,
      config: this.#parse(project.labelConfig),
      version: this.#serving(project),
    };
  }

  async #update(project: Project): Promise<Served> {
    const { project: old, saved } = this.find(project.id);
    const same = (['labelConfig', 'extraParams', 'pinned'] as const).every((key) => project[key] === old[key]);
    if (same && saved) return this.find(project.id);
    const config = this.#parse(project.labelConfig);
    await this.#parts.projects.save(project);
    return this.#remember({ project, saved: true, config, version: this.#serving(project) });
  }

  #remember(served: Served): Served {
    return keep(this.#served, served.project.id, served, MAX_PROJECTS);
  }

  #parse(xml: string): LabelConfig {
    return xml === '' ? this.#parts.labelConfig : this.#parts.parse(xml);
  }

  /** A version this backend does not have (of a former model, or the server's "undefined") means the one of its own choice. */
  #known(projectId: string, name: string | null): string | undefined {
    return this.#parts.versions.list(projectId).find((version) => version.name === name)?.name;
  }

  #serving({ id, pinned, activated }: Project): ServedVersion {
    const name = this.#parts.versions.chosen(id, [pinned, activated]);
    return name === undefined
      ? { name: this.#parts.untrained, workdir: undefined, trainOutput: undefined }
      : this.#parts.versions.open(id, name);
  }

  /** Says once per config what the model was not written for: "it predicts nothing" is mostly that. */
  #compare({ project, config }: Served): void {
    const { labelConfig: written, log } = this.#parts;
    if (this.#compared.get(project.id) === config || written.controls.size === 0) return;
    keep(this.#compared, project.id, config, MAX_PROJECTS);
    const differences = compareConfigs(written, config);
    if (differences.length === 0) return;
    log.warn('the labeling config is not the one in label-config.xml', { project: project.id, differences });
  }
}

/** Sets an entry as the newest; beyond `most`, the oldest goes. */
export function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): Value {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
  return value;
}
