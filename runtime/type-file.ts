/** Keeps label-config.d.ts, the labeling config as types, as label-config.xml says. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from './errors.ts';
import { parseLabelConfig } from './labeling/config.ts';
import { writeTypeModule } from './labeling/type-module.ts';

export const TYPE_FILE = 'label-config.d.ts';

/**
 * Writes the file of a project, unless it says so already: a file that is written again is a change to whoever watches it.
 * @returns whether it was written
 * @throws InputError when label-config.xml is not there or not well-formed; the file stays as it is then
 */
export function updateTypeFile(project: string): boolean {
  const [source, target] = [join(project, 'label-config.xml'), join(project, TYPE_FILE)];
  if (!existsSync(source)) fail(`label-config.xml is not there (looked for ${source})`);
  const xml = readFileSync(source, 'utf8').replace(/^\uFEFF/, '');
  const module = writeTypeModule(parseLabelConfig(xml));
  // Git on Windows rewrites line ends: that is no change.
  if (existsSync(target) && readFileSync(target, 'utf8').replaceAll('\r\n', '\n') === module) return false;
  writeFileSync(target, module);
  return true;
}
