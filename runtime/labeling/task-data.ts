/** The task's data as labeling configs address it: '$key', 'a.b', 'a[0].x', and lists of a Repeater. */

import { fail, unknownName } from '../errors.ts';
import { findControl } from './build/region-parts.ts';
import type { LabelConfig, ObjectDef } from './config.ts';
import { expandName } from './repeaters.ts';

/** What directly uploaded files are stored under until the server renames it. */
const UNNAMED = '$undefined$';

/** Follows a path as the editor does; own properties only. */
export function readPath(data: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(data, path)) return data[path];
  let value: unknown = data;
  for (const step of path.split(/[.[\]]+/)) {
    if (step === '') continue;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** What an object shows; `expand` fills in the indices of the Repeaters around it. */
export function readObjectData(
  data: Record<string, unknown>,
  object: ObjectDef,
  expand: (name: string) => string,
): unknown {
  const key = object.listKey ?? object.dataKey;
  return key === undefined ? undefined : (readPath(data, expand(key)) ?? data[UNNAMED]);
}

/**
 * What a control is about in a task, and the key that it stands under. The control's name is the one that results have:
 * of a Repeater, 'tag_0' reads what 'line_0' shows, 'lines[0].text'.
 * @param to which object, by the name that results have, where the control has several; the first unless given
 * @throws InputError when the control is unknown, or not for that object
 */
export function readControlData(
  data: Record<string, unknown>,
  config: LabelConfig,
  name: string,
  to?: string,
): { key: string; value: unknown } {
  const { control, indices } = findControl(config, name);
  const expand = (template: string) => expandName(control, template, indices);
  const names = control.toName.map(expand);
  if (to !== undefined && !names.includes(to)) fail(`control '${name}': ${unknownName('object', to, names)}`);
  const known = control.toName.filter((template) => config.objects.has(template));
  const object = config.objects.get(known.find((template) => to === undefined || expand(template) === to) ?? '');
  if (object === undefined)
    fail(`control '${name}': ${unknownName('object', to ?? names[0] ?? name, config.objects.keys())}`);
  const key = expand(object.listKey ?? object.dataKey ?? object.name);
  return { key, value: readObjectData(data, object, expand) };
}

/** Labels that come with a task: alias, else value, of each item and of its children; undefined when there are none. */
export function readDynamicLabels(data: Record<string, unknown>, field: string): Set<string> | undefined {
  const items = readPath(data, field);
  if (!Array.isArray(items)) return undefined;
  const labels = new Set<string>();
  const pending: unknown[] = [...items];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (typeof item === 'string') labels.add(item);
    if (typeof item !== 'object' || item === null) continue;
    const { alias, value, children } = item as Record<string, unknown>;
    const key = alias || value;
    if (typeof key === 'string') labels.add(key);
    if (Array.isArray(children)) for (const child of children) pending.push(child);
  }
  return labels;
}
