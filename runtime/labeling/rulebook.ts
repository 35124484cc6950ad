/** What a validation asks of a config again and again, derived once per config. */

import type { ControlDef, LabelConfig, LabelDef } from './config.ts';
import { createRepeatedNames, type RepeatedNames } from './repeaters.ts';
import { type ControlTag, type ControlTagName, findControlTag, findTagName } from './tags.ts';
import type { Unit } from './value-shapes.ts';

export interface FieldRule {
  name: string;
  required: boolean;
  unit: Unit;
}

/** A control, as the validator sees it. */
export interface ControlRule {
  def: ControlDef;
  row: ControlTag;
  /** Undefined for tags that the table lacks. */
  tag: ControlTagName | undefined;
  /** The label key first, then the shape's fields. */
  fields: readonly FieldRule[];
  /** Labels that results may carry: the control's own, or those of the Labels beside a VideoRectangle. */
  known: ReadonlySet<string>;
  dynamic: boolean;
  dynamicFields: readonly string[];
  /** Takes one label only. */
  single: boolean;
  /** Results carry a geometry of their own, which others with the same id may refer to. */
  region: boolean;
  /** What people see, to what results carry. */
  aliases: () => ReadonlyMap<string, string>;
  /** Labels by path; for taxonomies. */
  tree: () => LabelTree;
  /** How often a label may be used in a task. */
  usages: ReadonlyMap<string, number> | undefined;
  /** The geometry tool beside a Labels control that writes both into one result. */
  mergesWith: ControlRule | undefined;
}

export type LabelTree = ReadonlyMap<string, LabelNode>;
export interface LabelNode {
  children: LabelTree;
}

export interface Rulebook {
  config: LabelConfig;
  controls: ReadonlyMap<string, ControlRule>;
  ruleOf: (def: ControlDef) => ControlRule;
  repeated: RepeatedNames | undefined;
  required: readonly ControlRule[];
  limited: readonly ControlRule[];
  relationLabels: ReadonlySet<string>;
}

const books = new WeakMap<LabelConfig, Rulebook>();

/** Derived at the first call for a config, then remembered with it. */
export function rulebookOf(config: LabelConfig): Rulebook {
  const known = books.get(config);
  if (known !== undefined) return known;
  const rules = new Map<ControlDef, ControlRule>();
  const controls = new Map<string, ControlRule>();
  for (const def of config.controls.values()) {
    const rule = createRule(def, config);
    rules.set(def, rule);
    controls.set(def.name, rule);
  }
  for (const rule of controls.values()) rule.mergesWith = findMerged(rule, controls.values());
  const book: Rulebook = {
    config,
    controls,
    ruleOf: (def) => rules.get(def) as ControlRule,
    repeated: createRepeatedNames(config.controls.values()),
    required: [...controls.values()].filter(({ def }) => def.attrs.required === 'true' && !def.perRegion),
    limited: [...controls.values()].filter(({ usages }) => usages !== undefined),
    relationLabels: new Set(config.relationLabels),
  };
  books.set(config, book);
  return book;
}

function createRule(def: ControlDef, config: LabelConfig): ControlRule {
  const row = findControlTag(def.tag);
  const tag = findTagName(def.tag);
  const sources = tag === 'VideoRectangle' ? [def, ...labelsBeside(def, config)] : [def];
  const { choice } = def.attrs;
  let [aliases, tree]: [ReadonlyMap<string, string> | undefined, LabelTree | undefined] = [undefined, undefined];
  return {
    def,
    row,
    tag,
    fields: fieldsOf(row, tag),
    known: sources.length === 1 ? def.known : new Set(sources.flatMap(({ flat }) => flat)),
    dynamic: sources.some(({ dynamic }) => dynamic),
    dynamicFields: sources.flatMap(({ dynamicField }) => dynamicField ?? []),
    single: tag === 'Choices' ? choice !== 'multiple' : choice === 'single',
    region: row.kind === 'region' && tag !== 'Labels',
    aliases: () => (aliases ??= aliasesOf(sources)),
    tree: () => (tree ??= treeOf(def.labels)),
    usages: usagesOf(def),
    mergesWith: undefined,
  };
}

function fieldsOf({ labelKey, answer, shape }: ControlTag, tag: ControlTagName | undefined): FieldRule[] {
  const fields = Object.entries(shape).map(([field, unit]) => {
    return { name: field.replace('?', ''), required: !field.endsWith('?'), unit };
  });
  if (labelKey === null || answer === null) return fields;
  // A VideoRectangle may stand without labels.
  return [{ name: labelKey, required: tag !== 'VideoRectangle', unit: answer }, ...fields];
}

/** The Labels controls for the same object. */
function labelsBeside({ toName }: ControlDef, config: LabelConfig): ControlDef[] {
  return [...config.controls.values()].filter(
    (other) => findTagName(other.tag) === 'Labels' && other.toName.some((name) => toName.includes(name)),
  );
}

/** Of all tools, only VideoVector writes the labels of the Labels beside it into its own result. */
function findMerged(rule: ControlRule, all: Iterable<ControlRule>): ControlRule | undefined {
  if (rule.tag !== 'Labels') return undefined;
  for (const other of all) {
    if (other.tag === 'VideoVector' && other.def.toName.some((name) => rule.def.toName.includes(name))) return other;
  }
  return undefined;
}

function aliasesOf(controls: readonly ControlDef[]): Map<string, string> {
  const aliases = new Map<string, string>();
  const pending = controls.flatMap(({ labels }) => labels);
  for (let label = pending.pop(); label !== undefined; label = pending.pop()) {
    if (label.value !== undefined && label.value !== label.key) aliases.set(label.value, label.key);
    for (const child of label.children) pending.push(child);
  }
  return aliases;
}

function treeOf(labels: readonly LabelDef[]): LabelTree {
  return new Map(labels.map(({ key, children }) => [key, { children: treeOf(children) }]));
}

function usagesOf({ labels, attrs }: ControlDef): Map<string, number> | undefined {
  const usages = new Map<string, number>();
  const everywhere = Number.parseInt(attrs.maxUsages ?? '', 10);
  for (const { key, attrs: own } of labels) {
    const most = Number.parseInt(own.maxUsages ?? '', 10) || everywhere;
    if (most > 0) usages.set(key, most);
  }
  return usages.size === 0 ? undefined : usages;
}
