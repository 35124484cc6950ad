/** What holds between the results of a prediction: ids, companions, relations, and which controls must be answered. */

import { isDeepStrictEqual } from 'node:util';
import type { ControlRule } from '../rulebook.ts';
import { checkFrameCounts } from './check-video.ts';
import { show } from './findings.ts';
import type { Fields, Inspection } from './inspection.ts';
import { checkRelation, checkUsages } from './relations.ts';
import { isDict } from './sdk-schemas.ts';

/** A region has a result of each control at most; a group of thousands is a mistake, or meant to cost us time. */
const MOST_OF_ONE_REGION = 200;

type Rules = readonly (ControlRule | undefined)[];

/** `rules` has an entry for each result; undefined where it is none of a control, or its control could not be told. */
export function checkLinks(result: readonly unknown[], rules: Rules, at: Inspection): void {
  const { required, limited } = at.book;
  const alone = result.length === 1 ? rules[0] : undefined;
  const needsPartner = alone !== undefined && (alone.def.perRegion || isCompanion(alone, at));
  if (
    alone === undefined ||
    needsPartner ||
    alone.row.image ||
    (result[0] as Fields).parentID !== undefined ||
    alone.def.perItem
  ) {
    checkTogether(result, rules, at);
  }
  for (const rule of required) {
    if (rules.includes(rule)) continue;
    at.warn('required', '/result', `control '${rule.def.name}' is required="true", and no result is for it`);
  }
  if (limited.length > 0) checkUsages(result, rules, at);
  if (result.length > 1) checkFrameCounts(result, rules, at);
}

function checkTogether(result: readonly unknown[], rules: Rules, at: Inspection): void {
  const byId = new Map<unknown, number[]>();
  const seen = new Set<string>();
  const sizes = new Map<string, Fields>();
  for (const [index, region] of result.entries()) {
    if (!isDict(region) || region.type === 'relation') continue;
    const { id } = region;
    if (id === undefined || id === null) continue;
    const group = byId.get(id);
    if (group === undefined) {
      byId.set(id, [index]);
      continue;
    }
    // Nearly all regions have one result: theirs needs no key.
    if (group.length === 1) seen.add(keyOf(result[group[0] ?? 0] as Fields));
    if (group.length < MOST_OF_ONE_REGION) group.push(index);
    const key = keyOf(region);
    at.index = index;
    if (seen.has(key))
      at.error(
        'id-twice',
        'id',
        `${show(id)} is given twice for control ${show(region.from_name)}: only one of the results would survive`,
      );
    seen.add(key);
  }
  const pairs = new Set<string>();
  const answered = new Set<string>();
  for (const [index, region] of result.entries()) {
    if (!isDict(region)) continue;
    at.index = index;
    at.region = region;
    const rule = rules[index];
    if (region.type === 'relation') checkRelation(region, byId, rules, pairs, at);
    if (region.parentID !== undefined && !byId.has(region.parentID)) {
      at.warn('parent', 'parentID', `no region of this prediction has the id ${show(region.parentID)}`);
    }
    if (rule === undefined) continue;
    at.rule = rule;
    const companion = isCompanion(rule, at);
    if (rule.row.image || companion) checkImage(region, sizes, at);
    if (rule.row.image || companion || rule.def.perItem) checkItem(region, rule, at);
    checkAnswer(region, rule, answered, at);
    if (rule.def.perRegion || companion) checkPartner(region, byId, result, rules, companion, at);
  }
}

/** <Labels> on an image: names what a tool beside it has drawn. */
function isCompanion({ tag, def }: ControlRule, at: Inspection): boolean {
  return tag === 'Labels' && at.book.config.objects.get(def.toName[0] ?? '')?.tag === 'Image';
}

function checkImage(region: Fields, sizes: Map<string, Fields>, at: Inspection): void {
  const { original_width: width, original_height: height } = region;
  if (![width, height].every((side) => Number.isInteger(side) && (side as number) > 0)) {
    at.warn(
      'image-size',
      'original_width',
      `an image region needs original_width and original_height in whole pixels, got ${show(width)} and ${show(height)}`,
    );
  }
  const image = [region.to_name, region.item_index].map(nameOf).join('\n');
  const first = sizes.get(image);
  if (first === undefined) sizes.set(image, region);
  else if (first.original_width !== width || first.original_height !== height) {
    at.warn(
      'image-size',
      'original_width',
      `${show(width)} × ${show(height)}, another result has ${show(first.original_width)} × ${show(first.original_height)} for the same image`,
    );
  }
}

/** Which image of a list, or which item. */
function checkItem(region: Fields, { def }: ControlRule, at: Inspection): void {
  const { item_index: item } = region;
  const object = def.toName.map((name) => at.book.config.objects.get(name)).find((found) => found !== undefined);
  if (object?.listKey === undefined) return;
  at.object = object;
  const list = at.data();
  const most = Array.isArray(list) ? list.length : Number.POSITIVE_INFINITY;
  if (Number.isInteger(item) && (item as number) >= 0 && (item as number) < most) return;
  const range = Number.isFinite(most) ? `, 0 to ${most - 1}` : '';
  at.error('item-index', 'item_index', `needs the index of the image in the list${range}, got ${show(item)}`);
}

/** Whole objects have one answer of a control; regions and items have their own. */
function checkAnswer(region: Fields, { row, def }: ControlRule, answered: Set<string>, at: Inspection): void {
  if (row.kind !== 'classification' || def.perRegion || region.item_index !== undefined) return;
  const key = [region.from_name, region.to_name].map(nameOf).join('\n');
  if (answered.has(key)) {
    at.warn('answered-twice', '', `control ${show(region.from_name)} has an answer already: only the last survives`);
  }
  answered.add(key);
}

const nameOf = (value: unknown): string => (typeof value === 'string' ? value : show(value));
const keyOf = ({ id, from_name, type }: Fields): string => `${nameOf(id)}\n${nameOf(from_name)}\n${nameOf(type)}`;

function checkPartner(
  region: Fields,
  byId: ReadonlyMap<unknown, number[]>,
  result: readonly unknown[],
  rules: Rules,
  companion: boolean,
  at: Inspection,
): void {
  const group = byId.get(region.id) ?? [];
  const mine = at.rule as ControlRule;
  const fits = (rule: ControlRule | undefined): boolean =>
    rule !== undefined &&
    rule !== mine &&
    (rule.region || (!companion && (rule.tag === 'Labels' || rule.tag === 'Chat')));
  const found = group.find((index) => fits(rules[index]));
  const partner = found === undefined ? undefined : (result[found] as Fields);
  if (partner === undefined || found === undefined) {
    const what = companion
      ? `labels on an image need a region drawn beside them`
      : `control '${mine.def.name}' is perRegion: it needs a region`;
    at.error('companion', 'id', `${what}, with the same id; got ${show(region.id)}`, companion);
    return;
  }
  comparePlaces(region.value as Fields, partner.value as Fields, rules[found] as ControlRule, companion, at);
  if (!companion) checkConditions(mine, group, result, rules, at);
}

/** The editor writes the region's geometry into every result about it. */
function comparePlaces(
  value: Fields,
  original: Fields,
  { fields, row }: ControlRule,
  companion: boolean,
  at: Inspection,
): void {
  if (!isDict(value) || !isDict(original)) return;
  for (const { name } of fields) {
    if (name === row.labelKey || original[name] === undefined || isDeepStrictEqual(value[name], original[name]))
      continue;
    if (value[name] !== undefined) {
      at.error(
        'companion',
        `value/${name}`,
        `differs from the region with the same id: ${show(value[name])}, there ${show(original[name])}`,
      );
    } else if (companion) {
      at.error('companion', `value/${name}`, 'needs the geometry of the region with the same id', true);
    } else {
      at.warn('companion', `value/${name}`, 'the editor repeats the geometry of the region here');
      return;
    }
  }
}

function checkConditions(
  mine: ControlRule,
  group: readonly number[],
  result: readonly unknown[],
  rules: Rules,
  at: Inspection,
): void {
  const { whenTagName, whenLabelValue } = mine.def.attrs;
  const list = (names: string) => names.split(',').map((name) => name.trim());
  const others = group.filter((index) => rules[index] !== mine);
  if (whenTagName && !others.some((index) => list(whenTagName).includes(nameOf((result[index] as Fields).from_name)))) {
    at.warn('condition', 'from_name', `is for regions of ${whenTagName} only (whenTagName)`);
  }
  if (!whenLabelValue) return;
  const labels = others.flatMap((index) => {
    const key = rules[index]?.row.labelKey;
    const value = (result[index] as Fields).value;
    const answer = key && isDict(value) ? value[key] : undefined;
    // Only text is a label; what else stands there, joining would choke on.
    return Array.isArray(answer) ? answer.filter((label) => typeof label === 'string') : [];
  });
  if (list(whenLabelValue).some((label) => labels.includes(label))) return;
  at.warn(
    'condition',
    'from_name',
    `is for regions labeled ${show(whenLabelValue)} only (whenLabelValue), this one has ${show(labels.join(', '))}`,
  );
}
