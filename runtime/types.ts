/** The shapes that travel between server, runtime and model. Field names are the server's own. */

import type { TaskData } from './labeling/typed.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Awaitable<T> = T | Promise<T>;

/** One result item: a region, a classification of the whole object, or a relation. Coordinates are percent, 0..100. */
export interface Region<Value extends object = Record<string, unknown>> {
  /** Shared by all results of one region; characters A-Za-z0-9_- */
  id?: string;
  from_name?: string;
  to_name?: string;
  /** The control tag in lower case: choices, labels, rectanglelabels, textarea … */
  type: string;
  value?: Value;
  /** Confidence, 0..1 */
  score?: number;
  [key: string]: unknown;
}

/** What a model says about one task. */
export interface Prediction {
  result: Region[];
  /** Confidence of the whole, 0..1. Left out: the mean of the regions' scores, else 0. */
  score?: number;
  /** Filled in by the runtime: the version that /setup reports. */
  model_version?: string;
  cluster?: number;
  neighbors?: unknown;
  mislabeling?: number;
}

/** A task as the server sends it. `data` holds what the labeling config names with value="$key". */
export interface Task {
  id?: number | string;
  data: TaskData;
  meta?: unknown;
  [key: string]: unknown;
}

/** What an annotator said about one task. */
export interface Annotation {
  id?: number | string;
  result: Region[];
  /** The task was skipped. Such annotations never reach fit(). */
  was_cancelled?: boolean;
  ground_truth?: boolean;
  [key: string]: unknown;
}

/** A task with its present annotations: at least one, none of them skipped. */
export interface AnnotatedTask extends Task {
  annotations: Annotation[];
}

/** Strings by project and key; they survive restarts and are seen by every process on the same model directory. */
export interface StringStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  has(key: string): Promise<boolean>;
}

/** Reads the bytes behind a URL of task data, e.g. '/data/upload/1/cat.png' or 'data:image/png;base64,…'. */
export type ReadFile = (url: string, options?: { signal?: AbortSignal }) => Promise<Uint8Array<ArrayBuffer>>;
