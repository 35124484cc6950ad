/** The requests a server of any generation sends: unknown JSON in, a typed value out, or an InputError that says what is wrong. */

import { fail } from '../errors.ts';
import type { Annotation, Region, Task } from '../types.ts';
import {
  type Body,
  isObject,
  kindOf,
  listOf,
  optionalObject,
  optionalText,
  parseAnnotation,
  parseProject,
} from './fields.ts';

export interface SetupMessage {
  project: string;
  /** undefined: none was sent; '' is a new project's. */
  labelConfig: string | undefined;
  /** As text; an object as its JSON text. null: sent as empty; undefined: not sent. */
  extraParams: string | null | undefined;
  /** null: the newest; undefined: not sent (servers of today). */
  modelVersion: string | null | undefined;
}

export interface PredictMessage {
  project: string;
  labelConfig: string | undefined;
  tasks: Task[];
  interactive: boolean;
  drawn: Region[];
  params: Record<string, unknown>;
  /** Servers up to about 1.7 take one prediction per task, not a list of several. They are known by `model_version`. */
  onePerTask: boolean;
}

export interface TrainMessage {
  kind: 'train';
  project: string;
  labelConfig: string | undefined;
  tasks: Array<Task & { annotations: Annotation[] }>;
}

/** Bodies of all messages are JSON objects. @throws InputError */
export function parseBody(text: string): Body {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    // The engine's message may quote the body, which may hold a secret; the position is all a caller needs.
    const at = /position \d+|line \d+ column \d+/.exec(String(error))?.[0];
    fail(
      `the body is not valid JSON${at ? ` (${at})` : ''}: ${Buffer.byteLength(text)} bytes came, a JSON object is needed`,
    );
  }
  return isObject(body) ? body : fail(`the body must be a JSON object, got ${kindOf(body)}`);
}

export function parseSetup(body: Body): SetupMessage {
  const { extra_params: extra } = body;
  return {
    project: parseProject(body.project),
    labelConfig: optionalText('schema', body.schema),
    extraParams:
      extra === undefined
        ? undefined
        : extra === null || extra === ''
          ? null
          : typeof extra === 'string'
            ? extra
            : JSON.stringify(extra),
    modelVersion:
      body.model_version === null || body.model_version === ''
        ? null
        : optionalText('model_version', body.model_version),
  };
}

export function parsePredict(body: Body): PredictMessage {
  const params = optionalObject('params', body.params) ?? {};
  const context = optionalObject('params.context', params.context);
  const tasks = parseTasks('tasks', body.tasks);
  const drawn = context?.result;
  const { context: _, ...rest } = params;
  return {
    project: parseProject(body.project),
    labelConfig: optionalText('label_config', body.label_config),
    tasks,
    // Servers send {} or null with a batch; what the annotator has drawn is what makes a call interactive.
    interactive: context !== undefined && tasks.length === 1 && Object.keys(context).length > 0,
    drawn: Array.isArray(drawn) ? drawn.filter(isObject).map((region) => region as Region) : [],
    params: rest,
    onePerTask: body.model_version !== undefined,
  };
}

export function parseTrain(body: Body): TrainMessage {
  const tasks = parseTasks('annotations', body.annotations).map((task, index) => ({
    ...task,
    annotations: annotationsOf(task, `annotations[${index}]`),
  }));
  if (!tasks.some(({ annotations }) => annotations.length > 0)) {
    fail(
      `No annotations found: /train needs "annotations", a list of tasks that each have "annotations"; got ${tasks.length} tasks without any`,
    );
  }
  return {
    kind: 'train',
    project: parseProject(body.project),
    labelConfig: optionalText('label_config', body.label_config),
    tasks,
  };
}

function annotationsOf(task: Task, path: string): Annotation[] {
  if (task.annotations === undefined && task.completions !== undefined)
    return annotationsOf({ ...task, annotations: task.completions }, path);
  return listOf(`${path}.annotations`, task.annotations).map((annotation) =>
    parseAnnotation(annotation, `${path}.annotations`),
  );
}

/** Tasks come as a list, as one object, or as null. */
function parseTasks(name: string, value: unknown): Task[] {
  return listOf(name, value).map((task, index) =>
    isObject(task.data)
      ? (task as Task)
      : fail(`"${name}[${index}]" must have "data", an object; it has: ${Object.keys(task).join(', ') || 'nothing'}`),
  );
}
