/** Files that both sides have changed: shown as a diff, decided by the user where one can be asked, else left to them. */

import { createTwoFilesPatch } from 'diff';
import type { Step } from './plan.ts';
import type { Screen } from './screen.ts';
import type { Asking } from './session.ts';
import { failCancelled } from './stop.ts';

export interface Decisions {
  /** Paths where ours is taken. */
  taken: Set<string>;
  /** Paths that nobody has decided: the user's side stays, and the run ends with exit code 1. */
  undecided: Set<string>;
}

/** @param ask undefined: there is no terminal, so nothing is asked */
export async function decideConflicts(
  steps: readonly Step[],
  screen: Screen,
  ask: Asking['askPrompt'] | undefined,
): Promise<Decisions> {
  const decisions: Decisions = { taken: new Set(), undecided: new Set() };
  for (const step of steps.filter(({ action }) => action === 'conflict')) {
    if (ask === undefined) {
      screen.say(`\n${screen.yellow('conflict')} ${step.path}: changed by you, and by this version. Yours stays.`);
      screen.say(diffOf(step, screen));
      decisions.undecided.add(step.path);
    } else if (await takesOurs(step, screen, ask)) decisions.taken.add(step.path);
  }
  return decisions;
}

async function takesOurs(step: Step, screen: Screen, ask: Asking['askPrompt']): Promise<boolean> {
  for (;;) {
    const answer = await ask({
      type: 'select',
      message: `${step.path} was changed by you, and by this version:`,
      choices: [
        { title: 'Keep mine', value: 'mine' },
        { title: 'Take the new one', value: 'new' },
        { title: 'Show the difference', value: 'diff' },
        { title: 'Stop, and write nothing', value: 'stop' },
      ],
      initial: 0,
    });
    if (answer === 'stop') failCancelled();
    if (answer !== 'diff') return answer === 'new';
    screen.say(diffOf(step, screen));
  }
}

/** A unified diff from the file on the disk to ours. */
export function diffOf({ path, current, content }: Pick<Step, 'path' | 'current' | 'content'>, screen: Screen): string {
  if (typeof current !== 'string' || typeof content !== 'string') return '(not text)';
  const patch = createTwoFilesPatch(path, path, current, content, 'yours', 'new', { context: 3 });
  const paintOf = (line: string) =>
    line.startsWith('+') ? screen.green : line.startsWith('-') ? screen.red : screen.dim;
  return patch
    .split('\n')
    .slice(1)
    .map((line) => (/^[+-]/.test(line) ? paintOf(line)(line) : line))
    .join('\n')
    .trimEnd();
}
