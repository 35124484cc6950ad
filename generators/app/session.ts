/** One run of the command: what is known so far, and how the rest is asked for. Light, since the first question waits for it. */

import type { PromptObject } from 'prompts';
import { defaultFolder } from './folder.ts';
import { type Checks, type Draft, nextQuestion, type Question } from './questions.ts';
import type { Screen } from './screen.ts';
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

/** Inside a project of ours, the folder is this one. */
export function startDraft(draft: Draft, checks: Checks, interactive: boolean): Draft {
  if (draft.folder !== undefined) return draft;
  if (checks.isProject('.')) return { ...draft, folder: '.' };
  return interactive ? draft : { ...draft, folder: draft.name ?? defaultFolder };
}
