/** The labeling templates that Label Studio ships: in its package from PyPI, downloaded once. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './package.ts';

const RELEASE = 'label-studio==1.23.2';

/** A wheel is a zip; its configs as JSON, by path. */
const READ = `
import glob, json, re, sys, zipfile
[wheel] = glob.glob(sys.argv[1] + '/*.whl')
with zipfile.ZipFile(wheel) as z:
    names = [n for n in z.namelist() if re.search(r'annotation_templates/.*/config\\.(xml|yml)$', n)]
    print(json.dumps({n: z.read(n).decode() for n in names}))
`;

/** Labeling configs by a name for a project. Those that differ in comments and white space at most come once. */
export function readTemplates(): { files: number; configs: Map<string, string> } {
  const path = join(cache, `${RELEASE}.json`);
  if (!existsSync(path)) download(path);
  const texts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  const configs = new Map<string, string>();
  const known = new Set<string>();
  for (const [file, text] of Object.entries(texts)) {
    const [, name = '', kind = ''] = /([^/]+)\/config\.(xml|yml)$/.exec(file) ?? [];
    const xml = kind === 'yml' ? configOf(text, file) : text;
    const words = xml.replace(/<!--[\s\S]*?-->|\s+/g, '');
    if (known.has(words)) continue;
    known.add(words);
    configs.set(`${name.replaceAll('_', '-').slice(0, 40)}-${kind}`, xml);
  }
  return { files: Object.keys(texts).length, configs };
}

function download(path: string): void {
  const folder = `${path}.download`;
  mkdirSync(folder, { recursive: true });
  execFileSync('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, RELEASE]);
  const texts = execFileSync('python3', ['-c', READ, folder], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  writeFileSync(`${path}.new`, texts);
  renameSync(`${path}.new`, path);
  rmSync(folder, { recursive: true });
}

/** All YAML that is needed: the block under `config: |`. */
function configOf(yaml: string, file: string): string {
  const [, block] = /^config: \|-?\n((?: +.*(?:\n|$)|[ \t]*\n)+)/m.exec(yaml) ?? [];
  if (block === undefined) throw new Error(`${file} has no block 'config: |'`);
  const indent = /^ +/.exec(block)?.[0] ?? '';
  return block.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}
