/** Relations between results, and how often a label may be used. */

import type { ControlRule } from '../rulebook.ts';
import { pointerStep, show } from './findings.ts';
import type { Fields, Inspection } from './inspection.ts';
import { isDict } from './sdk-schemas.ts';

type Rules = readonly (ControlRule | undefined)[];

const DIRECTIONS = ['left', 'right', 'bi'];

export function checkRelation(
  relation: Fields,
  byId: ReadonlyMap<unknown, number[]>,
  rules: Rules,
  pairs: Set<string>,
  at: Inspection,
): void {
  const { from_id, to_id, direction, labels } = relation;
  for (const [field, id] of [
    ['from_id', from_id],
    ['to_id', to_id],
  ] as const) {
    const known = byId.get(id)?.some((index) => rules[index] !== undefined) === true;
    if (!known) at.error('relation', field, `no region of this prediction has the id ${show(id)}`, true);
  }
  if (!DIRECTIONS.includes(direction as string))
    at.error('direction', 'direction', at.unknown('direction', direction, DIRECTIONS), true);
  if (from_id === to_id) at.warn('relation', 'to_id', `relates ${show(to_id)} to itself`);
  const pair = [from_id, to_id].map((id) => (typeof id === 'string' ? id : show(id))).join('\n');
  if (pairs.has(pair))
    at.warn('relation', 'to_id', `${show(from_id)} and ${show(to_id)} are related already: the editor keeps the first`);
  pairs.add(pair);
  if (labels === undefined) return;
  if (!Array.isArray(labels)) {
    at.error('label', 'labels', `needs a list of labels, got ${show(labels)}`);
    return;
  }
  const declared = at.book.relationLabels;
  for (const [k, label] of labels.entries()) {
    if (!declared.has(label)) at.error('label-unknown', `labels/${k}`, at.unknown('relation label', label, declared));
  }
}

export function checkUsages(result: readonly unknown[], rules: Rules, at: Inspection): void {
  const counts = new Map<string, number>();
  for (const [index, rule] of rules.entries()) {
    const { value } = (result[index] ?? {}) as Fields;
    const answer = rule?.usages && rule.row.labelKey && isDict(value) ? value[rule.row.labelKey] : undefined;
    if (rule === undefined || !Array.isArray(answer)) continue;
    for (const label of answer) {
      const most = rule.usages?.get(label);
      if (most === undefined) continue;
      const key = `${rule.def.name} ${label}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count !== most + 1) continue;
      at.index = index;
      at.warn(
        'label-usages',
        `value/${pointerStep(rule.row.labelKey ?? '')}`,
        `${show(label)} may be used ${most} times (maxUsages)`,
      );
    }
  }
}
