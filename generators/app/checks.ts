/** Answers checked while they are typed: the same code that reads them later, so that nothing is refused afterwards. */

import { resolve } from 'node:path';
import { nameOf, openFolder } from './folder.ts';
import type { Checks, Draft } from './questions.ts';
import { Stop } from './stop.ts';
import { readStored } from './stored.ts';

/** The labeling config and the script are read by code that is loaded only here. */
export function createChecks(draft: Draft, cwd: string): Checks {
  const rootDir = draft.rootDir ?? '.';
  const told = async (check: () => unknown): Promise<string | true> => {
    try {
      await check();
      return true;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return {
    folder: (typed) =>
      told(() => {
        const folder = openFolder(cwd, rootDir, typed);
        nameOf(folder, typed, draft.name);
        if (folder.state === 'foreign' && !draft.force)
          throw new Stop('that folder has files that are not ours: choose another');
      }),
    config: (path) =>
      told(async () => {
        if (path === '') throw new Stop('the path of a file is needed');
        (await import('./run.ts')).checkConfig(cwd, path);
      }),
    script: (path) =>
      told(async () => {
        if (path === '') throw new Stop('the path of a file is needed');
        const { readScript, SeveralClasses } = await import('./script.ts');
        try {
          await readScript(path, cwd);
        } catch (error) {
          // Which of them is a question of its own.
          if (!(error instanceof SeveralClasses)) throw error;
        }
      }),
    isProject: (typed) => readStored(resolve(cwd, rootDir, typed)) !== undefined,
  };
}
