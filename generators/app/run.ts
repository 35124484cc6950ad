/** Runs the generator in a Yeoman environment of its own, and then, if wished, the project. The exit code is the answer. */

import { EnvironmentBase } from 'yeoman-environment';
import { PromptsAdapter } from './adapter.ts';
import BackendGenerator, { type Outcome } from './index.ts';
import { startProject } from './processes.ts';
import type { Session } from './session.ts';
import { Stop } from './stop.ts';
import { packageRoot } from './surroundings.ts';

/** For the question that asks for it: it is checked as it is typed. */
export { checkConfig } from './answers.ts';

const namespace = 'wow-ai-ml:app';

/** @throws Stop, or what else ended the run */
export async function runGenerator(session: Session): Promise<number> {
  const outcome: Outcome = { prepared: undefined, problem: undefined };
  const env = new EnvironmentBase({
    // Yeoman reads package.json and .yo-rc.json of its folder at once: ours are sound, the user's are read with care.
    cwd: packageRoot,
    logCwd: session.surroundings.cwd,
    adapter: new PromptsAdapter(session.asking),
    skipInstall: true,
  });
  env.register(BackendGenerator, {
    namespace,
    resolved: `${packageRoot}generators/app/index.js`,
    packagePath: packageRoot,
  });
  const generatorOptions = { session, outcome, localConfigOnly: true };
  await env.runGenerator(await env.create(namespace, { generatorArgs: [], generatorOptions }));
  const { prepared, problem } = outcome;
  if (problem !== undefined) throw problem;
  if (prepared === undefined || session.draft.dryRun) return 0;
  const { answers, decisions } = prepared;
  if (decisions.undecided.size > 0) {
    throw new Stop(
      `${[...decisions.undecided].join(', ')}: kept as you have it. Bring in what you want from the difference above, or run again on a terminal, or with --force`,
    );
  }
  if (!answers.start) return 0;
  return startProject(answers.packageManager, { cwd: answers.folder.path, env: session.surroundings.env });
}
