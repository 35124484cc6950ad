/** The command: reads the flags, answers --help and --version itself, and asks the first question while the rest loads. */

import { createChecks } from './app/checks.ts';
import { type CommandLine, parseCommandLine } from './app/flags.ts';
import { helpText } from './app/help.ts';
import { createScreen, quoteWord, type Screen } from './app/screen.ts';
import { type Asking, completeDraft, type Session, startDraft } from './app/session.ts';
import { failCancelled, failUsage, Stop } from './app/stop.ts';
import { findSwallowedFlags, readSurroundings } from './app/surroundings.ts';

/** What the command stands in: the process's own, or a test's. */
export interface Stage {
  cwd: string;
  env: Record<string, string | undefined>;
  /** Both ends are a terminal. */
  interactive: boolean;
  screen: Screen;
}

/** Runs the command for this process and sets its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const { env, stdin, stdout, stderr } = process;
  // `| head` closes our output before we are done: that is no reason to stop writing files.
  stdout.on('error', () => {});
  const interactive = stdin.isTTY === true && stdout.isTTY === true;
  const stage = { cwd: process.cwd(), env, interactive, screen: createScreen(stdout, stderr, env) };
  process.exitCode = await runCommand(argv, stage);
}

/** The exit code. Nothing is thrown: each failure is a message. */
export async function runCommand(argv: readonly string[], stage: Stage): Promise<number> {
  try {
    return await run(argv, stage);
  } catch (error) {
    return reportFailure(error, stage.screen, argv.includes('--verbose'));
  }
}

async function run(argv: readonly string[], { cwd, env, interactive, screen }: Stage): Promise<number> {
  const surroundings = readSurroundings(cwd, env, interactive);
  const { folder, flags } = parse(argv, env);
  if (flags.help) screen.say(helpText(surroundings.version));
  if (flags.version && !flags.help) screen.say(surroundings.version);
  if (flags.help || flags.version) return 0;

  const asks = interactive && !flags.yes;
  const asking = asks ? await loadAsking(env) : undefined;
  const checks = createChecks(flags, cwd);
  const draft = startDraft({ ...flags, ...(folder !== undefined && { folder }) }, checks, asks);
  const session: Session = { draft, surroundings, screen, checks, asking };
  screen.say(`${screen.bold('create-wow-ai-ml')} ${screen.dim(surroundings.version)}`);
  if (!interactive && !flags.yes) screen.say('No terminal to ask on: what no flag says takes its default.');
  const first = completeDraft(session, 1);
  // The prompt is on the screen by now; Yeoman loads while it is being read. A failure shows where it is awaited.
  const loading = import('./app/run.ts');
  loading.catch(() => {});
  session.draft = await first;
  const { runGenerator } = await loading;
  return runGenerator(session);
}

/** Where npm has eaten flags, the command line that works is worth more than what is left of this one. */
function parse(argv: readonly string[], env: Stage['env']): CommandLine {
  const [swallowed] = findSwallowedFlags(env);
  if (swallowed === undefined) return parseCommandLine(argv);
  const flag = swallowed.value === 'false' ? `--no-${swallowed.flag}` : `--${swallowed.flag}`;
  const value = /^(true|false)$/.test(swallowed.value) ? '' : ` ${quoteWord(swallowed.value)}`;
  const folder = argv.find((word) => !word.startsWith('-')) ?? 'my-backend';
  failUsage(`npm kept ${flag} for itself, since no -- stands in front of the flags. Type
  npm create wow-ai-ml@latest ${quoteWord(folder)} -- ${flag}${value} …`);
}

async function loadAsking(env: Stage['env']): Promise<Asking> {
  // prompts knows FORCE_COLOR alone, and reads it as it is loaded.
  if (env.NO_COLOR) env.FORCE_COLOR = '0';
  const { createAsking } = await import('./app/ask.ts');
  return createAsking(failCancelled);
}

function reportFailure(error: unknown, screen: Screen, verbose: boolean): number {
  const message = error instanceof Error ? messageOf(error) : String(error);
  const [first = '', ...rest] = message.split('\n');
  const cancelled = error instanceof Stop && error.exitCode === 130;
  screen.warn([`${cancelled ? screen.yellow('■') : screen.red('✖')} ${first}`, ...rest].join('\n'));
  if (verbose && error instanceof Error) screen.warn(screen.dim(error.stack ?? ''));
  return error instanceof Stop ? error.exitCode : 1;
}

/** Errors of the file system say in words what happened and where. */
function messageOf(error: Error): string {
  if (error instanceof Stop || error.name === 'InputError') return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : diskProblems.get(code);
  if (known !== undefined) return `cannot write ${path ?? 'the project'}: ${known}`;
  return `${error.message}\nThis is a mistake of create-wow-ai-ml: --verbose shows where. Please report it.`;
}

const diskProblems: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['ENOTDIR', 'a file is where a folder has to be'],
  ['EISDIR', 'a folder is where a file has to be'],
  ['EEXIST', 'something is there already'],
  ['ENOENT', 'the folder cannot be made'],
]);
