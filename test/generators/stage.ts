/** A folder of its own and a screen that remembers, for running the command without a process. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Screen } from '../../generators/app/screen.ts';
import { createScreen } from '../../generators/app/screen.ts';
import { runCommand } from '../../generators/front.ts';

export interface Ran {
  code: number;
  /** What went to standard output, and what to standard error. */
  out: string;
  err: string;
}

export class Stage {
  readonly cwd = realpathSync(mkdtempSync(join(tmpdir(), 'create wow ai ')));
  env: Record<string, string | undefined> = { npm_config_user_agent: 'npm/11.6.0 node/v24.1.0 linux x64' };

  /** Runs the command as in a script: no terminal, no install, no git. */
  run(...argv: string[]): Promise<Ran> {
    return this.runPlain(...argv, '--no-install', '--no-git');
  }

  async runPlain(...argv: string[]): Promise<Ran> {
    const { screen, text } = createMemoryScreen();
    const code = await runCommand(argv, { cwd: this.cwd, env: this.env, interactive: false, screen });
    return { code, ...text() };
  }

  path(...names: string[]): string {
    return join(this.cwd, ...names);
  }

  read(...names: string[]): string {
    return readFileSync(this.path(...names), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  /** All files below a folder, sorted. Empty where there is none. */
  list(name = '.'): string[] {
    if (!existsSync(this.path(name))) return [];
    return readdirSync(this.path(name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path(name).length + 1))
      .sort();
  }

  clear(): void {
    rmSync(this.cwd, { recursive: true, force: true });
  }
}

export function createMemoryScreen(): { screen: Screen; text(): { out: string; err: string } } {
  const written = { out: '', err: '' };
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  return { screen: createScreen(sink('out'), sink('err'), {}), text: () => ({ ...written }) };
}
