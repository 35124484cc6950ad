/** Every message a server of any generation sends: unknown JSON in, a typed value out, or an InputError that says what is wrong. */

import { fail } from './errors.ts';
import type { Delivered } from './state/annotations.ts';
import type { Annotation, Region, Task } from './types.ts';

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

/** What a /webhook body means. `project` is undefined where the server sends no payload. */
export type WebhookMessage =
  | TrainMessage
  | {
      kind: 'annotated';
      action: string;
      project: string | undefined;
      labelConfig: string | undefined;
      delivered: Delivered[];
    }
  | { kind: 'annotations deleted'; action: string; project: string | undefined; ids: string[] }
  | { kind: 'tasks deleted'; action: string; project: string | undefined; ids: string[] }
  | { kind: 'start training'; action: string; project: string | undefined; labelConfig: string | undefined }
  | { kind: 'project updated'; action: string; project: string | undefined; labelConfig: string | undefined }
  | { kind: 'other'; action: string };

type Body = Record<string, unknown>;

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

/** Actions are under `action`; the successor of WOW AI's server calls the key `webhook`. */
export function parseWebhook(body: Body): WebhookMessage {
  const action = body.action ?? body.webhook;
  // Servers of about 1.4 send their /train body here, without an action.
  if (action === undefined && body.annotations !== undefined) return parseTrain(body);
  if (typeof action !== 'string' || action === '') {
    fail(
      `/webhook needs "action", such as "ANNOTATION_CREATED"; got ${action === undefined ? `none (keys: ${Object.keys(body).join(', ') || 'none'})` : kindOf(action)}`,
    );
  }
  const project = body.project === undefined ? undefined : parseProject(body.project);
  const labelConfig = isObject(body.project)
    ? optionalText('project.label_config', body.project.label_config)
    : undefined;
  switch (action) {
    case 'ANNOTATION_CREATED':
    case 'ANNOTATION_UPDATED':
    case 'ANNOTATIONS_CREATED':
      return { kind: 'annotated', action, project, labelConfig, delivered: parseDelivered(body) };
    case 'ANNOTATIONS_DELETED':
    case 'ANNOTATION_DELETED':
      return { kind: 'annotations deleted', action, project, ids: parseIds(body.annotations ?? body.annotation) };
    case 'TASKS_DELETED':
    case 'TASK_DELETED':
      return { kind: 'tasks deleted', action, project, ids: parseIds(body.tasks ?? body.task) };
    case 'START_TRAINING':
      return { kind: 'start training', action, project, labelConfig };
    case 'PROJECT_UPDATED':
      return { kind: 'project updated', action, project, labelConfig };
    default:
      return { kind: 'other', action };
  }
}

/**
 * The integer part of a project in all its forms: "12.1654592272", "12", 12, {id: 12}. Never read as a decimal number:
 * 1.10 is not 1.1. Missing: 'default'. @throws InputError
 */
export function parseProject(value: unknown): string {
  const given = isObject(value) ? value.id : value;
  if (given === undefined || given === null || given === '') return 'default';
  if (typeof given !== 'string' && typeof given !== 'number')
    fail(`"project" must be an id such as "12.1654592272", got ${kindOf(given)}`);
  const id = String(given).split('.', 1)[0] as string;
  // The id names a directory.
  return /^[\w-]{1,64}$/.test(id)
    ? id
    : fail(`"project" must be an id such as "12.1654592272", got ${JSON.stringify(String(given).slice(0, 80))}`);
}

function parseDelivered(body: Body): Delivered[] {
  // The bulk event keeps the singular keys and puts lists under them.
  const annotations = listOf('annotation', body.annotation);
  const tasks = listOf('task', body.task);
  const byId = new Map(tasks.map((task) => [String(task.id), task]));
  return annotations.map((annotation, index) => {
    const taskId = annotation.task ?? tasks[index]?.id;
    const found = byId.get(String(taskId)) ?? (tasks.length === annotations.length ? tasks[index] : undefined);
    return {
      annotation: parseAnnotation(annotation, 'annotation'),
      task: {
        id: isId(taskId) ? taskId : undefined,
        body: found && isObject(found.data) ? (found as Task) : undefined,
      },
    };
  });
}

function annotationsOf(task: Task, path: string): Annotation[] {
  if (task.annotations === undefined && task.completions !== undefined)
    return annotationsOf({ ...task, annotations: task.completions }, path);
  return listOf(`${path}.annotations`, task.annotations).map((annotation) =>
    parseAnnotation(annotation, `${path}.annotations`),
  );
}

function parseAnnotation(annotation: Body, path: string): Annotation {
  const { result } = annotation;
  if (result === undefined || result === null) return { ...annotation, result: [] };
  if (!Array.isArray(result)) fail(`"${path}.result" must be a list of regions, got ${kindOf(result)}`);
  return { ...annotation, result: result.filter(isObject) as Region[] };
}

/** Tasks come as a list, as one object, or as null. */
function parseTasks(name: string, value: unknown): Task[] {
  return listOf(name, value).map((task, index) =>
    isObject(task.data)
      ? (task as Task)
      : fail(`"${name}[${index}]" must have "data", an object; it has: ${Object.keys(task).join(', ') || 'nothing'}`),
  );
}

function listOf(name: string, value: unknown): Body[] {
  if (value === undefined || value === null) return [];
  if (isObject(value)) return [value];
  if (!Array.isArray(value)) fail(`"${name}" must be a list, got ${kindOf(value)}`);
  for (const [index, item] of value.entries()) {
    if (!isObject(item)) fail(`"${name}[${index}]" must be an object, got ${kindOf(item)}`);
  }
  return value as Body[];
}

function parseIds(value: unknown): string[] {
  const items = Array.isArray(value) ? value : [value];
  return items
    .map((item) => (isObject(item) ? item.id : item))
    .filter(isId)
    .map(String);
}

function optionalText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : fail(`"${name}" must be text, got ${kindOf(value)}`);
}

function optionalObject(name: string, value: unknown): Body | undefined {
  if (value === undefined || value === null) return undefined;
  return isObject(value) ? value : fail(`"${name}" must be an object, got ${kindOf(value)}`);
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function kindOf(value: unknown): string {
  return value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : `${typeof value} ${JSON.stringify(value)?.slice(0, 60) ?? ''}`.trim();
}
