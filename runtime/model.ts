/** The class you extend: predict() and fit(), with the labeling config, the project's state and region builders at hand. */

import { InputError } from './errors.ts';
import type { LabelConfig, ParsedLabelConfig } from './labeling/config.ts';
import { RegionBuilders } from './labeling/regions.ts';
import { readControlData } from './labeling/task-data.ts';
import type { ControlArg, ObjectArg } from './labeling/typed.ts';
import type { ValueOf } from './labeling/value-types.ts';
import type { Log } from './log.ts';
import type { TrainEvery } from './state/jobs.ts';
import type { AnnotatedTask, Awaitable, Json, Prediction, ReadFile, Region, StringStore, Task } from './types.ts';

/** Everything a model instance is built from. The runtime makes it; a test may make its own. */
export interface ModelContext<Output extends object = Record<string, unknown>> {
  /** The integer part of the server's project uid, as a string: '12' for '12.1654592272'. */
  projectId: string;
  /** The labeling config, parsed. `config.xml` is the source. */
  config: LabelConfig;
  /** The version that this instance serves; in fit(): the one that is served while training. */
  modelVersion: string;
  /** What the last successful fit() returned. */
  trainOutput: Output | undefined;
  /** Directory with the files that fit() wrote for this version. */
  workdir: string | undefined;
  /** The extra_params of the model's settings in the UI: text, or JSON when it parses. */
  extraParams: Json | undefined;
  /** `--with KEY=VAL` of the start command. */
  options: Record<string, string | number | boolean>;
  /** WOW_AI_HOST and WOW_AI_API_KEY. */
  wowAi: { host: string | undefined; apiKey: string | undefined };
  strings: StringStore;
  readFile: ReadFile;
  log: Log;
}

export interface PredictContext {
  /** The annotator is waiting: one task, and `drawn` holds what was just drawn. */
  interactive: boolean;
  /** Regions the annotator has just drawn with a smart tool; empty in batch predictions. */
  drawn: Region[];
  /** Everything else the server sent in `params`: login, password, hostname … */
  params: Record<string, unknown>;
  /** Aborted when the caller hangs up or the deadline passes. */
  signal: AbortSignal;
}

export interface FitContext {
  /** An empty directory of this training's own. Write artifacts here; setup() of the new version finds it as `this.workdir`. */
  workdir: string;
  /** What asked for the training: ANNOTATION_CREATED, START_TRAINING, TRAIN … */
  event: string;
  /** Says how far it is, 0..1, and with what: GET /jobs shows it. */
  progress(share: number, message?: string): void;
  signal: AbortSignal;
}

export interface EvaluateContext {
  /** What asked for the training. */
  event: string;
  signal: AbortSignal;
}

/** What evaluate() found: any numbers, and `score`, of which more is better. */
export type Metrics = Record<string, number> & { score: number };

export abstract class WOWAIML<Output extends object = Record<string, unknown>> extends RegionBuilders {
  /** The version string before any training. Raise it when an untrained model's predictions change. */
  static version = '0.0.1';
  /** Calls of predict() that may run at the same time in a model process: those that wait for something else. */
  static concurrency = 16;
  /**
   * For models that are faster with many tasks at once: single tasks that come at the same time share a call of
   * predict(), `max` at most; `wait` is how long one may wait for others, in milliseconds.
   */
  static batch: { max: number; wait?: number } | undefined = undefined;

  /** How much has to be annotated before a training starts; without it every annotation asks for one. Settings win. */
  static trainEvery?: TrainEvery;

  readonly #context: ModelContext<Output>;

  constructor(context: ModelContext<Output>) {
    super(context.config);
    this.#context = context;
  }

  /** Load weights here: called once per project and version, before the first predict() and before fit(). */
  setup(): Awaitable<void> {}

  /** One prediction per task, in order; a list of predictions for a task where there are several. */
  abstract predict(tasks: Task[], context: PredictContext): Awaitable<Array<Prediction | Prediction[]>>;

  /**
   * Learns from the annotated tasks, in a process of its own. What it returns (JSON) becomes `trainOutput` of a new
   * version; undefined means that there is nothing to learn yet and keeps the present version. `tasks` can be gone
   * through several times: they are as they were when the training began.
   */
  fit?(tasks: AsyncIterable<AnnotatedTask>, context: FitContext): Awaitable<Output | undefined>;

  /**
   * Judges this version on annotated tasks, those that fit() got: in the training process, of the new version and of the
   * one that is served. A new one with a lower score is kept, but not served. Hold back some tasks from fit() for it.
   */
  evaluate?(tasks: AsyncIterable<AnnotatedTask>, context: EvaluateContext): Awaitable<Metrics>;

  get projectId(): string {
    return this.#context.projectId;
  }
  /** The labeling config as XML. */
  get labelConfig(): string {
    return this.config.xml;
  }
  /** The labeling config as the reference SDK's parse_config() gives it. */
  get parsedLabelConfig(): ParsedLabelConfig {
    return this.config.parsed;
  }
  get modelVersion(): string {
    return this.#context.modelVersion;
  }
  get trainOutput(): Output | undefined {
    return this.#context.trainOutput;
  }
  get workdir(): string | undefined {
    return this.#context.workdir;
  }
  get extraParams(): Json | undefined {
    return this.#context.extraParams;
  }
  get options(): Record<string, string | number | boolean> {
    return this.#context.options;
  }
  get wowAi(): ModelContext['wowAi'] {
    return this.#context.wowAi;
  }
  get log(): Log {
    return this.#context.log;
  }

  get(key: string): Promise<string | undefined> {
    return this.#context.strings.get(key);
  }
  set(key: string, value: string): Promise<void> {
    return this.#context.strings.set(key, value);
  }
  has(key: string): Promise<boolean> {
    return this.#context.strings.has(key);
  }

  /** The bytes of a file that task data names: data: URIs, and files on WOW_AI_HOST. */
  readFile(url: string, options?: { signal?: AbortSignal }): Promise<Uint8Array<ArrayBuffer>> {
    return this.#context.readFile(url, options);
  }

  /**
   * The task's data that a control refers to: the value behind its object's value="$key".
   * @param to which object, where the control has several; the first unless given
   * @throws InputError when the control is unknown or the task lacks that key.
   */
  taskValue<N extends string>(task: Task, control: ControlArg<N>, to?: ObjectArg<N>): unknown {
    const { key, value } = readControlData(task.data, this.config, control, to);
    if (value !== undefined && value !== null) return value;
    throw new InputError(
      `task ${task.id ?? '(no id)'} has no data '${key}', which control '${control}' needs (it has: ${Object.keys(task.data).join(', ') || 'none'})`,
    );
  }

  /** taskValue() where text is expected; numbers count as text. @throws InputError on anything else. */
  taskText<N extends string>(task: Task, control: ControlArg<N>, to?: ObjectArg<N>): string {
    const value = this.taskValue(task, control, to);
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    throw new InputError(`task ${task.id ?? '(no id)'}: control '${control}' needs text, got ${typeof value}`);
  }

  /** All results that annotators gave for a control of this task. */
  answers<N extends string>(task: AnnotatedTask, control: ControlArg<N>): Region<ValueOf<N>>[] {
    const results = task.annotations.flatMap(({ result }) => result.filter(({ from_name }) => from_name === control));
    return results as Region<ValueOf<N>>[];
  }
}
