/** The events that come to /webhook, under all the names and keys that servers of different years use. */

import { fail } from '../errors.ts';
import type { Delivered } from '../state/annotations.ts';
import type { Task } from '../types.ts';
import { type Body, isId, isObject, kindOf, listOf, optionalText, parseAnnotation, parseProject } from './fields.ts';
import { parseTrain, type TrainMessage } from './requests.ts';

/** What a /webhook body means. `project` is undefined where the server sends no payload. */
export type WebhookMessage =
  | TrainMessage
  | {
      kind: 'annotated';
      action: string;
      project: string | undefined;
      labelConfig: string | undefined;
      delivered: Delivered[];
      /** Annotations that came as an id alone. */
      incomplete: string[];
    }
  | { kind: 'annotations deleted'; action: string; project: string | undefined; ids: string[] }
  | { kind: 'tasks deleted'; action: string; project: string | undefined; ids: string[] }
  | { kind: 'start training'; action: string; project: string | undefined; labelConfig: string | undefined }
  | { kind: 'project updated'; action: string; project: string | undefined; labelConfig: string | undefined }
  | { kind: 'other'; action: string };

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
      return { kind: 'annotated', action, project, labelConfig, ...parseDelivered(body) };
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

function parseDelivered(body: Body): { delivered: Delivered[]; incomplete: string[] } {
  const bare = [body.annotation].flat().filter(isBare);
  // The bulk event keeps the singular keys and puts lists under them.
  const annotations = listOf('annotation', whole(body.annotation, bare));
  const tasks = listOf('task', body.task);
  const byId = new Map(tasks.map((task) => [String(task.id), task]));
  const delivered = annotations.map((annotation, index) => {
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
  return { delivered, incomplete: parseIds(bare) };
}

/** An id, or an object with little more: without a result only a skipped annotation means something. */
function isBare(annotation: unknown): boolean {
  return (
    isId(annotation) ||
    (isObject(annotation) && isId(annotation.id) && annotation.result === undefined && !annotation.was_cancelled)
  );
}

function whole(value: unknown, bare: readonly unknown[]): unknown {
  if (bare.length === 0) return value;
  return Array.isArray(value) ? value.filter((item) => !bare.includes(item)) : undefined;
}

function parseIds(value: unknown): string[] {
  const items = Array.isArray(value) ? value : [value];
  return items
    .map((item) => (isObject(item) ? item.id : item))
    .filter(isId)
    .map(String);
}
