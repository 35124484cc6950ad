/** model.ts for any labeling config: a typed stub for each of its controls, and predict(), which joins what they find. */

import type { ControlDef, LabelConfig } from '../../../runtime/labeling/config.ts';
import { objectOf } from '../starter.ts';
import { type Method, type Turn, writeMethod } from './method.ts';
import { listLabels, nameMethods, plain, tagOf } from './names.ts';

/** Which method is for what, as rows of a table in Markdown. */
export function listMethods(config: LabelConfig): string {
  const rows = [...nameMethods(config.controls.values())].flatMap(([control, name]) => {
    if ('reason' in write(control, name, config)) return [];
    const about = control.perRegion ? 'regions of ' : '';
    return [[name, `${control.tag} ${cell(control.name)}`, `${about}${control.toName.map(cell).join(' and ')}`]];
  });
  const related = config.relationLabels.length > 0 ? [['predictRelations', 'Relations', 'two regions']] : [];
  return [...rows, ...related].map(([name, ...cells]) => `| \`${name}()\` | ${cells.join(' | ')} |`).join('\n');
}

/** Code in a cell of a table. */
const cell = (text: string) => `\`${plain(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;

function write(control: ControlDef, name: string, config: LabelConfig): ReturnType<typeof writeMethod> {
  const object = objectOf(config, control);
  return object === undefined ? { reason: 'its object is not there' } : writeMethod(control, object, name, config);
}

/** The text of model.ts, formatted. */
export function writeModel(config: LabelConfig, className: string): string {
  const methods: Method[] = [];
  const members: string[][] = [];
  for (const [control, name] of nameMethods(config.controls.values())) {
    const written = write(control, name, config);
    if ('reason' in written) {
      members.push([`// ${tagOf(control)} has no results of its own: ${written.reason}.`]);
    } else {
      methods.push(written);
      members.push(written.lines);
    }
  }
  const related = config.relationLabels.length > 0;
  if (related) members.push(writeRelations(config.relationLabels));
  const body = [writePredict(methods, related), ...members].map((lines) =>
    lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n'),
  );
  const text = `export default class ${className} extends WOWAIML {\n${body.join('\n\n')}\n}\n`;
  return `${HEADER}\n\n${writeImport(text)}\n\n${text}\n${YOUR_MODEL}`;
}

const HEADER = `/**
 * A stub for each control of label-config.xml, in its order. Where one calls yourModel(), put a call of your own: what
 * it has to return stands there, typed by the labeling config. To learn from annotations, add fit(): README.md shows how.
 */`;

const YOUR_MODEL = `/** Stands for your models, and finds nothing. Delete it when the last stub has a model of its own. */
async function yourModel<Found>(..._input: unknown[]): Promise<Found[]> {
  return [];
}
`;

function writePredict(methods: readonly Method[], related: boolean): string[] {
  const callsOf = (turn: Turn, more = '') =>
    methods
      .filter((method) => method.turn === turn)
      .map(({ name }) => `result.push(...(await this.${name}(task${more})));`);
  const about = callsOf('about', ', region');
  return [
    'async predict(tasks: Task[]) {',
    '  const predictions: Prediction[] = [];',
    '  for (const task of tasks) {',
    '    const result: Region[] = [];',
    ...callsOf('region').map((line) => `    ${line}`),
    ...(about.length > 0 || related ? ['    const regions = [...result];'] : []),
    ...(about.length > 0
      ? ['    for (const region of regions) {', ...about.map((line) => `      ${line}`), '    }']
      : []),
    ...(related ? ['    result.push(...(await this.predictRelations(task, regions)));'] : []),
    ...callsOf('whole').map((line) => `    ${line}`),
    '    predictions.push({ result });',
    '  }',
    '  return predictions;',
    '}',
  ];
}

function writeRelations(labels: readonly string[]): string[] {
  return [
    '/**',
    ' * <Relations> between regions of the same prediction',
    ...listLabels(labels).map((line) => ` * ${line}`),
    ' */',
    'async predictRelations(task: Task, regions: Region[]): Promise<Region[]> {',
    '  const found = await yourModel<{',
    '    from: Region;',
    '    to: Region;',
    '    label: RelationLabel;',
    '  }>(task.data, regions);',
    '  return found.map(({ from, to, label }) => this.relation(from, to, { labels: label }));',
    '}',
  ];
}

/** In the order that formatters sort them, and how code that uses them looks. */
const IMPORTS = {
  'type ImageSize': ': ImageSize;',
  'type LabelOf': ': LabelOf<',
  'type Prediction': ': Prediction[]',
  'type Region': ': Region[]',
  'type RelationLabel': ': RelationLabel;',
  readImage: ' = readImage(',
  'type Task': ': Task',
  WOWAIML: ' extends WOWAIML',
};

function writeImport(text: string): string {
  const used = Object.entries(IMPORTS).flatMap(([name, use]) => (text.includes(use) ? [name] : []));
  const line = `import { ${used.join(', ')} } from './runtime/index.ts';`;
  return line.length <= 120
    ? line
    : `import {\n${used.map((name) => `  ${name},\n`).join('')}} from './runtime/index.ts';`;
}
