/** The task data that a labeling config names with value="$key", as a tree of types. */

import type { LabelConfig, ObjectDef } from './config.ts';
import { findControlTag } from './tags.ts';

/** A field of task data: fields of its own, items, or a type. */
export interface DataNode {
  fields: Map<string, DataNode>;
  item?: DataNode;
  types: Set<string>;
}

const RECORD = 'Record<string, unknown>';

/** What each object tag shows; unknown for others. */
const TYPES: Record<string, string> = {
  Text: 'string',
  HyperText: 'string',
  Markdown: 'string',
  Image: 'string',
  Audio: 'string',
  AudioPlus: 'string',
  Video: 'string',
  Pdf: 'string',
  Table: RECORD,
  List: `${RECORD}[]`,
  Paragraphs: `${RECORD}[]`,
  Chat: `${RECORD}[]`,
};

export function readDataTypes({ objects, controls }: LabelConfig): DataNode {
  const root = createNode();
  for (const object of objects.values()) {
    // value="Some words" shows the words themselves.
    const { value, valueList, data } = object.attrs;
    if (![value, valueList, data].some((text) => text?.startsWith('$'))) continue;
    const { listKey, dataKey } = object;
    if (listKey !== undefined) addItem(findNode(root, listKey)).types.add(typeOf(object));
    else if (dataKey !== undefined) findNode(root, dataKey).types.add(typeOf(object));
  }
  for (const { dynamicField, tag, repeater = [] } of controls.values()) {
    const { kind } = findControlTag(tag);
    // What answers to itself is an object, too.
    if (dynamicField !== undefined && kind !== 'self') {
      findNode(root, dynamicField).types.add(tag === 'TextArea' ? 'string' : 'unknown[]');
    }
    for (const { on } of repeater) if (on !== '') addItem(findNode(root, on));
  }
  return root;
}

const createNode = (): DataNode => ({ fields: new Map(), types: new Set() });

/** Steps of 'a.b', 'a[0].b' and a Repeater's 'a[{{idx}}].b'. */
function findNode(root: DataNode, path: string): DataNode {
  let node = root;
  for (const [, index, name = index ?? ''] of path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    if (index !== undefined && /^\d+$|^\{\{/.test(index)) node = addItem(node);
    else {
      const next = node.fields.get(name) ?? createNode();
      node.fields.set(name, next);
      node = next;
    }
  }
  return node;
}

function addItem(node: DataNode): DataNode {
  node.item ??= createNode();
  return node.item;
}

function typeOf({ tag, valueType }: ObjectDef): string {
  if (tag === 'TimeSeries')
    return valueType === 'json' ? RECORD : valueType === 'url' ? 'string' : `string | ${RECORD}`;
  return valueType === 'url' ? 'string' : (TYPES[tag] ?? 'unknown');
}
