/** package.json of a project that exists: three ways, key by key. Nothing is ever taken out. */

import type { Json } from '../../runtime/types.ts';
import { isObject, type JsonObject, parseObject, sortDependencies } from './merge.ts';

export interface ManifestUpdate {
  /** Keys that both sides changed since the last run, dotted: 'scripts.dev'. */
  conflicts: string[];
  /** The file with the user's value at each conflict. */
  kept: string;
  /** The file with ours. */
  taken: string;
}

/**
 * @param ours the file as composed now
 * @param theirs the file on the disk
 * @param before the file as the last run composed it; undefined: there was none, and ours wins
 * @throws InputError when theirs is no JSON object
 */
export function updateManifest(ours: string, theirs: string, before: JsonObject | undefined): ManifestUpdate {
  const conflicts: string[] = [];
  const [mine, their] = [parseObject(ours, 'package.json'), parseObject(theirs, 'the package.json there')];
  const kept = mergeThree(mine, their, before, 'theirs', '', conflicts);
  const taken = mergeThree(mine, their, before, 'ours', '', []);
  return { conflicts, kept: print(kept, theirs), taken: print(taken, theirs) };
}

function mergeThree(
  ours: JsonObject,
  theirs: JsonObject,
  before: JsonObject | undefined,
  winner: 'ours' | 'theirs',
  path: string,
  conflicts: string[],
): JsonObject {
  const merged: JsonObject = { ...theirs };
  for (const [key, value] of Object.entries(ours)) {
    const [their, old] = [theirs[key], before?.[key]];
    // What the user has taken out stays out, unless it has changed since.
    if (their === undefined && same(old, value) && before !== undefined) continue;
    if (isObject(their) && isObject(value)) {
      const within = isObject(old) ? old : before && {};
      merged[key] = mergeThree(value, their, within, winner, `${path}${key}.`, conflicts);
    } else if (their === undefined || same(their, old)) merged[key] = value;
    else if (!same(their, value) && !(before !== undefined && same(old, value))) {
      conflicts.push(`${path}${key}`);
      if (winner === 'ours') merged[key] = value;
    }
  }
  return merged;
}

const same = (a: Json | undefined, b: Json | undefined) => JSON.stringify(a) === JSON.stringify(b);

/** With the indentation that the file has, and the text itself where nothing changed. */
function print(manifest: JsonObject, present: string): string {
  const indent = /^[ \t]+(?=")/m.exec(present)?.[0] ?? '  ';
  const text = `${JSON.stringify(sortDependencies(manifest), null, indent)}\n`;
  return same(JSON.parse(present) as Json, manifest) ? present : text;
}
