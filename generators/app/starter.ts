/** From a labeling config to its starter: the control it predicts, the names in its templates, the task data it needs. */

import { fail } from '../../runtime/errors.ts';
import type { ControlDef, LabelConfig, ObjectDef } from '../../runtime/labeling/config.ts';
import type { Json } from '../../runtime/types.ts';
import { type LabelType, type LabelTypeId, labelTypes } from './choices.ts';
import { sampleOf } from './samples.ts';

/** What a starter is written for. */
export interface Starter {
  labelType: LabelTypeId;
  control: string;
  object: string;
  /** The object's tag: 'Text'. */
  objectTag: string;
  /** The task data field behind the object. */
  dataKey: string;
}

/**
 * The first control, in document order, that a label type has a starter for.
 * @param wanted only this label type will do
 * @throws InputError naming what was found and what is supported
 */
export function findStarter(config: LabelConfig, what: string, wanted?: LabelTypeId): Starter {
  const found: string[] = [];
  for (const control of config.controls.values()) {
    const object = control.toName.map((name) => config.objects.get(name)).find((candidate) => candidate !== undefined);
    const obstacle =
      object === undefined ? `its toName '${control.toName.join(',')}' names no object` : obstacleOf(control);
    found.push(
      `${control.tag} '${control.name}'${object ? ` on ${object.tag}` : ''}${obstacle ? ` (${obstacle})` : ''}`,
    );
    if (object === undefined || obstacle !== undefined) continue;
    const row = labelTypes.find((type) => fits(type, control, object) && (wanted === undefined || type.id === wanted));
    if (row !== undefined) {
      return {
        labelType: row.id,
        control: control.name,
        object: object.name,
        objectTag: object.tag,
        dataKey: keyOf(object),
      };
    }
  }
  const supported = labelTypes
    .filter(({ id }) => wanted === undefined || id === wanted)
    .map((type: LabelType) =>
      type.objects === 'any' ? type.control : `${type.control} on ${type.objects.join(' or ')}`,
    );
  return fail(
    `${what} has no control that there is a ${wanted === undefined ? '' : `'${wanted}' `}starter for.
Found: ${found.join(', ') || 'no control at all (a tag with name and toName)'}
Supported: ${supported.join(', ')}`,
  );
}

function fits(type: LabelType, control: ControlDef, object: ObjectDef): boolean {
  return type.control === control.tag && (type.objects === 'any' || type.objects.includes(object.tag));
}

/** Why a control cannot be the one that the starter predicts, though its tag could. */
function obstacleOf(control: ControlDef): string | undefined {
  if (control.perRegion) return 'answers per region';
  if (control.dynamic && control.flat.length === 0 && control.tag !== 'TextArea')
    return 'its labels come with the task';
  if (control.repeater !== undefined) return 'is inside a Repeater';
  return undefined;
}

const keyOf = (object: ObjectDef) => object.dataKey ?? object.listKey ?? object.name;

type JsonObject = { [key: string]: Json };
type TaskLike = { data?: JsonObject } & JsonObject;

/**
 * The starter's sample tasks with all the data that a labeling config asks for: its texts where the object is of the
 * starter's own kind, samples for the rest; `a.b` nested as the server sends it.
 */
export function completeTasks(tasksJson: string, config: LabelConfig, starter: Starter, ownTag: string): string {
  const tasks = JSON.parse(tasksJson) as TaskLike[];
  const completed = tasks.map((task) => {
    const own = task.data?.[starter.dataKey];
    const data: JsonObject = {};
    for (const object of config.objects.values()) {
      if (!isVariable(object)) continue;
      const keep = object.name === starter.object && object.tag === ownTag && own !== undefined;
      const value = keep ? own : sampleOf(object.tag);
      setPath(data, keyOf(object), object.dataKey === undefined ? [value] : value);
    }
    for (const { dynamicField, flat } of config.controls.values()) {
      if (dynamicField !== undefined)
        setPath(
          data,
          dynamicField,
          flat.map((value) => ({ value })),
        );
    }
    return { ...task, data };
  });
  // With samples alone, one task is like the other: two are enough.
  const different = new Set(completed.map(({ data }) => JSON.stringify(data))).size > 1;
  return `${JSON.stringify(different ? completed : completed.slice(0, 2), null, 2)}\n`;
}

/** value="Some words" shows the words themselves; only value="$key" asks for data. */
function isVariable({ attrs }: ObjectDef): boolean {
  return [attrs.value, attrs.valueList, attrs.data].some((value) => value?.startsWith('$'));
}

/** Sets 'a.b' and 'a[0].b', making the objects and lists on the way. */
function setPath(data: JsonObject, path: string, value: Json): void {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  if (steps.includes('__proto__')) return;
  let at: Record<string, Json> = data;
  for (const [index, step] of steps.entries()) {
    if (index === steps.length - 1) at[step] = value;
    const next = at[step] ?? (/^\d+$/.test(steps[index + 1] ?? '') ? [] : {});
    if (typeof next !== 'object' || next === null) return;
    at[step] ??= next;
    at = next as Record<string, Json>;
  }
}
