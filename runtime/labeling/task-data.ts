/** The task's data as labeling configs address it: '$key', 'a.b', 'a[0].x', and lists of a Repeater. */

import type { ObjectDef } from './config.ts';

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
