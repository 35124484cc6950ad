/** The dict that the reference SDK's parse_config() returns, key by key. */

import type { LabelSet, WalkedConfig } from './walk.ts';
import type { XmlElement } from './xml/parse.ts';

export interface ParsedInput {
  type: string;
  valueType: string | null;
  /** value="$image" as 'image'; absent when only valueList was given. */
  value?: string;
  valueList?: string;
}

export interface ParsedControl {
  /** The tag as written: 'RectangleLabels'. */
  type: string;
  to_name: string[];
  regex?: Record<string, string>;
  conditionals?: { type: 'tag' | 'label' | 'choice'; name: string };
  dynamic_labels?: true;
  inputs: ParsedInput[];
  /** alias, else value, else valueList: in document order. */
  labels: string[];
  labels_attrs: Record<string, Record<string, string>>;
}

/** By control name. Ask with Object.hasOwn(): a control may be called `constructor`. */
export type ParsedLabelConfig = Record<string, ParsedControl>;

export function deriveParsed(walked: WalkedConfig): ParsedLabelConfig {
  const inputs = new Map([...walked.objects].map(([name, element]) => [name, deriveInput(element)]));
  return Object.fromEntries(
    [...walked.controls].map(([name, { element, flags }]) => [
      name,
      deriveControl(element, flags, inputs, walked.labels.get(name)),
    ]),
  );
}

function deriveControl(
  { tag, attrs }: XmlElement,
  flags: string[],
  inputs: Map<string, ParsedInput>,
  labels: LabelSet | undefined,
): ParsedControl {
  const to_name = splitToName(attrs);
  const regex = flags.filter((flag) => to_name.some((name) => name.includes(flag)));
  const conditionals = deriveConditionals(attrs);
  return {
    type: tag,
    to_name,
    ...(regex.length > 0 && { regex: Object.fromEntries(regex.map((flag) => [flag, '.*'])) }),
    ...(conditionals !== undefined && { conditionals }),
    ...((/^\$[A-Za-z_]+$/.test(attrs.value ?? '') || attrs.apiUrl) && { dynamic_labels: true as const }),
    inputs: to_name.map((name) => inputs.get(name)).filter((input) => input !== undefined),
    labels: [...(labels?.byKey.keys() ?? [])],
    labels_attrs: Object.fromEntries(labels?.byKey ?? []),
  };
}

function deriveInput({ tag, attrs }: XmlElement): ParsedInput {
  const { value, valueList, valueType = null } = attrs;
  const type = tag;
  // An empty value="" hides valueList, too: the SDK asks whether the attribute exists.
  if (value !== undefined) return { type, valueType, value: withoutDollar(value) };
  return { type, valueType, valueList: withoutDollar(valueList ?? '') };
}

/** toName="a,b" as written: the SDK does not trim. */
export function splitToName(attrs: Record<string, string>): string[] {
  return (attrs.toName ?? '').split(',');
}

export function deriveConditionals(attrs: Record<string, string>): ParsedControl['conditionals'] {
  if (attrs.perRegion !== 'true') return undefined;
  if (attrs.whenTagName) return { type: 'tag', name: attrs.whenTagName };
  if (attrs.whenLabelValue) return { type: 'label', name: attrs.whenLabelValue };
  if (attrs.whenChoiceValue) return { type: 'choice', name: attrs.whenChoiceValue };
  return undefined;
}

/** '$image' as 'image': all leading dollar signs go. */
export function withoutDollar(text: string): string {
  return text.replace(/^\$+/, '');
}
