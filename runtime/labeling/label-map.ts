/** From a model's classes to the config's labels, and the custom attributes that say how to use a model. */

import { fail } from '../errors.ts';
import type { ControlDef, LabelConfig, LabelDef } from './config.ts';

/**
 * Labels by class: by predicted_values="car,truck" where one of them is a class; else where label and class are the
 * same, whatever their case. Classes without a label are not in the map: drop what the model finds of them.
 */
export function buildLabelMap(control: ControlDef, classes: Iterable<string>): Map<string, string> {
  const known = new Set(classes);
  // Of classes that differ in case only, the first; the reference keeps the label's spelling here, which never matches.
  const byLower = new Map<string, string>();
  for (const name of known) if (!byLower.has(name.toLowerCase())) byLower.set(name.toLowerCase(), name);
  const map = new Map<string, string>();
  for (const label of allLabels(control)) {
    const predicted = splitList(label.attrs.predicted_values).filter((name) => known.has(name));
    if (predicted.length > 0) for (const name of predicted) map.set(name, label.key);
    else {
      const same = known.has(label.key) ? label.key : byLower.get(label.key.toLowerCase());
      if (same !== undefined) map.set(same, label.key);
    }
  }
  return map;
}

/** Labels of key points by class and index: predicted_values="person" model_index="0" is the class's first point. */
export function buildKeyPointMap(control: ControlDef): Map<string, Map<number, string>> {
  const map = new Map<string, Map<number, string>>();
  for (const { key, attrs } of allLabels(control)) {
    const index = Number.parseInt(attrs.model_index ?? '', 10);
    if (Number.isNaN(index) || !attrs.predicted_values) continue;
    const points = map.get(attrs.predicted_values) ?? new Map<number, string>();
    map.set(attrs.predicted_values, points.set(index, key));
  }
  return map;
}

/** Every label once: of a repeated key the last attributes count, as in the reference. */
function allLabels(control: ControlDef): Iterable<LabelDef> {
  const byKey = new Map<string, LabelDef>();
  const visit = (labels: readonly LabelDef[]): void => {
    for (const label of labels) {
      byKey.set(label.key, label);
      visit(label.children);
    }
  };
  visit(control.labels);
  return byKey.values();
}

const splitList = (text = ''): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export interface TagOccurrence {
  from_name: string;
  to_name: string;
  /** The task data field that the object shows. */
  value: string;
}

/** The first control, in document order, of one of the tags that is for an object of one of the others. @throws InputError */
export function findFirstTag(
  config: LabelConfig,
  controls: string | readonly string[],
  objects: string | readonly string[],
): TagOccurrence {
  const lower = (tags: string | readonly string[]) =>
    (typeof tags === 'string' ? [tags] : tags).map((tag) => tag.toLowerCase());
  const [controlTags, objectTags] = [lower(controls), lower(objects)];
  for (const { name, tag, toName } of config.controls.values()) {
    if (!controlTags.includes(tag.toLowerCase())) continue;
    for (const to_name of toName) {
      const object = config.objects.get(to_name);
      if (object === undefined || !objectTags.includes(object.tag.toLowerCase())) continue;
      return { from_name: name, to_name, value: object.listKey ?? object.dataKey ?? '' };
    }
  }
  const has = [...config.controls.values()].map(({ tag }) => tag).join(', ') || 'no controls';
  return fail(
    `the labeling config has no ${[controls].flat().join(' or ')} for ${[objects].flat().join(' or ')} (it has: ${has})`,
  );
}

/** A number of a custom attribute: 'model_score_threshold', or any of several names. @throws InputError when it is none */
export function numberAttribute(control: ControlDef, names: readonly string[], otherwise: number): number {
  const name = names.find((candidate) => control.attrs[candidate] !== undefined && control.attrs[candidate] !== '');
  if (name === undefined) return otherwise;
  const number = Number(control.attrs[name]);
  return Number.isFinite(number)
    ? number
    : fail(`control '${control.name}': ${name} must be a number, got '${control.attrs[name]}'`);
}

/** A custom attribute that is on or off: 1, true and yes are on, in any case. */
export function flagAttribute(control: ControlDef, name: string, otherwise = false): boolean {
  const text = control.attrs[name];
  return text === undefined ? otherwise : ['1', 'true', 'yes'].includes(text.toLowerCase());
}
