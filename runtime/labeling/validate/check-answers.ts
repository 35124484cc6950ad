/** The answers that stand under a control's label key: labels, paths, texts, numbers, sides, columns. */

import type { ControlRule, LabelTree } from '../rulebook.ts';
import { show } from './findings.ts';
import type { Fields, Inspection } from './inspection.ts';

export type Check = (value: unknown, field: string, at: Inspection) => boolean;

const isText = (value: unknown): value is string => typeof value === 'string';

/** Declared labels, each once, as many as the control takes. */
export const checkLabelList: Check = (value, field, at) => {
  const rule = at.rule as ControlRule;
  if (rule.tag === 'Choices' && rule.def.attrs.allowNested === 'true') return checkPaths(value, field, at);
  if (!Array.isArray(value)) return at.error('label', field, `needs a list of labels, got ${show(value)}`, true);
  if (value.length === 0 && rule.def.attrs.allowEmpty !== 'true') {
    return at.error('label-empty', field, 'needs at least one label: leave the result out where there is none');
  }
  if (rule.single && value.length > 1) {
    at.error('label-count', field, `takes one label (choice="multiple" would allow more), got ${value.length}`);
  }
  let sound = true;
  for (let k = 0; k < value.length; k++) sound = checkLabel(value[k], `${field}/${k}`, at) && sound;
  if (value.length > 1) checkTwice(value, field, at);
  return sound;
};

function checkTwice(labels: readonly unknown[], field: string, at: Inspection): void {
  const seen = new Set<unknown>();
  for (const [k, label] of labels.entries()) {
    if (seen.has(label)) at.error('label-twice', `${field}/${k}`, `${show(label)} is given twice`);
    seen.add(label);
  }
}

function checkLabel(label: unknown, field: string, at: Inspection): boolean {
  const rule = at.rule as ControlRule;
  if (!isText(label)) return at.error('label', field, `a label must be text, got ${show(label)}`, true);
  if (rule.known.has(label)) return true;
  // The SDK knows the control's own labels only, and skips the check where there are none.
  const sdk = rule.def.known.size > 0;
  if (rule.dynamic) {
    const lists = rule.dynamicFields.map((name) => at.dynamicLabels(name)).filter((list) => list !== undefined);
    if (lists.length === 0) {
      return at.warn('label-dynamic', field, `${show(label)} cannot be checked: labels come with the task`, sdk);
    }
    if (lists.some((list) => list.has(label))) {
      return sdk ? at.warn('type-support', field, `${show(label)} comes with the task: ${REFUSED}`, true) : true;
    }
    return at.error(
      'label-unknown',
      field,
      at.unknown('label', label, new Set([...rule.known, ...lists.flatMap((list) => [...list])])),
      sdk,
    );
  }
  const alias = rule.aliases().get(label);
  if (alias !== undefined) {
    const message = `${show(label)} is shown to people, results carry its alias ${show(alias)}`;
    return at.error('label-alias', field, message, sdk);
  }
  return at.error('label-unknown', field, at.unknown('label', label, rule.known), sdk && rule.tag !== 'VideoRectangle');
}

export const REFUSED = 'a server with prediction validation refuses it';

/** Root-to-node paths of a tree of labels. */
export const checkPaths: Check = (value, field, at) => {
  const rule = at.rule as ControlRule;
  if (!Array.isArray(value)) return at.error('label', field, `needs a list of paths, got ${show(value)}`, true);
  if (value.length === 0) return at.error('label-empty', field, 'needs at least one path: leave the result out');
  if (rule.tag === 'Choices' && rule.single && value.length > 1) {
    at.error('label-count', field, `takes one path (choice="multiple" would allow more), got ${value.length}`);
  }
  const most = Number.parseInt(rule.def.attrs.maxUsages ?? '', 10);
  if (value.length > most)
    at.error('label-count', field, `takes at most ${most} paths (maxUsages), got ${value.length}`);
  const seen = new Set<string>();
  let sound = true;
  for (let k = 0; k < value.length; k++) {
    const path: unknown = value[k];
    if (!Array.isArray(path) || !path.every(isText)) {
      sound = at.error('label', `${field}/${k}`, `a path is a list of labels, root first, got ${show(path)}`, true);
      continue;
    }
    const key = JSON.stringify(path);
    if (seen.has(key)) at.error('label-twice', `${field}/${k}`, `${key.slice(0, 80)} is given twice`);
    seen.add(key);
    sound = checkPath(path, `${field}/${k}`, at) && sound;
  }
  return sound;
};

function checkPath(path: readonly string[], field: string, at: Inspection): boolean {
  const rule = at.rule as ControlRule;
  if (path.length === 0) return at.error('label-empty', field, 'an empty path: needs the labels from the root on');
  if (rule.dynamic) return true;
  let level: LabelTree = rule.tree();
  for (let k = 0; k < path.length; k++) {
    const name = path[k] ?? '';
    const node = level.get(name);
    if (node === undefined) {
      const below = k === 0 ? 'label' : `label below ${show(path[k - 1])}`;
      // The SDK asks only whether the name is anywhere in the tree.
      return at.error(
        'label-unknown',
        `${field}/${k}`,
        at.unknown(below, name, level.keys()),
        !rule.def.known.has(name),
      );
    }
    level = node.children;
  }
  if (rule.def.attrs.leafsOnly === 'true' && level.size > 0) {
    return at.error('label-unknown', field, `${show(path.at(-1))} has labels below it, and leafsOnly wants the last`);
  }
  return true;
}

export const checkTexts: Check = (value, field, at) => {
  if (!Array.isArray(value) || !value.every(isText)) {
    return at.error('text', field, `needs a list of texts, got ${show(value)}`, true);
  }
  const most = Number.parseInt(at.rule?.def.attrs.maxSubmissions ?? '', 10);
  if (value.length === 0) return at.error('text', field, 'needs at least one text: leave the result out');
  if (value.length <= most || Number.isNaN(most)) return true;
  return at.error('text', field, `takes at most ${most} texts (maxSubmissions), got ${value.length}`);
};

export const checkSide: Check = (value, field, at) =>
  value === 'left' ||
  value === 'right' ||
  at.error('side', field, `needs "left" or "right", got ${show(value)}`, !isText(value));

/** Item ids by column: each known, each once; all of them where there are no buckets. */
export const checkColumns: Check = (value, field, at) => {
  const { def } = at.rule as ControlRule;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return at.error('ranker', field, `needs an object, { column: [item ids] }, got ${show(value)}`, true);
  }
  const columns = def.buckets === undefined ? [def.name] : [...def.buckets.map(({ name }) => name), '_'];
  const items = listIds(at.data());
  const seen = new Set<string>();
  let sound = true;
  for (const [column, ids] of Object.entries(value as Fields)) {
    if (!columns.includes(column)) sound = at.error('ranker', field, at.unknown('column', column, columns));
    if (!Array.isArray(ids) || !ids.every(isText)) {
      sound = at.error(
        'ranker',
        field,
        `column ${show(column)} needs a list of item ids as text, got ${show(ids)}`,
        true,
      );
      continue;
    }
    for (const id of ids) {
      if (seen.has(id)) sound = at.error('ranker', field, `item ${show(id)} is ranked twice`);
      seen.add(id);
      if (items !== undefined && !items.has(id)) sound = at.error('ranker', field, at.unknown('item', id, items));
    }
  }
  if (sound && def.buckets === undefined && items !== undefined && seen.size < items.size) {
    return at.error('ranker', field, `ranks ${seen.size} of ${items.size} items: a ranking has them all`);
  }
  return sound;
};

function listIds(items: unknown): Set<string> | undefined {
  if (!Array.isArray(items)) return undefined;
  const ids = items.map((item) => (item as Fields | null)?.id);
  return new Set(ids.map((id) => (typeof id === 'string' ? id : show(id))));
}
