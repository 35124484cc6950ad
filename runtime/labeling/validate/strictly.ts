/** Each result by itself, by all that the config and the task say of it. */

import { expandName } from '../repeaters.ts';
import type { ControlRule } from '../rulebook.ts';
import { REFUSED } from './check-answers.ts';
import { TAG_CHECKS, UNIT_CHECKS } from './checks.ts';
import { type Finding, pointerStep, show } from './findings.ts';
import type { Inspection } from './inspection.ts';
import { checkLinks } from './links.ts';
import { isDict, isLaxNumber } from './sdk-schemas.ts';

/** More results than this no annotator looks through. */
const MANY = 10_000;
/** More characters of JSON than this are slow in the editor, and proxies refuse them. */
const LONG = 20_000_000;
const NO_INDICES: readonly number[] = [];

export function validateStrictly(prediction: unknown, at: Inspection): Finding[] {
  if (!isDict(prediction)) {
    at.error('result', '/result', `needs { result: [regions] }, got ${show(prediction)}`, true);
    return at.finish();
  }
  const { result, score, model_version } = prediction;
  checkScore(score, '/score', at, true);
  if (model_version !== undefined && typeof model_version !== 'string') {
    at.warn('model-version', '/model_version', `needs text, got ${show(model_version)}`);
  }
  if (!Array.isArray(result)) {
    at.error('result', '/result', `needs a list of regions, got ${show(result)}`, true);
    return at.finish();
  }
  if (result.length > MANY) at.warn('size', '/result', `${result.length} results: servers and annotators want fewer`);
  const rules: (ControlRule | undefined)[] = [];
  for (let index = 0; index < result.length; index++) {
    at.index = index;
    rules.push(checkRegion(result[index], at));
  }
  checkLinks(result, rules, at);
  const length = estimateLength(result);
  if (length > LONG) {
    at.warn('size', '/result', `about ${Math.round(length / 1e6)} MB of JSON: the editor and proxies want less`);
  }
  return at.finish();
}

/** About how many characters the JSON has, by what can be long in a result: to count them would cost more than all checks. */
function estimateLength(result: readonly unknown[]): number {
  let length = 0;
  for (const region of result) {
    length += 150;
    if (!isDict(region) || !isDict(region.value)) continue;
    for (const name in region.value) {
      const field = region.value[name];
      if (typeof field === 'string') length += field.length;
      else if (!Array.isArray(field)) continue;
      else if (typeof field[0] === 'number') length += field.length * 4;
      // Points and keyframes; of texts, their own length.
      else for (const item of field) length += typeof item === 'string' ? item.length : 40;
    }
  }
  return length;
}

/** Predictions' and results' own; servers refuse the first when it is wrong, and show nonsense for the second. */
function checkScore(score: unknown, field: string, at: Inspection, sdk: boolean): void {
  if (score === undefined) return;
  if (typeof score === 'number' && score >= 0 && score <= 1) return;
  const refused = sdk && score !== null && !(isLaxNumber(score) && Number(score) >= 0 && Number(score) <= 1);
  at.error('score', field, `needs a number 0..1, got ${show(score)}`, refused);
}

/** @returns the control's rule where the item can be told to be a result of it */
function checkRegion(region: unknown, at: Inspection): ControlRule | undefined {
  at.rule = at.object = undefined;
  if (!isDict(region)) {
    at.error('region', '', `a region must be an object, got ${show(region)}`, true);
    return undefined;
  }
  at.region = region;
  if (region.score !== undefined) checkScore(region.score, 'score', at, false);
  // Relations refer to other results: they come when all of those are known.
  if (region.type === 'relation') return undefined;
  const rule = findRule(region, at);
  if (rule === undefined) return undefined;
  at.rule = rule;
  if (!checkTarget(region.to_name, rule, at)) return undefined;
  const { type, id, value } = region;
  const merged =
    type !== rule.def.type && rule.mergesWith !== undefined && type === `${rule.mergesWith.def.type}labels`;
  if (type !== rule.def.type && !merged) {
    const lower = typeof type === 'string' && type.toLowerCase() === rule.def.type;
    if (!lower) {
      at.error(
        'type',
        'type',
        `control '${rule.def.name}' is <${rule.def.tag}>: needs "${rule.def.type}", got ${show(type)}`,
        true,
      );
      return undefined;
    }
    at.warn('type', 'type', `needs lower case, "${rule.def.type}", got ${show(type)}`);
  }
  if (id !== undefined && (typeof id !== 'string' || !/^[\w-]+$/.test(id))) {
    at.warn('id', 'id', `needs letters, digits, _ and -, got ${show(id)}`);
  }
  if (!isDict(value)) {
    at.error('value', 'value', `needs an object, got ${show(value)}`, true);
    return undefined;
  }
  at.value = value;
  if (merged && rule.mergesWith !== undefined) checkMerged(rule, rule.mergesWith, type as string, at);
  else checkValue(rule, at);
  return rule;
}

function findRule({ from_name }: Record<string, unknown>, at: Inspection): ControlRule | undefined {
  const { controls, repeated, ruleOf } = at.book;
  const rule = controls.get(from_name as string);
  at.indices = NO_INDICES;
  if (rule !== undefined) return rule;
  const found = typeof from_name === 'string' ? repeated?.find(from_name) : undefined;
  if (found === undefined) {
    at.error('from-name', 'from_name', at.unknown('control', from_name, controls.keys()), true);
    return undefined;
  }
  at.indices = found.indices;
  at.warn('type-support', 'from_name', `the names of a Repeater: ${REFUSED}`, true);
  return ruleOf(found.control);
}

function checkTarget(to: unknown, { def }: ControlRule, at: Inspection): boolean {
  const { objects } = at.book.config;
  for (const name of def.toName) {
    const expanded = at.indices.length === 0 ? name : expandName(def, name, at.indices);
    if (expanded !== to) continue;
    at.object = objects.get(name);
    if (at.object !== undefined) return true;
  }
  if (to === def.name && def.toName.length > 1) {
    const message = `the editor stores ${show(to)} itself here, a prediction needs one of its objects: ${def.toName.join(', ')}`;
    return at.error('to-name', 'to_name', message, true);
  }
  return at.error('to-name', 'to_name', at.unknown(`object of control '${def.name}'`, to, def.toName), true);
}

function checkValue(rule: ControlRule, at: Inspection): void {
  const { value } = at;
  const { fields, tag } = rule;
  let sound = true;
  for (let k = 0; k < fields.length; k++) {
    const field = fields[k];
    if (field === undefined) continue;
    const given = value[field.name];
    const place = `value/${field.name}`;
    if (given !== undefined) sound = UNIT_CHECKS[field.unit](given, place, at) && sound;
    else if (field.required) sound = at.error('missing', place, describeMissing(rule, field.name, value), true);
  }
  if (tag === undefined)
    at.warn('type-support', 'type', `<${rule.def.tag}> is not a tag that we know: its results are not checked`, true);
  else {
    if (!rule.row.validated) at.warn('type-support', 'type', `<${rule.def.tag}>: ${REFUSED}`, true);
    if (sound) TAG_CHECKS[tag](value, at);
  }
}

/** Labels under the key of another tag are the mistake that is made most. */
function describeMissing({ def, fields }: ControlRule, name: string, value: Record<string, unknown>): string {
  const others = Object.keys(value).filter((key) => !fields.some((field) => field.name === key));
  const got = others.length > 0 ? `, got ${others.slice(0, 5).map(pointerStep).join(', ')} instead` : '';
  return `<${def.tag}> needs '${name}'${got}`;
}

/** Labels and the tool beside them in one result. */
function checkMerged(rule: ControlRule, tool: ControlRule, type: string, at: Inspection): void {
  const key = at.value[type] === undefined ? 'labels' : type;
  UNIT_CHECKS.labels(at.value[key], `value/${key}`, at);
  at.rule = tool;
  checkValue(tool, at);
  at.rule = rule;
}
