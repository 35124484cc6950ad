/** How layers share a file: package.json by key, ignore and env files by line, READMEs by section. Strict: no layer overrides another. */

import { fail } from '../../runtime/errors.ts';
import type { Json } from '../../runtime/types.ts';

export type JsonObject = { [key: string]: Json };
type Merge = (before: string, added: string, layer: string) => string;

/** The files that several layers may have, and how they become one. Any other path has one owner. */
export const merges = {
  'package.json': (before, added, layer) => {
    const merged = mergeJson(
      parseObject(before, 'package.json'),
      parseObject(added, `package.json of ${layer}`),
      layer,
    );
    return `${JSON.stringify(sortDependencies(merged), null, 2)}\n`;
  },
  '.gitignore': (before, added) => mergeLines(before, added),
  '.dockerignore': (before, added) => mergeLines(before, added),
  '.gcloudignore': (before, added) => mergeLines(before, added),
  '.env.example': (before, added) => mergeLines(before, added),
  'README.md': (before, added, layer) => mergeSections(before, added, layer),
} as const satisfies Record<string, Merge>;

export function findMerge(path: string): Merge | undefined {
  return Object.hasOwn(merges, path) ? merges[path as keyof typeof merges] : undefined;
}

/** @throws InputError when the text is no JSON object */
export function parseObject(text: string, what: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    return fail(`${what} is not valid JSON: ${(error as Error).message}`);
  }
  return isObject(value) ? value : fail(`${what} must hold a JSON object`);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects are joined, lists get what they lack, equal values are one; two different values are a mistake of ours. */
function mergeJson(before: JsonObject, added: JsonObject, layer: string, path = ''): JsonObject {
  const merged: JsonObject = { ...before };
  for (const [key, value] of Object.entries(added)) {
    const present = merged[key];
    if (present === undefined) merged[key] = value;
    else if (isObject(present) && isObject(value)) merged[key] = mergeJson(present, value, layer, `${path}${key}.`);
    else if (Array.isArray(present) && Array.isArray(value)) {
      merged[key] = [...present, ...value.filter((item) => !present.includes(item))];
    } else if (present !== value) {
      fail(
        `two layers set ${path}${key} of package.json: ${JSON.stringify(present)}, and ${layer} ${JSON.stringify(value)}`,
      );
    }
  }
  return merged;
}

/** Package managers sort these themselves on the next install: written sorted, they make no diff then. */
export function sortDependencies(manifest: JsonObject): JsonObject {
  const sorted: JsonObject = {};
  for (const [key, value] of Object.entries(manifest)) {
    const sortable = /ependencies$/.test(key) && isObject(value);
    sorted[key] = sortable ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  }
  return sorted;
}

/** Lines that are not there yet go to the end, under an empty line. */
function mergeLines(before: string, added: string): string {
  const present = new Set(before.split('\n'));
  const lines = added.trimEnd().split('\n');
  const missing = lines.filter((line) => line.trim() === '' || !present.has(line));
  return missing.some((line) => line.trim() !== '') ? `${before.trimEnd()}\n\n${missing.join('\n').trim()}\n` : before;
}

/** The README of a later layer becomes the last section: its title one of the headings, all of them one level down. */
function mergeSections(before: string, added: string, layer: string): string {
  const titles = new Set(headingsOf(before).map(({ text }) => text));
  let section = '';
  for (const { line, heading } of linesOf(added)) {
    if (heading !== undefined && titles.has(heading))
      fail(`two layers have a README section '${heading}': also ${layer}`);
    section += `${heading === undefined ? line : `#${line}`}\n`;
  }
  return `${before.trimEnd()}\n\n${section.trim()}\n`;
}

function headingsOf(markdown: string): { text: string }[] {
  return linesOf(markdown).flatMap(({ heading }) => (heading === undefined ? [] : [{ text: heading }]));
}

/** Lines, and which are headings: a # within a code fence is a comment of some shell. */
function linesOf(markdown: string): { line: string; heading: string | undefined }[] {
  let fenced = false;
  return markdown.split('\n').map((line) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? undefined : /^#+ (.*)$/.exec(line)?.[1];
    return { line, heading };
  });
}
