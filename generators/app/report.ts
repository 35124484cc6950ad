/** What the run says at its end: what was done, what to do next, and the command that repeats it. */

import { relative } from 'node:path';
import type { Answers } from './answers.ts';
import { examples, packageManagers } from './choices.ts';
import type { Step } from './plan.ts';
import type { Prepared } from './prepare.ts';
import type { Draft } from './questions.ts';
import { quoteWord, type Screen } from './screen.ts';
import { storedFile } from './stored.ts';
import { oldestNode, type Surroundings } from './surroundings.ts';

/** One line a file: what would be done to it. */
export function reportDryRun(steps: readonly Step[], { folder }: Answers, screen: Screen): void {
  screen.say(`Dry run: nothing is written. ${folder.path} would get`);
  const stored = { path: storedFile, action: folder.state === 'ours' ? 'update' : 'create' } as const;
  for (const { path, action } of [...steps, stored]) {
    const paint = { create: screen.green, conflict: screen.red, same: screen.dim, keep: screen.dim };
    const color = action === 'update' || action === 'merge' ? screen.yellow : paint[action];
    screen.say(`  ${color(action.padEnd(9))}${path}`);
  }
}

export function reportWritten({ steps, answers, project, leftovers }: Prepared, screen: Screen): void {
  const { folder, recipe } = answers;
  const count = (...actions: Step['action'][]) => steps.filter(({ action }) => actions.includes(action)).length;
  const done = `${screen.green('✔')} `;
  if (folder.state === 'ours') {
    const yours = steps.filter(({ action, owner }) => action === 'keep' && owner === 'yours').map(({ path }) => path);
    const stay = yours.length > 0 ? `; yours stay: ${yours.join(', ')}` : '';
    const written = count('create', 'update', 'merge');
    screen.say(`${done}${recipe.name} is up to date: ${written} of ${steps.length} files written${stay}`);
    if (leftovers.length > 0)
      screen.say(`${screen.yellow('!')} Not part of it any more, delete them when you like: ${leftovers.join(', ')}`);
    return;
  }
  screen.say(
    `${done}Created ${screen.bold(recipe.name)}: ${project.subject.found}, ${modelOf(recipe)}, ${steps.length + 1} files`,
  );
}

function modelOf({ model, labelType }: Answers['recipe']): string {
  if (model.kind === 'script') return 'your model script';
  const example = model.kind === 'example' ? examples.find(({ id }) => id === model.id) : undefined;
  if (model.kind === 'starter' && labelType === 'stubs') return 'a typed stub for each';
  return example === undefined ? 'a fresh starter' : `the example ${example.id}`;
}

export function reportPinnedNode({ nodeVersion }: Surroundings, screen: Screen): void {
  screen.say(
    `${screen.yellow('!')} Your Node ${nodeVersion} is older than ${oldestNode}, which runs TypeScript: the project brings its own (the 'node' package, about 190 MB)`,
  );
}

/** What to type next, in the user's package manager. */
export function nextSteps(answers: Answers, installed: boolean, { cwd }: Surroundings, screen: Screen): string[] {
  const manager = packageManagers.find(({ id }) => id === answers.packageManager) ?? packageManagers[0];
  const path = relative(cwd, answers.folder.path);
  const steps: [string, string][] = [
    ...(path === '' ? [] : [[`cd ${quoteWord(path)}`, ''] as [string, string]]),
    ...(installed ? [] : [[manager.install, ''] as [string, string]]),
    [manager.start, 'answers on http://localhost:9090'],
    [manager.test, 'your model against the contract'],
  ];
  const width = Math.max(...steps.map(([command]) => command.length)) + 4;
  return [
    'Next',
    ...steps.map(
      ([command, comment]) =>
        `  ${screen.cyan(command)}${comment && ' '.repeat(width - command.length)}${comment && screen.dim(comment)}`,
    ),
    '',
    `model.ts is yours: predict() and fit(). README.md has the rest.`,
  ];
}

/** The command that makes the same project without a question. */
export function repeatCommand(draft: Draft, answers: Answers, surroundings: Surroundings): string {
  const { recipe } = answers;
  const flags = [
    ...(draft.config === undefined ? [] : ['--config', draft.config]),
    ...(recipe.model.kind === 'example' ? ['--example', recipe.model.id] : labelTypeFlag(draft, answers)),
    ...(draft.script === undefined ? [] : ['--script', draft.script]),
    ...(draft.name === undefined ? [] : ['--name', draft.name]),
    ...(draft.rootDir === undefined ? [] : ['--root-dir', draft.rootDir]),
    ...(answers.install ? [] : ['--no-install']),
    ...(answers.git ? [] : ['--no-git']),
    ...(answers.start ? ['--start'] : []),
    ...(draft.packageManager === undefined ? [] : ['--pm', draft.packageManager]),
    '--yes',
  ];
  const words = [draft.folder ?? recipe.name, ...flags].map((word) => quoteWord(word));
  return `${typedAs(surroundings)} ${separated(words, surroundings)}`;
}

/** What follows from a labeling config needs no flag. */
function labelTypeFlag({ config, labelType }: Draft, { recipe }: Answers): string[] {
  const said = config === undefined && recipe.labelType !== 'stubs' ? recipe.labelType : labelType;
  return said === undefined ? [] : ['--label-type', said];
}

function typedAs({ typed, packageManager }: Surroundings): string {
  if (typed === 'clone') return 'npm run create --';
  if (packageManager === 'npm') return typed === 'npx' ? 'npx create-wow-ai-ml@latest' : 'npm create wow-ai-ml@latest';
  return `${packageManager} create wow-ai-ml`;
}

/** npm alone needs -- in front of flags that are not its own. */
function separated([folder = '', ...flags]: string[], { typed, packageManager }: Surroundings): string {
  const dashes = typed === 'create' && packageManager === 'npm' ? ['--'] : [];
  return [folder, ...dashes, ...flags].join(' ');
}
