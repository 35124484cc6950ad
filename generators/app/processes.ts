/** The programs that run after the writing: the package manager, git, and the project itself, as the user's shell would run them. */

import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type PackageManagerId, packageManagers } from './choices.ts';
import type { Screen } from './screen.ts';
import { Stop } from './stop.ts';
import { type Environment, ownEnvironment } from './surroundings.ts';

interface Place {
  cwd: string;
  env: Environment;
}

/** @throws Stop with the installer's last words when it fails */
export async function installDependencies(
  packageManager: PackageManagerId,
  place: Place,
  screen: Screen,
  verbose: boolean,
): Promise<void> {
  const { execa } = await import('execa');
  const command = commandOf(packageManager, 'install');
  const [file = '', ...args] = command.split(' ');
  const stopSpinning = spin(screen, verbose, `Installing the dependencies: ${command}`);
  const begin = performance.now();
  // Ctrl-C reaches the installer as well: it ends by itself, and then we do.
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.on('SIGINT', interrupt);
  const result = await execa(file, args, {
    cwd: place.cwd,
    env: ownEnvironment(place.env),
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    ...(verbose ? { stdout: ['inherit', 'pipe'], stderr: ['inherit', 'pipe'] } : {}),
  }).finally(() => {
    stopSpinning();
    process.off('SIGINT', interrupt);
  });
  // The installer may be gone before the signal has been told to us.
  if (interrupted || result.signal === 'SIGINT' || result.exitCode === 130)
    throw new Stop(`Cancelled. The project is written; its dependencies are not: ${command}`, 130);
  if (result.failed)
    throw new Stop(`${command} failed: ${lastWords(String(result.all ?? ''), result.shortMessage ?? '')}`);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  screen.say(`${screen.green('✔')} Installed the dependencies with ${packageManager} ${screen.dim(`(${seconds} s)`)}`);
}

/** The errors of an installer's output, or its end; the message of the process where it did not even start. */
function lastWords(output: string, message: string): string {
  const lines = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !/A complete log of this run|^npm error [^ ]*_logs/.test(line));
  const errors = lines.filter((line) => /\b(error|ERR!?)\b/i.test(line));
  const last = (errors.length > 0 ? errors : lines).slice(-6).join('\n');
  return last === '' ? message : last;
}

/** A moving dot on a terminal, a plain line elsewhere. */
function spin(screen: Screen, verbose: boolean, text: string): () => void {
  if (!screen.interactive || verbose) {
    screen.say(`${text} …`);
    return () => {};
  }
  const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
  let frame = 0;
  const draw = () => screen.redraw(`${screen.cyan(frames[frame++ % frames.length] ?? '')} ${text}`);
  draw();
  const timer = setInterval(draw, 80);
  return () => {
    clearInterval(timer);
    screen.redraw('');
  };
}

/** What became of the repository, for the report: undefined when there is nothing to say. */
export async function initRepository({ cwd, env }: Place, message: string): Promise<string | undefined> {
  const { execa } = await import('execa');
  const git = (...args: string[]) =>
    execa('git', args, { cwd, env: ownEnvironment(env), extendEnv: false, reject: false, stdin: 'ignore' });
  const inside = await git('rev-parse', '--is-inside-work-tree');
  if (inside.code === 'ENOENT') return undefined;
  if (inside.stdout === 'true') return undefined;
  const init = await git('init', '--quiet');
  if (init.failed) return `git init failed: ${init.stderr || init.shortMessage}`;
  const author = await git('var', 'GIT_AUTHOR_IDENT');
  const named = await git('config', 'user.email');
  if (author.failed || named.failed) return 'git init: nothing is committed yet, since git does not know your name';
  const add = await git('add', '--all');
  // Signing could open a window for a passphrase, and nobody expects one here.
  const commit = add.failed ? add : await git('commit', '--quiet', '--no-gpg-sign', '--message', message);
  return commit.failed ? `git init: nothing is committed yet (${firstLine(commit.stderr)})` : 'git init, first commit';
}

const firstLine = (text: string) => text.split('\n')[0] ?? '';

/** Runs the project in the foreground until it ends; its exit code. Signals that reach us are handed on. */
export async function startProject(packageManager: PackageManagerId, { cwd, env }: Place): Promise<number> {
  const { execa } = await import('execa');
  const own = ownEnvironment(env);
  const direct = readNodeCommand(cwd);
  const [file = '', ...args] = direct ?? commandOf(packageManager, 'start').split(' ');
  const PATH = [join(cwd, 'node_modules', '.bin'), own.PATH].join(delimiter);
  const child = execa(file, args, {
    cwd,
    env: direct === undefined ? own : { ...own, PATH },
    extendEnv: false,
    reject: false,
    stdio: 'inherit',
    // It drains before it exits: no SIGKILL after some seconds.
    forceKillAfterDelay: false,
  });
  // A terminal sends Ctrl-C to both of us: the project ends on its own, and we wait for it.
  const handOn = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || !(process.stdin.isTTY || process.stdout.isTTY)) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handOn);
  const result = await child;
  for (const signal of signals) process.off(signal, handOn);
  if (result.code === 'ENOENT') throw new Stop(`${file} is not there: install it, or choose another with --pm`);
  return result.exitCode ?? (result.signal === 'SIGINT' ? 130 : 143);
}

/**
 * The words of the project's start script where it is a plain `node …`. Package managers put a shell in between, which
 * dies of a signal without handing it on, and the server would stay behind.
 */
function readNodeCommand(cwd: string): string[] | undefined {
  const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const hooked = scripts.prestart !== undefined || scripts.poststart !== undefined;
  return !hooked && /^node( [\w./:=@-]+)+$/.test(scripts.start ?? '') ? scripts.start?.split(' ') : undefined;
}

export function commandOf(packageManager: PackageManagerId, command: 'install' | 'start'): string {
  return (packageManagers.find(({ id }) => id === packageManager) ?? packageManagers[0])[command];
}
