/** Runs gcloud: never through a shell, never asking, never touching the user's own gcloud settings. */

import { spawn } from 'node:child_process';

export class GcloudError extends Error {
  override readonly name = 'GcloudError';
  readonly args: readonly string[];
  /** What gcloud wrote to stderr. */
  readonly output: string;
  /** gcloud is not installed. */
  readonly missing: boolean;
  constructor(args: readonly string[], output: string, missing = false) {
    super(`gcloud ${args.slice(0, 3).join(' ')} failed`);
    this.args = args;
    this.output = output;
    this.missing = missing;
  }
}

export interface GcloudOptions {
  /** Goes to standard input. */
  input?: string;
  /** gcloud's own progress is shown as it comes. */
  progress?: boolean;
}

/** Resolves with what gcloud printed, trimmed. @throws GcloudError */
export type Gcloud = (args: readonly string[], options?: GcloudOptions) => Promise<string>;

/** @param note is told each command line, without its input */
export function createGcloud(project: string, cwd: string, note: (args: readonly string[]) => void): Gcloud {
  return (given, { input = '', progress = false } = {}) => {
    const args = [...given, `--project=${project}`, '--quiet'];
    note(args);
    return new Promise((resolve, reject) => {
      const env = { ...process.env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' };
      // Windows has gcloud as a .cmd file, which Node only starts by way of a shell.
      const windows = process.platform === 'win32';
      const unsafe = windows ? args.find((arg) => /[\s"^&|<>%!]/.test(arg)) : undefined;
      if (unsafe !== undefined) return reject(new GcloudError(given, `argument ${unsafe} cannot be passed on Windows`));
      const child = spawn(windows ? 'gcloud.cmd' : 'gcloud', args, { cwd, env, shell: windows });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        if (progress) process.stderr.write(text);
      });
      child.on('error', (error: NodeJS.ErrnoException) =>
        reject(new GcloudError(given, error.message, error.code === 'ENOENT')),
      );
      child.on('close', (code) => (code === 0 ? resolve(stdout.trim()) : reject(new GcloudError(given, stderr))));
      // It may end before it has read all; its exit code says why.
      child.stdin.on('error', () => {}).end(input);
    });
  };
}

/** What gcloud printed, or undefined where the thing asked for is not there. */
export async function find(gcloud: Gcloud, args: readonly string[]): Promise<string | undefined> {
  try {
    return await gcloud(args);
  } catch (error) {
    if (
      error instanceof GcloudError &&
      /NOT_FOUND|not found|Cannot find|does not exist/i.test(error.output) &&
      !/may not exist/.test(error.output)
    )
      return undefined;
    throw error;
  }
}

/** Runs it again while Google has not heard of a new account or grant yet. */
export async function patiently<T>(run: () => Promise<T>, reason: RegExp, pause = 3_000): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === 5 || !(error instanceof GcloudError) || !reason.test(error.output)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause * attempt));
    }
  }
}
