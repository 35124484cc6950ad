/** label-config.d.ts of a project: the types of the labeling config that it will have on the disk. */

import { InputError } from '../../runtime/errors.ts';
import { type LabelConfig, parseLabelConfig } from '../../runtime/labeling/config.ts';
import { writeTypeModule } from '../../runtime/labeling/type-module.ts';
import { TYPE_FILE } from '../../runtime/type-file.ts';
import type { Content, Layer } from './compose.ts';

/**
 * @param present label-config.xml of a project that is made already: the user's by now, and it stays
 * @returns no file where the present XML is broken: its types stay as they are until it is mended
 */
export function typeLayer(config: LabelConfig, present: Content | undefined): Layer {
  const known = present === undefined ? config : parsePresent(String(present));
  const files = new Map<string, Content>();
  if (known !== undefined) files.set(TYPE_FILE, writeTypeModule(known));
  return { name: 'the types of the labeling config', owner: 'ours', rendered: false, files };
}

function parsePresent(xml: string): LabelConfig | undefined {
  try {
    return parseLabelConfig(xml.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
