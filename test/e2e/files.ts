/** Whole folders: written from a table, and read to be compared. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Hash by path. Rejects what is too small to be a project. */
export function hashesOf(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(directory, path)).isFile());
  if (files.length < 50) throw new Error(`${directory} has only ${files.join(', ')}`);
  const hash = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(directory, path)))
      .digest('hex');
  return Object.fromEntries(files.map((path) => [path, hash(path)]));
}

/** Texts by path below it. */
export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}
