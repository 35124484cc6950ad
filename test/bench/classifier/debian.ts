/** Real texts with a known label: the descriptions of Debian's packages, labelled with the archive section they are in. */

import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Described {
  package: string;
  section: string;
  /** The one-line summary and the description, as one line. */
  text: string;
}

const run = promisify(execFile);

/** Where downloads and the Python side live between runs: outside of what git sees. */
export async function cacheDirectory(): Promise<string> {
  const directory = fileURLToPath(new URL('../../../node_modules/.cache/classifier-bench', import.meta.url));
  await mkdir(directory, { recursive: true });
  return directory;
}

/** Mixed order, the same on every run and for any list of this length. */
export function shuffled<T>(items: T[], seed = 2): T[] {
  let state = seed;
  const keyed = items.map((item) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return { item, key: state };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/**
 * One described package per source package, in the order of their names: packages built from one source share most of
 * their text, and would sit on both sides of a split. Fetched once through apt into `cache`, which needs no root.
 * @throws Error where there is no apt, or no network for it.
 */
export async function readDebian(cache: string): Promise<Described[]> {
  const file = resolve(cache, 'debian.jsonl');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return parseLines(kept);
  const described = await fetchDescriptions(resolve(cache, 'apt'));
  if (described.length < 1000) throw new Error(`apt knows only ${described.length} described packages`);
  await writeFile(file, described.map((one) => JSON.stringify(one)).join('\n'));
  return described;
}

function parseLines(lines: string): Described[] {
  return lines.split('\n').map((line) => JSON.parse(line) as Described);
}

/** Package lists and English descriptions, into lists of our own: images for containers often leave the texts out. */
async function fetchDescriptions(directory: string): Promise<Described[]> {
  const lists = join(directory, 'lists');
  await mkdir(join(lists, 'partial'), { recursive: true });
  const options = ['-o', 'Acquire::Languages=en', '-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${directory}`];
  await run('apt-get', ['update', ...options]);
  const names = await readdir(lists);
  const [packages, texts] = [new Map<string, Fields>(), new Map<string, string>()];
  for (const name of names.filter((one) => /_dists_[a-z]+_main_binary-[a-z0-9]+_Packages/.test(one))) {
    for (const fields of await readStanzas(join(lists, name))) packages.set(fields.Package ?? '', fields);
  }
  for (const name of names.filter((one) => /_dists_[a-z]+_main_i18n_Translation-en/.test(one))) {
    for (const fields of await readStanzas(join(lists, name))) {
      texts.set(fields['Description-md5'] ?? '', fields['Description-en'] ?? '');
    }
  }
  return onePerSource([...packages.values()], texts);
}

type Fields = Record<string, string>;

/** Debian's control format: paragraphs of 'Name: value', where a line that starts with a space goes on with the value. */
async function readStanzas(file: string): Promise<Fields[]> {
  const { stdout } = await run('/usr/lib/apt/apt-helper', ['cat-file', file], { maxBuffer: 1 << 28 });
  return stdout.split('\n\n').map((stanza) => {
    const fields: Fields = {};
    for (const [, name, value] of stanza.matchAll(/^([^\s:]+):[ ]?((?:.*)(?:\n[ ].*)*)/gm)) {
      if (name !== undefined && value !== undefined) fields[name] = value;
    }
    return fields;
  });
}

function onePerSource(packages: Fields[], texts: Map<string, string>): Described[] {
  const sources = new Map<string, Described>();
  const inOrder = packages.sort((a, b) => ((a.Package ?? '') < (b.Package ?? '') ? -1 : 1));
  for (const { Package: name, Source: source, Section: section, 'Description-md5': digest } of inOrder) {
    const description = texts.get(digest ?? '');
    if (name === undefined || section === undefined || description === undefined) continue;
    const key = source?.replace(/ .*/, '') ?? name;
    if (sources.has(key)) continue;
    // A line of ' .' is an empty line; the summary is a line of its own and has no full stop.
    const text = description.replace(/^ \.$/gm, '').replace('\n', '. ').replace(/\s+/g, ' ').trim();
    sources.set(key, { package: name, section, text });
  }
  return [...sources.values()];
}
