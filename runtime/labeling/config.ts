/** A labeling config: XML in, controls, objects and labels out, beside the dict that the reference parser makes of it. */

import {
  deriveConditionals,
  deriveParsed,
  type ParsedControl,
  type ParsedLabelConfig,
  splitToName,
  withoutDollar,
} from './parsed.ts';
import { findControlTag } from './tags.ts';
import { type LabelDef, type LabelSet, walkConfig } from './walk.ts';
import { parseXml, type XmlElement } from './xml/parse.ts';

export type { ParsedControl, ParsedInput, ParsedLabelConfig } from './parsed.ts';
export type { LabelDef } from './walk.ts';

/** A tag that takes answers: <Choices name="sentiment" toName="text">. */
export interface ControlDef {
  name: string;
  /** As written: 'RectangleLabels'. */
  tag: string;
  /** What results carry as `type`: 'rectanglelabels'. */
  type: string;
  /** The key of a result's `value` that holds the labels or the answer. */
  labelKey?: string;
  toName: string[];
  attrs: Record<string, string>;
  /** As nested in the XML. */
  labels: LabelDef[];
  /** All keys in document order, each once. */
  flat: string[];
  /** The same, to ask in constant time. */
  known: ReadonlySet<string>;
  perRegion: boolean;
  perItem: boolean;
  conditionals?: NonNullable<ParsedControl['conditionals']>;
  /** Labels come with the task or from a URL, so the config alone cannot tell which are valid. */
  dynamic: boolean;
  /** The task data field with the labels, for value="$field". */
  dynamicField?: string;
  /** A Ranker's. */
  buckets?: { name: string; default: boolean }[];
  /** The Repeaters around it, outermost first. */
  repeater?: { on: string; flag: string }[];
}

/** A tag that shows task data: <Text name="text" value="$text"/>. */
export interface ObjectDef {
  name: string;
  tag: string;
  /** The task data field, for value="$field": 'field'. */
  dataKey?: string;
  /** The same of valueList: the field is a list. */
  listKey?: string;
  valueType: string | null;
  attrs: Record<string, string>;
  children: { tag: string; attrs: Record<string, string> }[];
}

export interface LabelConfig {
  /** The source. */
  xml: string;
  controls: Map<string, ControlDef>;
  objects: Map<string, ObjectDef>;
  /** What <Relations> declares. */
  relationLabels: string[];
  parsed: ParsedLabelConfig;
}

/**
 * The empty text is an empty config, as on the server.
 * @throws InputError with line and column when the XML is not well-formed, has a DTD, is too deep or too long
 */
export function parseLabelConfig(xml: string): LabelConfig {
  const walked = walkConfig(xml === '' ? [] : parseXml(xml));
  const controls = new Map<string, ControlDef>();
  const objects = new Map([...walked.objects].map(([name, element]) => [name, defineObject(name, element)]));
  for (const [name, { element }] of walked.controls) {
    controls.set(name, defineControl(name, element, walked.labels.get(name)));
  }
  for (const element of walked.selfReferencing) {
    // Chat and ReactCode answer to themselves: of the pair, the SDK adds the side that the XML leaves out.
    const { name = '' } = element.attrs;
    if (!controls.has(name)) controls.set(name, defineControl(name, element, undefined));
    if (!objects.has(name)) objects.set(name, defineObject(name, element));
  }
  return { xml, controls, objects, relationLabels: walked.relationLabels, parsed: deriveParsed(walked) };
}

/** Exactly what the reference SDK's parse_config() returns. @throws InputError as parseLabelConfig() does */
export function parseConfig(xml: string | null): ParsedLabelConfig {
  return xml === null || xml === '' ? {} : deriveParsed(walkConfig(parseXml(xml)));
}

function defineControl(name: string, element: XmlElement, labels: LabelSet | undefined): ControlDef {
  const { tag, attrs } = element;
  const { type, labelKey } = findControlTag(tag);
  const conditionals = deriveConditionals(attrs);
  const buckets = element.children
    .filter((child) => child.tag === 'Bucket')
    .map(({ attrs: bucket }) => ({
      name: bucket.name ?? '',
      default: bucket.default === 'true',
    }));
  const repeater = findRepeaters(element);
  const variable = attrs.value?.startsWith('$') === true;
  return {
    name,
    tag,
    type,
    ...(labelKey !== null && { labelKey }),
    toName: attrs.toName ? splitToName(attrs) : [name],
    attrs,
    labels: labels?.tree ?? [],
    flat: [...(labels?.byKey.keys() ?? [])],
    known: new Set(labels?.byKey.keys()),
    perRegion: attrs.perRegion === 'true',
    perItem: attrs.perItem === 'true',
    ...(conditionals !== undefined && { conditionals }),
    // Any `$…`, as the newer SDK parser has it: parse_config's dynamic_labels misses '$opts2' and '$a.b'.
    dynamic: variable || Boolean(attrs.apiUrl),
    ...(variable && { dynamicField: withoutDollar(attrs.value ?? '') }),
    ...(buckets.length > 0 && { buckets }),
    ...(repeater.length > 0 && { repeater }),
  };
}

function defineObject(name: string, { tag, attrs, children }: XmlElement): ObjectDef {
  const dataKey = withoutDollar(attrs.value || (tag === 'ReactCode' && attrs.data) || '');
  const listKey = withoutDollar(attrs.valueList ?? '');
  return {
    name,
    tag,
    ...(dataKey !== '' && { dataKey }),
    ...(listKey !== '' && { listKey }),
    valueType: attrs.valueType ?? null,
    attrs,
    children: children.map((child) => ({ tag: child.tag, attrs: child.attrs })),
  };
}

function findRepeaters(element: XmlElement): { on: string; flag: string }[] {
  const repeaters = [];
  for (let around = element.parent; around !== undefined; around = around.parent) {
    if (around.tag !== 'Repeater') continue;
    repeaters.unshift({ on: withoutDollar(around.attrs.on ?? ''), flag: around.attrs.indexFlag || '{{idx}}' });
  }
  return repeaters;
}
