/** One run of the command: what is known so far, and how the rest is asked for. Light, since the first question waits for it. */

import { resolve } from 'node:path';
import type { PromptObject } from 'prompts';
import { defaultFolder, nameOf, openFolder } from './folder.ts';
import { type Checks, type Draft, nextQuestion, type Question } from './questions.ts';
import type { Screen } from './screen.ts';
import { Stop } from './stop.ts';
import { readStored } from './stored.ts';
import type { Surroundings } from './surroundings.ts';

/** One prompt as `prompts` has it. */
export type Prompt = Omit<PromptObject<'value'>, 'name'>;

/** How a person is asked. Undefined in a session: there is nobody to ask. */
export interface Asking {
  /** One question; the draft that the answer makes. @throws Stop 130 on Ctrl-C */
  ask(question: Question): Promise<Draft>;
  /** The bare answer. @throws Stop 130 on Ctrl-C */
  askPrompt(prompt: Prompt): Promise<unknown>;
}

export interface Session {
  draft: Draft;
  surroundings: Surroundings;
  screen: Screen;
  checks: Checks;
  asking: Asking | undefined;
}

/** Asks what is still open. At most `limit` questions. */
export async function completeDraft(session: Session, limit = Number.POSITIVE_INFINITY): Promise<Draft> {
  let { draft } = session;
  const { asking, surroundings, checks } = session;
  for (let asked = 0; asking !== undefined && asked < limit; asked++) {
    const question = nextQuestion(draft, surroundings, checks);
    if (question === undefined) break;
    draft = await asking.ask(question);
  }
  return draft;
}

/** What a question needs from the disk. The labeling config and the script are read by code that is loaded only then. */
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

/** Inside a project of ours, the folder is this one. */
export function startDraft(draft: Draft, checks: Checks, interactive: boolean): Draft {
  if (draft.folder !== undefined) return draft;
  if (checks.isProject('.')) return { ...draft, folder: '.' };
  return interactive ? draft : { ...draft, folder: draft.name ?? defaultFolder };
}
