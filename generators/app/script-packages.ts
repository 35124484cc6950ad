/** The npm packages that a script imports, with the versions that its own package.json asks for. */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../../runtime/errors.ts';
import { isFile, type ScriptFile } from './script-files.ts';
import { packageRoot } from './surroundings.ts';

/** What fits any version: a package that the script imports but no package.json lists. */
const ANY = 'latest';

/** Name → range, sorted by name; without those that every project has. */
export function packagesOf(files: Iterable<ScriptFile>, show: (path: string) => string): Record<string, string> {
  const present = readDependencies(join(packageRoot, 'templates/base/package.json'), show);
  const found = new Map<string, string>();
  for (const { path, targets } of files) {
    for (const target of targets.values()) {
      if (target.kind !== 'package' || present.has(target.name)) continue;
      const manifest = nearestManifest(dirname(path), target.name, show);
      found.set(target.name, manifest ?? found.get(target.name) ?? ANY);
    }
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The range in the nearest package.json that lists the package. Ranges that mean a place on this disk cannot travel. */
function nearestManifest(folder: string, name: string, show: (path: string) => string): string | undefined {
  for (let at = folder, above = ''; at !== above; above = at, at = dirname(at)) {
    const path = join(at, 'package.json');
    const range = isFile(path) ? readDependencies(path, show).get(name) : undefined;
    if (range !== undefined) return /^(file|link|portal|workspace|catalog|npm\+?workspace):/.test(range) ? ANY : range;
  }
  return undefined;
}

function readDependencies(path: string, show: (path: string) => string): Map<string, string> {
  let manifest: Record<string, unknown> | null;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as typeof manifest;
  } catch (error) {
    return fail(`${show(path)} is not valid JSON: ${(error as Error).message}`);
  }
  const groups = ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'];
  return new Map(groups.flatMap((group) => Object.entries((manifest?.[group] ?? {}) as Record<string, string>)));
}
