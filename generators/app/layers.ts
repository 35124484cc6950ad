/** Reads layers from the package's folders: what a template folder holds, at the paths it will have in a project. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Content, Layer, Owner } from './compose.ts';
import { packageRoot } from './surroundings.ts';

interface LayerOptions {
  owner: Owner;
  /** Fill in names; off for what is copied as it is. */
  rendered?: boolean;
  /** Where the folder's files go in the project: 'runtime'. */
  into?: string;
  /** Paths to leave to another layer. */
  except?: readonly string[];
}

/** @param folder within the package: 'templates/base' */
export function readLayer(folder: string, { owner, rendered = false, into = '', except = [] }: LayerOptions): Layer {
  const files = new Map<string, Content>();
  for (const path of listFiles(join(packageRoot, folder))) {
    const name = `${into === '' ? '' : `${into}/`}${dotted(path)}`;
    if (!except.includes(name)) files.set(name, readContent(join(packageRoot, folder, path)));
  }
  return { name: folder, owner, rendered, files };
}

/** Paths of all files below a folder, with forward slashes, sorted. */
export function listFiles(folder: string): string[] {
  return (
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !ignored.test(entry.name))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      // Below the folder only: installed, the package itself is in a node_modules.
      .filter((path) => !/(^|\/)node_modules\//.test(path))
      .sort()
  );
}

/** What editors and systems leave behind. */
const ignored = /^(\.DS_Store|Thumbs\.db|.*~|\..*\.sw.|.*\.tsbuildinfo)$/;

/** npm leaves .gitignore out of tarballs and obeys .npmrc, so templates spell the dot as `_`. */
function dotted(path: string): string {
  return path.replace(/(^|\/)_(?=[^/]*$)/, '$1.');
}

/** Text, or bytes where it is none: NUL bytes, or not UTF-8. */
export function readContent(path: string): Content {
  const bytes = readFileSync(path);
  if (bytes.includes(0)) return bytes;
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes;
}
