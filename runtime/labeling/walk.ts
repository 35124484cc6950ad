/** One walk over the elements of a config, by the rules of the reference SDK: who is a control, an object, a label. */

import { fail } from '../errors.ts';
import type { XmlElement } from './xml/parse.ts';

export interface LabelDef {
  /** What results carry: alias, else value, else valueList. */
  key: string;
  value?: string;
  alias?: string;
  attrs: Record<string, string>;
  /** The keys of the labels around it and its own, outermost first: a taxonomy path. */
  readonly path: string[];
  children: LabelDef[];
}

export interface LabelSet {
  tree: LabelDef[];
  /** Attributes by key. A repeated key keeps its first place and takes the last attributes. */
  byKey: Map<string, Record<string, string>>;
}

export interface WalkedConfig {
  /** Elements with name and toName, by name; of several of one name the last one, in the first one's place. */
  controls: Map<string, { element: XmlElement; flags: string[] }>;
  /** Elements with name and value or valueList that are not controls. */
  objects: Map<string, XmlElement>;
  labels: Map<string, LabelSet>;
  relationLabels: string[];
  /** Tags that are control and object in one, whichever attributes they have. */
  selfReferencing: XmlElement[];
}

/** Real configs have one or two; the limit keeps hostile ones from costing flags × controls. */
const MAX_INDEX_FLAGS = 64;

export function walkConfig(elements: Iterable<XmlElement>): WalkedConfig {
  const walked: WalkedConfig = {
    controls: new Map(),
    objects: new Map(),
    labels: new Map(),
    relationLabels: [],
    selfReferencing: [],
  };
  const labelOf = new Map<XmlElement, LabelDef>();
  const relationLabels = new Set<string>();
  // Never popped: in the SDK a Repeater's flag stays active after its end.
  const flags = new Set<string>();
  for (const element of elements) {
    const { tag, attrs } = element;
    if (attrs.indexFlag !== undefined) flags.add(attrs.indexFlag);
    if (flags.size > MAX_INDEX_FLAGS) fail(`labeling config: more than ${MAX_INDEX_FLAGS} different indexFlag values`);
    if (attrs.name && attrs.toName && tag !== 'Filter') {
      walked.controls.set(attrs.name, { element, flags: [...flags] });
    } else if (attrs.name && (attrs.value || attrs.valueList)) {
      walked.objects.set(attrs.name, element);
    }
    if (attrs.name && (tag === 'Chat' || tag === 'ReactCode')) walked.selfReferencing.push(element);
    if (tag !== 'Label' && tag !== 'Choice' && tag !== 'Relation') continue;
    const key = attrs.alias || attrs.value || attrs.valueList;
    if (key && tag === 'Relation') relationLabels.add(key);
    const owner = key && findOwner(element, walked.controls);
    if (key && owner) labelOf.set(element, addLabel(element, key, owner, walked.labels, labelOf));
  }
  walked.relationLabels = [...relationLabels];
  return walked;
}

/** The nearest ancestor's name that is a control's. The ancestor itself need not be that control. */
function findOwner(element: XmlElement, controls: WalkedConfig['controls']): string | undefined {
  for (let around = element.parent; around !== undefined; around = around.parent) {
    if (around.attrs.name && controls.has(around.attrs.name)) return around.attrs.name;
  }
  return undefined;
}

function addLabel(
  element: XmlElement,
  key: string,
  owner: string,
  labels: WalkedConfig['labels'],
  labelOf: Map<XmlElement, LabelDef>,
): LabelDef {
  const { attrs } = element;
  const set = labels.get(owner) ?? { tree: [], byKey: new Map() };
  labels.set(owner, set);
  const around = findLabelAround(element, owner, labelOf);
  const label: LabelDef = {
    key,
    ...(attrs.value !== undefined && { value: attrs.value }),
    ...(attrs.alias !== undefined && { alias: attrs.alias }),
    attrs,
    // Computed when asked for: eager paths would let a deep tree with many leaves take depth × leaves of memory.
    get path() {
      return around === undefined ? [key] : [...around.path, key];
    },
    children: [],
  };
  (around?.children ?? set.tree).push(label);
  set.byKey.set(key, attrs);
  return label;
}

/** The label that `element` is nested in, within the same control; a View between them does not part them. */
function findLabelAround(element: XmlElement, owner: string, labelOf: Map<XmlElement, LabelDef>): LabelDef | undefined {
  for (let around = element.parent; around !== undefined && around.attrs.name !== owner; around = around.parent) {
    const label = labelOf.get(around);
    if (label !== undefined) return label;
  }
  return undefined;
}
