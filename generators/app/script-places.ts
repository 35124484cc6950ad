/** A script's file at its place in the project: the same text, with imports that work there. */

import { relative } from 'node:path/posix';
import type { ScriptFile, Target } from './script-files.ts';
import type { Import } from './script-source.ts';

/** What runtime/index.ts exports beside types. */
const DOOR_VALUES = ['WOWAIML', 'InputError', 'readImage', 'validatePrediction'];

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** @param placeOf where a file of the disk goes in the project, with forward slashes */
export function placeFile(
  file: ScriptFile,
  files: ReadonlyMap<string, ScriptFile>,
  placeOf: (path: string) => string,
): string {
  const edits: Edit[] = [];
  const from = placeOf(file.path);
  for (const [entry, target] of file.targets) {
    if (target.kind !== 'file' && target.kind !== 'runtime') continue;
    const specifier = relativePath(from, target.kind === 'file' ? placeOf(target.path) : `runtime/${target.file}`);
    const json = specifier.endsWith('.json') && !entry.attributes && !entry.typeOnly && entry.kind !== 'expression';
    if (specifier !== entry.specifier || json) {
      const quote = file.source.text[entry.start] ?? "'";
      edits.push({ ...entry, text: `${quote}${specifier}${quote}${json ? " with { type: 'json' }" : ''}` });
    }
    edits.push(...typeEdits(file, entry, target, files));
  }
  let { text } = file.source;
  for (const { start, end, text: added } of edits.sort((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + added + text.slice(end);
  }
  return text;
}

/** Bundlers leave out imports of types by themselves; Node asks for the word. */
function typeEdits(
  { path, source }: ScriptFile,
  entry: Import,
  target: Target,
  files: ReadonlyMap<string, ScriptFile>,
): Edit[] {
  if (!/\.m?ts$/.test(path) || entry.typeOnly) return [];
  const other = target.kind === 'file' ? files.get(target.path)?.source : undefined;
  const isType = (name: string) =>
    target.kind === 'runtime'
      ? target.file === 'index.ts' && !DOOR_VALUES.includes(name)
      : other?.types.has(other.exports.get(name) ?? name) === true;
  return entry.bindings
    .filter(
      ({ imported, typeOnly, start }) =>
        !typeOnly && source.text[start] !== '*' && imported !== 'default' && isType(imported),
    )
    .map(({ start }) => ({ start, end: start, text: 'type ' }));
}

/** './b.ts' as seen from another file. */
function relativePath(from: string, to: string): string {
  const path = relative(`/${from}/..`, `/${to}`);
  return path.startsWith('.') ? path : `./${path}`;
}
