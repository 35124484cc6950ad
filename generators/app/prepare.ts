/** Everything there is to know before the first byte is written; what cannot be done ends here, with nothing written. */

import { relative } from 'node:path';
import { type Answers, resolveAnswers } from './answers.ts';
import { ourFolders } from './compose.ts';
import { type Decisions, decideConflicts } from './conflicts.ts';
import { planSteps, type Step } from './plan.ts';
import { composeProject, type ModelScript, type Project } from './project.ts';
import type { Session } from './session.ts';
import { Stop } from './stop.ts';

export interface Prepared {
  answers: Answers;
  project: Project;
  steps: Step[];
  decisions: Decisions;
  /** Files in our folders that this version does not have any more. */
  leftovers: string[];
}

/** @throws Stop when the folder holds other files and --force was not said, or an answer does not do */
export async function prepare(session: Session): Promise<Prepared> {
  const { surroundings, screen, asking } = session;
  const answers = await resolveAnswers(session.draft, surroundings, () => readChosen(session));
  const { draft } = session;
  const { folder } = answers;
  const present = folder.state === 'ours' ? folder.read('label-config.xml') : undefined;
  const project = composeProject(answers.recipe, present);
  const force = draft.force ?? false;
  const steps = planSteps({ files: project.files, read: folder.read, written: folder.stored?.written, force });
  if (folder.state === 'foreign' && !force) refuseForeign(steps, folder.path, surroundings.cwd);
  const ask = draft.dryRun ? undefined : asking?.askPrompt;
  const decisions = draft.dryRun
    ? { taken: new Set<string>(), undecided: new Set<string>() }
    : await decideConflicts(steps, screen, ask);
  const leftovers = ourFolders.flatMap((name) => folder.list(name)).filter((path) => !project.files.has(path));
  return { answers, project, steps, decisions, leftovers };
}

/** Reads the model script; where it has several model classes, asks which. The code for it is loaded only here. */
async function readChosen(session: Session): Promise<ModelScript> {
  const { surroundings, asking } = session;
  const { readScript, SeveralClasses } = await import('./script.ts');
  const script = session.draft.script ?? '';
  try {
    return await readScript(script, surroundings.cwd);
  } catch (error) {
    if (!(error instanceof SeveralClasses) || asking === undefined) throw error;
    const choices = error.classes.map((name) => ({ title: name, value: name }));
    const name = await asking.askPrompt({ type: 'select', message: `Which class of ${script}?`, choices, initial: 0 });
    session.draft = { ...session.draft, script: `${script}:${name}` };
    return readScript(`${script}:${name}`, surroundings.cwd);
  }
}

function refuseForeign(steps: readonly Step[], path: string, cwd: string): never {
  const there = steps.filter(({ current }) => current !== undefined).map((step) => `  ${step.path}`);
  const list =
    there.length > 0 ? `These would be overwritten:\n${there.join('\n')}` : 'None of them would be overwritten.';
  throw new Stop(
    `${relative(cwd, path) || path} has files that are not ours. ${list}\nChoose another folder, or say --force (it overwrites, and deletes nothing)`,
  );
}
