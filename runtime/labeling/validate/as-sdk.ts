/** A prediction as the reference SDK validates it, with its gaps and its bugs: what a validating server will say. */

import type { ControlRule } from '../rulebook.ts';
import type { ControlTagName } from '../tags.ts';
import { type Finding, show } from './findings.ts';
import type { Inspection } from './inspection.ts';
import { fitsSdk, isDict, SDK_SCHEMAS, type SdkSchema, toLaxNumber } from './sdk-schemas.ts';

/** The SDK reads a Labels result beside one of these by their class. */
const PARTNERS: Record<string, SdkSchema> = {
  rectangle: SDK_SCHEMAS.Rectangle,
  polygon: SDK_SCHEMAS.Polygon,
  ellipse: SDK_SCHEMAS.Ellipse,
  keypoint: SDK_SCHEMAS.KeyPoint,
  brush: SDK_SCHEMAS.Brush,
};

/** What in Python would be an exception that ends the whole validation. */
class Unforeseen extends Error {}

/** One finding for each message of LabelInterface.validate_prediction(). */
export function validateAsSdk(prediction: unknown, at: Inspection): Finding[] {
  try {
    inspectPrediction(prediction, at);
  } catch (error) {
    if (!(error instanceof Unforeseen)) throw error;
    at.error('unforeseen', '/result', error.message, true);
  }
  return at.finish();
}

function inspectPrediction(prediction: unknown, at: Inspection): void {
  const given = isDict(prediction) && Object.hasOwn(prediction, 'result') ? prediction : undefined;
  if (given === undefined) {
    at.error(
      'result',
      '/result',
      `needs a list of regions, got ${show(isDict(prediction) ? undefined : prediction)}`,
      true,
    );
    return;
  }
  const { result, score } = given;
  if (!Array.isArray(result)) {
    at.error('result', '/result', `needs a list of regions, got ${show(result)}`, true);
    return;
  }
  if (score !== undefined && score !== null) {
    const number = toLaxNumber(score);
    if (!(number !== undefined && number >= 0 && number <= 1)) {
      at.error('score', '/score', `needs a number 0..1, got ${show(score)}`, true);
    }
  }
  const sound: Record<string, unknown>[] = [];
  const relations: number[] = [];
  const partners = findPartners(result);
  for (const [index, region] of result.entries()) {
    at.index = index;
    if (!isDict(region)) at.error('region', '', `a region must be an object, got ${show(region)}`, true);
    else if (region.type === 'relation') relations.push(index);
    else if (inspectRegion(region, at, partners)) sound.push(region);
  }
  const ids = new Set(sound.filter((region) => Object.hasOwn(region, 'id')).map(({ id }) => id));
  for (const index of relations) {
    at.index = index;
    inspectRelation(result[index] as Record<string, unknown>, ids, at);
  }
}

interface Partners {
  byId: ReadonlyMap<unknown, { schema: SdkSchema; index: number }>;
  /** Index of the first result whose type is no text; after all others where there is none. */
  stumbles: number;
}

function findPartners(result: readonly unknown[]): Partners {
  const byId = new Map<unknown, { schema: SdkSchema; index: number }>();
  let stumbles = Number.POSITIVE_INFINITY;
  for (const [index, region] of result.entries()) {
    if (!isDict(region)) continue;
    const { id, type } = region;
    if (typeof type !== 'string') {
      // What Python takes for empty is passed over.
      const empty = !type || (typeof type === 'object' && Object.keys(type).length === 0);
      if (!empty) stumbles = Math.min(stumbles, index);
      continue;
    }
    const schema = Object.hasOwn(PARTNERS, type.toLowerCase()) ? PARTNERS[type.toLowerCase()] : undefined;
    if (schema !== undefined && !byId.has(id)) byId.set(id, { schema, index });
  }
  return { byId, stumbles };
}

function inspectRegion(region: Record<string, unknown>, at: Inspection, partners: Partners): boolean {
  const { config, controls } = at.book;
  const missing = ['from_name', 'to_name', 'type', 'value'].filter((field) => !Object.hasOwn(region, field));
  for (const field of missing) at.error('missing', field, `needs a ${field}`, true);
  if (missing.length > 0) return false;
  const { from_name, to_name, type, value } = region;
  const rule =
    from_name === null && controls.size === 1 ? [...controls.values()][0] : controls.get(from_name as string);
  if (rule === undefined)
    return at.error('from-name', 'from_name', at.unknown('control', from_name, controls.keys()), true);
  const objectKnown = to_name === null ? config.objects.size === 1 : config.objects.has(to_name as string);
  if (!objectKnown) return at.error('to-name', 'to_name', at.unknown('object', to_name, config.objects.keys()), true);
  if (typeof type !== 'string') throw new Unforeseen(`the type of a region is no text, but ${show(type)}`);
  let sound = true;
  const actual = type.toLowerCase();
  const expected = tagOf(rule);
  const merged = mergedTool(rule, actual, controls.values());
  if (actual !== expected && merged === undefined) {
    sound = at.error('type', 'type', `needs ${show(expected)}, got ${show(type)}`, true);
  }
  if (!rule.def.toName.includes(to_name as string)) {
    sound = at.error(
      'to-name',
      'to_name',
      at.unknown(`object of control '${rule.def.name}'`, to_name, rule.def.toName),
      true,
    );
  }
  const fits =
    merged === undefined ? fitsControl(rule, value, region, partners) : fitsMerged(rule, merged, actual, value);
  return fits ? sound : at.error('value', 'value', `no value that <${rule.def.tag}> takes`, true);
}

/** Chat without toName becomes a ChatMessage in the SDK; with toName it stays an unknown tag. */
function tagOf({ def, tag }: ControlRule): string {
  return tag === 'Chat' && !def.attrs.toName ? 'chatmessage' : def.tag.toLowerCase();
}

function schemaOf({ def, tag }: ControlRule): SdkSchema | null {
  return tag === undefined || (tag === 'Chat' && def.attrs.toName) ? null : SDK_SCHEMAS[tag];
}

function fitsControl(rule: ControlRule, given: unknown, region: Record<string, unknown>, partners: Partners): boolean {
  const { def, tag } = rule;
  const schema = schemaOf(rule);
  if (schema === null || !isDict(given)) return false;
  if (tag === 'Ranker') return fitsSdk(given, schema);
  if (tag === 'VideoRectangle' && def.flat.length === 0 && !Object.hasOwn(given, 'labels'))
    return fitsSdk(given, schema);
  const inner = Object.hasOwn(given, def.name) ? given[def.name] : undefined;
  const value = isDict(inner) ? inner : given;
  if (!fitsLabels(rule, tag as ControlTagName, value)) return false;
  if (tag !== 'Labels' || region.id === undefined || region.id === null) return fitsSdk(value, schema);
  if ((region.type as string).toLowerCase() !== 'labels') return fitsSdk(value, schema);
  const partner = partners.byId.get(region.id);
  // The search for a partner stumbles over the first type that is no text.
  return partners.stumbles > (partner?.index ?? Number.MAX_VALUE) && fitsSdk(value, partner?.schema ?? schema);
}

function fitsLabels({ def, row }: ControlRule, tag: ControlTagName, value: Record<string, unknown>): boolean {
  if (row.labelKey === null || tag === 'Chat') return true;
  if (!Object.hasOwn(value, row.labelKey)) return false;
  const answer = value[row.labelKey];
  if (tag === 'Rating') {
    const most = Number(def.attrs.maxRating ?? 5);
    if (!Number.isInteger(most) || (typeof answer === 'string' && !/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(answer)))
      return false;
    const rating = Math.trunc(toLaxNumber(answer) ?? Number.NaN);
    return rating >= 0 && rating <= most;
  }
  if (tag !== 'Taxonomy') return areSubset(answer, def.known);
  return Array.isArray(answer) && answer.every(Array.isArray) && areSubset(answer.flat(), def.known);
}

/** Python's set(labels) <= set(known), after its idea of what is empty. */
function areSubset(labels: unknown, known: ReadonlySet<string>): boolean {
  if (known.size === 0 || !labels) return true;
  if (typeof labels === 'string') return [...labels].every((character) => known.has(character));
  if (Array.isArray(labels)) return labels.every((label) => known.has(label as string));
  return typeof labels === 'object' && Object.keys(labels).every((key) => known.has(key));
}

/** The tool beside a Labels control that a type such as 'videovectorlabels' names. */
function mergedTool(rule: ControlRule, type: string, all: Iterable<ControlRule>): ControlRule | undefined {
  if (rule.tag !== 'Labels' || type === 'labels' || !type.endsWith('labels')) return undefined;
  const tool = type.slice(0, -'labels'.length);
  for (const other of all) {
    if (other === rule || tagOf(other) !== tool) continue;
    if (other.def.toName.some((name) => rule.def.toName.includes(name))) return other;
  }
  return undefined;
}

function fitsMerged(rule: ControlRule, tool: ControlRule, type: string, value: unknown): boolean {
  if (!isDict(value)) return false;
  const key = Object.hasOwn(value, type) ? type : 'labels';
  const labels = Object.hasOwn(value, key) ? value[key] : undefined;
  if (!Array.isArray(labels) || labels.length === 0 || !labels.every((label) => rule.def.known.has(label)))
    return false;
  const { [key]: _, ...geometry } = value;
  const schema = schemaOf(tool);
  return schema === null || fitsSdk(geometry, schema);
}

function inspectRelation(relation: Record<string, unknown>, ids: ReadonlySet<unknown>, at: Inspection): void {
  for (const field of ['direction', 'from_id', 'to_id']) {
    if (!Object.hasOwn(relation, field)) at.error('missing', field, `a relation needs a ${field}`, true);
  }
  const { direction } = relation;
  if (!['left', 'right', 'bi'].includes(direction as string)) {
    at.error('direction', 'direction', at.unknown('direction', direction, ['left', 'right', 'bi']), true);
  }
  for (const field of ['from_id', 'to_id']) {
    if (!ids.has(relation[field])) {
      at.error('relation', field, `no valid region of this prediction has the id ${show(relation[field])}`, true);
    }
  }
}
