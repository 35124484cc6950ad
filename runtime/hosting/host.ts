/** The models that are being served: one instance per project, built once per version and labeling config. */

import { compareConfigs } from '../labeling/compare.ts';
import type { LabelConfig } from '../labeling/config.ts';
import type { ParseConfig } from '../labeling/config-cache.ts';
import type { Jobs } from '../state/jobs.ts';
import type { Project, Projects } from '../state/projects.ts';
import type { PredictMessage, SetupMessage } from '../wire/requests.ts';
import { BatchContext, type Deadline, predictEach } from './isolate.ts';
import { createModel, type Model, type ModelClass, type ModelDefaults, type ServedVersion } from './load.ts';
import { type Results, toResults, type Validation } from './results.ts';

/** Instances beyond this are dropped, least recently used first: memory stays flat in the number of projects. */
const MAX_INSTANCES = 16;

interface Served {
  project: Project;
  /** Whether the project is in the state as it is here: then a request has nothing to write. */
  saved: boolean;
  config: LabelConfig;
  version: ServedVersion;
  /** Whether the log has said how this config differs from the one that the model was written for. */
  compared: boolean;
  /** Built on first use; a failed build is forgotten, so that the next request tries again. */
  model: Model | Promise<Model> | undefined;
}

export interface HostParts {
  Class: ModelClass;
  projects: Projects;
  jobs: Jobs;
  /** Used where no server has sent one. */
  labelConfig: LabelConfig;
  parseConfig: ParseConfig;
  defaults: ModelDefaults;
  validation: Validation;
}

export class Host {
  readonly #parts: HostParts;
  readonly #served = new Map<string, Served>();

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /** The version that /setup reports and every prediction carries. */
  version(projectId: string): string {
    return this.#find(projectId).version.name;
  }

  serving(projectId: string): ServedVersion {
    return this.#find(projectId).version;
  }

  /** Remembers what /setup sent and begins to build the model. @throws InputError on a malformed config */
  async setup({ project: id, labelConfig, extraParams, modelVersion }: SetupMessage): Promise<void> {
    const { project } = this.#find(id);
    await this.#update(id, {
      ...project,
      labelConfig: labelConfig ?? project.labelConfig,
      extraParams: extraParams === undefined ? project.extraParams : (extraParams ?? undefined),
      pinned: modelVersion === undefined ? project.pinned : this.#known(id, modelVersion),
    });
    if (labelConfig) this.#compare(this.#find(id));
  }

  /** Says once per config what the model was not written for: "it predicts nothing" is mostly that. */
  #compare(served: Served): void {
    const { labelConfig: written, defaults } = this.#parts;
    if (served.compared || written.controls.size === 0) return;
    served.compared = true;
    const differences = compareConfigs(written, served.config);
    if (differences.length === 0) return;
    const project = served.project.id;
    defaults.log.warn('the labeling config is not the one in label-config.xml', { project, differences });
  }

  /** Resolves when the project's model is ready to predict. */
  async ready(projectId: string): Promise<void> {
    const served = this.#find(projectId);
    // A new project has an empty config, and a model may well refuse that: there is nothing to predict yet.
    if (served.config.controls.size > 0) await this.#model(served);
  }

  async predict(
    { project: id, labelConfig, tasks, interactive, drawn, params, onePerTask }: PredictMessage,
    deadline: Deadline,
  ): Promise<Results & { modelVersion: string }> {
    const known = this.#find(id);
    const same = !labelConfig || (known.saved && labelConfig === known.project.labelConfig);
    const served = same ? known : await this.#update(id, { ...known.project, labelConfig });
    const built = this.#model(served);
    const model = built instanceof Promise ? await deadline.race(built) : built;
    const items = await predictEach(model, tasks, new BatchContext(interactive, drawn, params, deadline));
    const version = served.version.name;
    const rules = {
      version,
      config: served.config,
      validation: this.#parts.validation,
      single: interactive || onePerTask,
    };
    return { ...toResults(items, tasks, rules), modelVersion: version };
  }

  /** A labeling config that came with an event; a malformed one is the event's own trouble and changes nothing. */
  async adopt(projectId: string, labelConfig: string | undefined): Promise<void> {
    if (labelConfig) await this.#update(projectId, { ...this.#find(projectId).project, labelConfig });
  }

  /** Builds the model of a version that is not served yet; the returned function puts it in place. */
  async stage(projectId: string, version: ServedVersion): Promise<() => void> {
    const { project, config } = this.#find(projectId);
    const model = await this.#create(project, config, version);
    return () => {
      const now = this.#find(projectId);
      if (now.project.pinned !== undefined) return;
      const same = now.config === config && now.project.extraParams === project.extraParams;
      this.#remember(projectId, { ...now, version, model: same ? model : undefined });
    };
  }

  #find(projectId: string): Served {
    const served = this.#served.get(projectId);
    if (served) {
      // A Map keeps insertion order: setting it again makes it the most recently used.
      this.#served.delete(projectId);
      this.#served.set(projectId, served);
      return served;
    }
    const known = this.#parts.projects.find(projectId);
    const project = known ?? newProject(projectId);
    const { labelConfig: written, parseConfig } = this.#parts;
    const config = project.labelConfig === '' ? written : parseConfig(project.labelConfig);
    const version = this.#serving(project);
    return this.#remember(projectId, {
      project,
      saved: known !== undefined,
      config,
      version,
      compared: false,
      model: undefined,
    });
  }

  async #update(projectId: string, project: Project): Promise<Served> {
    const served = this.#find(projectId);
    const { labelConfig, extraParams, pinned } = served.project;
    const sameConfig = project.labelConfig === labelConfig;
    const sameModel = sameConfig && project.extraParams === extraParams;
    if (sameModel && project.pinned === pinned && served.saved) return served;
    const config = sameConfig ? served.config : this.#parts.parseConfig(project.labelConfig);
    await this.#parts.projects.save(project);
    const version = this.#serving(project);
    const keep = sameModel && version.name === served.version.name;
    return this.#remember(projectId, {
      project,
      saved: true,
      config,
      version,
      compared: served.compared && sameConfig,
      model: keep ? served.model : undefined,
    });
  }

  #remember(projectId: string, served: Served): Served {
    this.#served.delete(projectId);
    this.#served.set(projectId, served);
    for (const oldest of this.#served.keys()) {
      if (this.#served.size <= MAX_INSTANCES) break;
      this.#served.delete(oldest);
    }
    return served;
  }

  /** A version this backend does not have (of a former model, or the server's "undefined") means the newest. */
  #known(projectId: string, name: string | null): string | undefined {
    const versions = this.#parts.jobs.versions(projectId);
    return name !== null && versions[0]?.name !== name && versions.some((version) => version.name === name)
      ? name
      : undefined;
  }

  #serving({ id, pinned }: Project): ServedVersion {
    const versions = this.#parts.jobs.versions(id);
    const chosen = versions.find(({ name }) => name === pinned) ?? versions[0];
    return chosen ?? { name: this.#parts.Class.version, workdir: undefined, trainOutput: undefined };
  }

  /** The model itself once it is built: a promise that is awaited per request costs more than the rest of this call. */
  #model(served: Served): Model | Promise<Model> {
    if (served.model !== undefined) return served.model;
    const building = this.#create(served.project, served.config, served.version);
    served.model = building;
    building.then(
      (model) => {
        served.model = model;
      },
      () => {
        served.model = undefined;
      },
    );
    return building;
  }

  #create(project: Project, config: LabelConfig, version: ServedVersion): Promise<Model> {
    const { Class, projects, defaults } = this.#parts;
    const { id, extraParams } = project;
    return createModel(Class, { id, config, extraParams, strings: projects.strings(id) }, version, defaults);
  }
}

function newProject(id: string): Project {
  return { id, labelConfig: '', extraParams: undefined, pinned: undefined };
}
