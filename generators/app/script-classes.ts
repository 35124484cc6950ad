/** Which classes of a script are models: those that extend WOWAIML, directly or by way of another class or file. */

import { BASE, type ScriptFile } from './script-files.ts';
import type { ClassLike, Import } from './script-source.ts';

export interface ModelClass {
  /** 'default' where it has no name of its own. */
  name: string;
  /** The name to import it by; undefined: the script does not export it. */
  exported: string | undefined;
}

type Files = ReadonlyMap<string, ScriptFile>;

/** In the order of the script. Abstract classes and those that others of them extend are bases, not models. */
export function findModels(script: ScriptFile, files: Files): ModelClass[] {
  const own = script.source.classes.filter(({ name }) => isModel(script, name, files));
  const passedOn = script.source.imports
    .filter(({ kind }) => kind === 'export')
    .flatMap((entry) => entry.bindings.filter(({ imported }) => leadsToModel(script, entry, imported, files)))
    // A base that is passed on is no model yet.
    .filter(({ imported }) => imported !== BASE)
    .map(({ imported, local }) => ({ name: local === 'default' ? imported : local, exported: local }));
  const isBase = ({ name, abstract }: ClassLike) => abstract || own.some(({ bases }) => bases.includes(name));
  return [
    ...own.filter((entry) => !isBase(entry)).map(({ name }) => ({ name, exported: exportOf(script, name) })),
    ...passedOn,
  ];
}

/** 'default' first: it is what model.ts passes on. */
function exportOf({ source }: ScriptFile, local: string): string | undefined {
  const names = [...source.exports].filter(([, name]) => name === local).map(([exported]) => exported);
  return names.includes('default') ? 'default' : names[0];
}

function isModel(file: ScriptFile, name: string, files: Files, seen: readonly string[] = []): boolean {
  const key = `${file.path}:${name}`;
  if (seen.includes(key)) return false;
  const declared = file.source.classes.find((entry) => entry.name === name);
  if (declared) return declared.bases.some((base) => isModel(file, base, files, [...seen, key]));
  const [first = '', member] = name.split('.');
  return file.source.imports.some((entry) => {
    if (member !== undefined)
      return entry.namespace === first && leadsToModel(file, entry, member, files, [...seen, key]);
    const binding = entry.kind === 'import' ? entry.bindings.find(({ local }) => local === first) : undefined;
    return binding !== undefined && leadsToModel(file, entry, binding.imported, files, [...seen, key]);
  });
}

/** Whether an import's name is WOWAIML itself or a model of another file. */
function leadsToModel(
  file: ScriptFile,
  entry: Import,
  name: string,
  files: Files,
  seen: readonly string[] = [],
): boolean {
  const target = file.targets.get(entry);
  if (target?.kind === 'runtime') return name === BASE;
  const other = target?.kind === 'file' ? files.get(target.path) : undefined;
  if (other === undefined) return false;
  const local = other.source.exports.get(name);
  if (local !== undefined) return isModel(other, local, files, seen);
  const key = `${other.path}:export ${name}`;
  if (seen.includes(key)) return false;
  return other.source.imports.some((next) => {
    if (next.kind !== 'export') return false;
    const binding = next.bindings.find((candidate) => candidate.local === name);
    const all = next.bindings.length === 0;
    return (
      (binding !== undefined || all) && leadsToModel(other, next, binding?.imported ?? name, files, [...seen, key])
    );
  });
}
