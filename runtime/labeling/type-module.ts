/** A labeling config as a TypeScript module: what `npm run types` writes into label-config.d.ts. */

import type { ControlDef, LabelConfig } from './config.ts';
import { type DataNode, readDataTypes } from './data-types.ts';
import { literal, numberedName, propertyName } from './literal.ts';
import { flagsOf } from './repeaters.ts';
import { type ControlRule, rulebookOf } from './rulebook.ts';

const HEADER = '/** label-config.xml as types. `npm run types` writes this file anew: change the XML instead. */';

/** As wide as the project's formatter lets a line be. */
const WIDTH = 120;

type TypeNode =
  | { union: readonly string[] }
  | { members: ReadonlyMap<string, TypeNode>; list?: boolean }
  /** As it stands. */
  | string;

/** The same config gives the same bytes. */
export function writeTypeModule(config: LabelConfig): string {
  const book = rulebookOf(config);
  const controls = new Map<string, TypeNode>();
  for (const control of config.controls.values()) {
    const key = keyOf(control.name, flagsIn(control));
    // Of several names with one pattern the first counts, as it does at run time.
    if (!controls.has(key)) controls.set(key, controlType(book.ruleOf(control), config));
  }
  const flags = [...config.controls.values()].flatMap(flagsIn);
  const objects = new Map<string, TypeNode>();
  for (const { name, tag } of config.objects.values()) objects.set(keyOf(name, flags), literal(tag));
  const lines = [
    ...printMember('controls', { members: controls }, 4),
    ...printMember('objects', { members: objects }, 4),
    ...printMember('relations', { union: config.relationLabels.map(literal) }, 4),
    ...printMember('data', dataType(readDataTypes(config), true), 4),
  ];
  const start = [
    HEADER,
    '',
    'export {};',
    '',
    "declare module './runtime/labeling/typed.ts' {",
    '  interface TypedConfig {',
  ];
  return [...start, ...lines, '  }', '}', ''].join('\n');
}

function controlType({ def, row, tag, known, dynamic }: ControlRule, { objects }: LabelConfig): TypeNode {
  const labeled = known.size > 0 || row.answer === 'labels' || row.answer === 'paths';
  const buckets = def.buckets?.map(({ name }) => literal(name));
  const to = def.toName.filter((name) => objects.has(name)).map((name) => nameType(name, flagsIn(def)));
  return {
    members: new Map<string, TypeNode>([
      ['tag', literal(tag ?? def.tag)],
      ...(labeled ? [['labels', dynamic ? 'string' : { union: [...known].map(literal) }] as const] : []),
      ...(buckets ? [['buckets', { union: buckets }] as const] : []),
      ['to', { union: to }],
      ...(def.perRegion ? [['perRegion', 'true'] as const] : []),
    ]),
  };
}

function dataType({ fields, item, types }: DataNode, root = false): TypeNode {
  const kinds = (fields.size > 0 || root ? 1 : 0) + (item === undefined ? 0 : 1) + (types.size > 0 ? 1 : 0);
  // What two objects read in two ways is neither.
  if (kinds !== 1) return 'unknown';
  if (types.size > 0) return { union: [...types] };
  if (item === undefined) {
    return { members: new Map([...fields].map(([name, field]) => [`${propertyName(name)}?`, dataType(field)])) };
  }
  const type = dataType(item);
  if (typeof type === 'string') return `${type}[]`;
  if ('members' in type && !type.list) return { ...type, list: true };
  return 'union' in type && type.union.length === 1 ? `${type.union[0]}[]` : 'unknown[]';
}

const flagsIn = (control: ControlDef): string[] => flagsOf(control).map(({ flag }) => flag);

/** A name of results: with numbers where a Repeater's flags are. */
function nameType(name: string, flags: readonly string[]): string {
  const flag = flags.find((candidate) => name.includes(candidate));
  if (flag === undefined) return literal(name);
  // The first flag of the list may be within another part of the name than the second.
  const texts = flags.reduce((parts, one) => parts.flatMap((part) => part.split(one)), [name]);
  return numberedName(texts);
}

function keyOf(name: string, flags: readonly string[]): string {
  const type = nameType(name, flags);
  return type.startsWith('`') ? `[name: ${type}]` : propertyName(name);
}

function printMember(key: string, type: TypeNode, indent: number): string[] {
  const [before, more] = [' '.repeat(indent), ' '.repeat(indent + 2)];
  if (typeof type === 'string') return [`${before}${key}: ${type};`];
  if ('union' in type) {
    const line = `${before}${key}: ${type.union.join(' | ') || 'never'};`;
    if (type.union.length < 2 || widthOf(line) <= WIDTH) return [line];
    return [
      `${before}${key}:`,
      ...type.union.map((part, at) => `${more}| ${part}${at + 1 < type.union.length ? '' : ';'}`),
    ];
  }
  const end = type.list ? '}[];' : '};';
  if (type.members.size === 0) return [`${before}${key}: object;`];
  return [
    `${before}${key}: {`,
    ...[...type.members].flatMap(([name, member]) => printMember(name, member, indent + 2)),
    `${before}${end}`,
  ];
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;
const NARROW = /[\p{Mn}\p{Me}\p{Cf}]/gu;

/** In columns, as formatters count them. */
export function widthOf(line: string): number {
  const count = (characters: RegExp) => line.match(characters)?.length ?? 0;
  return [...line].length + count(WIDE) - count(NARROW);
}
