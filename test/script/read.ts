/** Reads a model script from files that exist for that moment. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readScript, type Script } from '../../generators/app/script.ts';

export type Files = Record<string, string>;

/** Reads `spec` in a folder that holds `files` and nothing else. */
export async function read(files: Files, spec: string): Promise<Script> {
  const folder = mkdtempSync(join(tmpdir(), 'script-test-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await readScript(spec, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const MODEL = 'extends WOWAIML { predict() { return []; } }';
export const PLAIN = `import { WOWAIML } from 'wow-ai-ml';\nexport default class Mine ${MODEL}\n`;
