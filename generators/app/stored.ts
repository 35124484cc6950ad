/** What .yo-rc.json keeps of a project: the answers, and what was written, for the next run. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabelTypeId, labelTypes } from './choices.ts';
import { isObject, type JsonObject } from './merge.ts';
import type { Written } from './plan.ts';
import type { Starter } from './starter.ts';
import { Stop } from './stop.ts';

export const storedFile = '.yo-rc.json';
/** Our key in it, beside those of other generators. */
export const storedKey = 'create-wow-ai-ml';

export interface Stored {
  /** Of the generator that wrote it. */
  version: string;
  name: string;
  /** 'starter', 'script', or the id of an example. */
  model: string;
  /** The labeling config was the user's own. */
  ownConfig: boolean;
  /** The project pins its own Node. */
  pinned: boolean;
  starter: Starter;
  written: Written;
}

/** Undefined when the folder holds no project of ours. @throws Stop when the file is damaged */
export function readStored(folder: string): Stored | undefined {
  const path = join(folder, storedFile);
  if (!existsSync(path)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Stop(`${path} is not valid JSON: ${(error as Error).message}. Repair it, or restore it from git`);
  }
  const own = isObject(content as JsonObject) ? (content as JsonObject)[storedKey] : undefined;
  return own === undefined ? undefined : parseStored(own, path);
}

/** Only what a later step relies on is checked: the file is ours, a person edits it at most. */
function parseStored(own: unknown, path: string): Stored {
  const stored = own as Stored;
  const strings = [stored?.version, stored?.name, stored?.model, stored?.starter?.control, stored?.starter?.dataKey];
  const labelType = stored?.starter?.labelType;
  const known = labelType === 'stubs' || labelTypes.some(({ id }: { id: LabelTypeId }) => id === labelType);
  const hashes = stored?.written?.files;
  if (
    !known ||
    strings.some((value) => typeof value !== 'string') ||
    !isObject(hashes) ||
    !isObject(stored.written.manifest)
  ) {
    throw new Stop(`${path} lacks what '${storedKey}' needs. Restore it from git, or delete the key to start over`);
  }
  return stored;
}
