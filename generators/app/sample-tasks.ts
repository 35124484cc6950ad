/** Sample tasks for a labeling config: all the data that it asks for. */

import type { ControlDef, LabelConfig, ObjectDef } from '../../runtime/labeling/config.ts';
import { findControlTag } from '../../runtime/labeling/tags.ts';
import type { Json } from '../../runtime/types.ts';
import { sampleOf } from './samples.ts';

/** The task data field behind an object. */
export const keyOf = (object: ObjectDef) => object.dataKey ?? object.listKey ?? object.name;

type JsonObject = { [key: string]: Json };
/** What the starter's own sample tasks are about. */
interface Subject {
  object: string;
  dataKey: string;
}
type TaskLike = { data?: JsonObject } & JsonObject;

/**
 * The starter's sample tasks with all the data that a labeling config asks for: its texts where the object is of the
 * starter's own kind, samples for the rest; `a.b` nested as the server sends it.
 */
export function completeTasks(tasksJson: string, config: LabelConfig, starter: Subject, ownTag: string): string {
  const tasks = JSON.parse(tasksJson) as TaskLike[];
  const flags = [...config.controls.values()].flatMap(({ repeater = [] }) => repeater.map(({ flag }) => flag));
  // Within a Repeater: the data of its first row.
  const pathOf = (key: string) => flags.reduce((path, flag) => path.replaceAll(flag, '0'), key);
  const completed = tasks.map((task) => {
    const own = task.data?.[starter.dataKey];
    const data: JsonObject = {};
    for (const object of config.objects.values()) {
      if (!isVariable(object)) continue;
      const keep = object.name === starter.object && object.tag === ownTag && own !== undefined;
      const value = withFieldsOf(object, keep ? own : sampleFor(object));
      setPath(data, pathOf(keyOf(object)), object.dataKey === undefined ? [value] : value);
    }
    for (const control of config.controls.values()) {
      const { dynamicField } = control;
      if (dynamicField !== undefined) setPath(data, pathOf(dynamicField), optionsOf(control));
    }
    return { ...task, data };
  });
  // With samples alone, one task is like the other: two are enough.
  const different = new Set(completed.map(({ data }) => JSON.stringify(data))).size > 1;
  return `${JSON.stringify(different ? completed : completed.slice(0, 2), null, 2)}\n`;
}

/** Texts that are named by a URL are in it, so that a sample needs no network. */
function sampleFor({ tag, valueType }: ObjectDef): Json {
  const sample = sampleOf(tag);
  const byUrl = valueType === 'url' && (tag === 'Text' || tag === 'HyperText');
  return byUrl ? `data:text/plain,${encodeURIComponent(String(sample))}` : sample;
}

/** Samples with the field names that the object asks for: of dialogues by attribute, of time series by the order of columns. */
function withFieldsOf({ tag, attrs, children }: ObjectDef, sample: Json): Json {
  if (tag === 'Paragraphs' && Array.isArray(sample)) {
    const [name, text] = [attrs.nameKey || 'author', attrs.textKey || 'text'];
    return sample.map((item) => {
      const { author = '', text: said = '', ...rest } = item as JsonObject;
      return { [name]: author, [text]: said, ...rest };
    });
  }
  if (tag !== 'TimeSeries' || typeof sample !== 'object' || sample === null) return sample;
  const channels = children.filter((child) => child.tag === 'Channel').map((child) => child.attrs.column);
  const names = [attrs.timeColumn, ...channels].filter((name) => name !== undefined);
  const columns = Object.values(sample as JsonObject);
  if (attrs.timeColumn === undefined || columns.length === 0) return sample;
  return Object.fromEntries(names.map((name, at) => [name, columns[Math.min(at, columns.length - 1)] ?? []]));
}

/** What comes with the task for a control: its labels, or for a TextArea and its like, what it begins with. */
function optionsOf({ tag, flat }: ControlDef): Json {
  if (findControlTag(tag).option === null) return sampleOf('Text');
  const labels = flat.length > 0 ? flat : ['First', 'Second'];
  return labels.map((value) => ({ value }));
}

/** value="Some words" shows the words themselves; only value="$key" asks for data. */
export function isVariable({ attrs }: ObjectDef): boolean {
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
