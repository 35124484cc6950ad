/** The method of one control in a model of stubs, line by line as formatters have it. */

import type { ControlDef, LabelConfig, ObjectDef } from '../../../runtime/labeling/config.ts';
import { literal } from '../../../runtime/labeling/literal.ts';
import { flagsOf } from '../../../runtime/labeling/repeaters.ts';
import { rulebookOf } from '../../../runtime/labeling/rulebook.ts';
import { findControlTag } from '../../../runtime/labeling/tags.ts';
import { widthOf } from '../../../runtime/labeling/type-module.ts';
import { listLabels, tagOf } from './names.ts';
import { readData } from './read.ts';
import { type NoStub, type Stub, stubOf } from './table.ts';

/** When predict() calls it: what is drawn, then what is said about that, then what is said about the whole. */
export type Turn = 'region' | 'about' | 'whole';

export interface Method {
  name: string;
  turn: Turn;
  lines: string[];
}

const WIDTH = 120;

/** @returns the reason where the control has no results of its own */
export function writeMethod(
  control: ControlDef,
  object: ObjectDef,
  name: string,
  config: LabelConfig,
): Method | NoStub {
  const stub = stubOf(control, object, config);
  if (stub !== undefined && 'reason' in stub) return stub;
  const about = control.perRegion || stub?.about === true;
  const turn = about ? 'about' : findControlTag(control.tag).kind === 'region' ? 'region' : 'whole';
  const parameters = about ? 'task: Task, region: Region' : 'task: Task';
  const body = stub === undefined ? writeRaw(control, object, about) : writeBuilt(control, object, stub, config);
  return {
    name,
    turn,
    lines: [
      ...writeComment(control, object, about, config),
      `async ${name}(${parameters}): Promise<Region[]> {`,
      ...indent(body),
      '}',
    ],
  };
}

function writeComment(control: ControlDef, object: ObjectDef, about: boolean, config: LabelConfig): string[] {
  const on = about
    ? `a region of ${tagOf(object)}`
    : control.toName.length > 1
      ? control.toName.join(' and ')
      : tagOf(object);
  const what = `${tagOf(control)} on ${listLabels([on]).join(' ')}`;
  const labels = listLabels([...rulebookOf(config).ruleOf(control).known]);
  return labels.length === 0 ? [`/** ${what} */`] : ['/**', ...[what, ...labels].map((line) => ` * ${line}`), ' */'];
}

function writeBuilt(control: ControlDef, object: ObjectDef, stub: Stub, config: LabelConfig): string[] {
  const about = control.perRegion || stub.about === true;
  const indices = indicesOf(control);
  const several = control.toName.length > 1 && control.tag !== 'Pairwise' && !about;
  const data = readData(control, object, stub.needs, { about, apart: several || indices.length > 0 });
  const item = control.perItem && !data.each && !about;
  const found = {
    ...Object.fromEntries(indices.map((index) => [index, 'number // of the Repeater, from 0 on'])),
    ...(several && { to: 'string // the name of the object that it is about' }),
    ...(item && { item: 'number // of the list, from 0 on' }),
    ...data.found,
    ...stub.found,
    score: 'number',
  };
  const options = [
    ...(about && !stub.about ? ['about: region'] : []),
    ...(several ? ['to'] : []),
    ...(item || data.each ? ['item'] : []),
    'score',
  ];
  const name = nameControl(control, indices);
  const call = `regions.push(this.${stub.builder}(control, ${stub.args}, { ${options.join(', ')} }));`;
  const steps = [
    ...data.lines,
    ...ask(name.type === undefined ? found : withType(found, name.type), data.input),
    `for (const { ${Object.keys(found).join(', ')} } of found) {`,
    ...indent([...name.inside, call]),
    '}',
  ];
  const guard = about && indices.length === 0 ? guardOf(control, stub, config) : [];
  const inner = data.each ? ['for (const [item, url] of urls.entries()) {', ...indent(steps), '}'] : steps;
  return [...name.before, 'const regions: Region[] = [];', ...guard, ...data.before, ...inner, 'return regions;'];
}

/** Regions that it cannot be about, where the config has such: of other objects, or with labels of their own. */
function guardOf({ toName }: ControlDef, stub: Stub, config: LabelConfig): string[] {
  const drawn = [...config.controls.values()].filter(({ tag }) => findControlTag(tag).kind === 'region');
  const elsewhere = drawn.some((other) => other.toName.some((name) => !toName.includes(name)));
  const named = stub.about === true && drawn.some(({ tag, labelKey }) => tag !== 'Labels' && labelKey !== undefined);
  return [
    ...(elsewhere ? ["if (!this.control(control).toName.includes(region.to_name ?? '')) return regions;"] : []),
    ...(named ? ["if (this.control(region.from_name ?? '').labelKey !== undefined) return regions;"] : []),
  ];
}

/** What no builder is for: as the server has it. */
function writeRaw(control: ControlDef, object: ObjectDef, about: boolean): string[] {
  const data = readData(control, object, undefined, { about, apart: indicesOf(control).length > 0 });
  return [
    ...declare(control.name),
    'const regions: Region[] = [];',
    ...data.before,
    ...data.lines,
    ...ask({ value: 'Record<string, unknown>', score: 'number' }, data.input),
    'for (const { value, score } of found) {',
    ...indent([
      `// No builder is for <${control.tag}> on <${object.tag}>: this is a result as servers have it.`,
      'regions.push({',
      `  id: ${about ? 'region.id' : 'this.regionId()'},`,
      '  from_name: control,',
      `  to_name: ${about ? 'region.to_name' : 'this.control(control).toName[0]'},`,
      '  type: this.control(control).type,',
      '  value,',
      '  score,',
      '});',
    ]),
    '}',
    'return regions;',
  ];
}

function ask(found: Readonly<Record<string, string>>, input: string): string[] {
  return [
    'const found = await yourModel<{',
    ...Object.entries(found).map(([field, type]) => `  ${field}: ${type.replace(/(?= \/\/ |$)/, ';')}`),
    `}>(${input});`,
  ];
}

/** Within Repeaters, results carry the numbers of the rows in the control's name. */
function indicesOf(control: ControlDef): string[] {
  const flags = flagsOf(control);
  return flags.length === 1 ? ['row'] : flags.map((_, at) => `row${at + 1}`);
}

function nameControl(
  control: ControlDef,
  indices: readonly string[],
): { before: string[]; inside: string[]; type: string | undefined } {
  if (indices.length === 0) return { before: declare(control.name), inside: [], type: undefined };
  const fill = (value: (at: number) => string) => {
    const parts = flagsOf(control).reduce((pieces, { flag }, at) => pieces.flatMap((piece) => split(piece, flag, at)), [
      control.name,
    ] as (string | number)[]);
    return `\`${parts.map((part) => (typeof part === 'number' ? `\${${value(part)}}` : escapeTemplate(part))).join('')}\``;
  };
  const inside = `const control = ${fill((at) => indices[at] ?? '')} as const;`;
  return { before: [], inside: [inside], type: fill(() => 'number') };
}

function split(piece: string | number, flag: string, at: number): (string | number)[] {
  if (typeof piece === 'number') return [piece];
  return piece.split(flag).flatMap((text, index) => (index === 0 ? [text] : [at, text]));
}

const escapeTemplate = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/`|\$\{/g, '\\$&');

/** The control's name stands in one place: a formatter breaks that line where it is too long. */
function declare(name: string): string[] {
  const line = `const control = ${literal(name)};`;
  return widthOf(line) + 4 > WIDTH ? ['const control =', `  ${literal(name)};`] : [line];
}

function withType(found: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(found).map(([field, type]) => [field, type.replace('typeof control', () => name)]),
  );
}

const indent = (lines: readonly string[]) => lines.map((line) => (line === '' ? '' : `  ${line}`));
