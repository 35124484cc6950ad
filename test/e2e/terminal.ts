/** A person at a terminal: a real pty, keys pressed one by one, the screen as it looks after each. */

import { setTimeout as pause } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import { TerminalScreen } from './screen.ts';
import { shellEnvironment } from './shell.ts';

export const keys = {
  enter: '\r',
  down: '\u001b[B',
  up: '\u001b[A',
  space: ' ',
  ctrlC: '\u0003',
  ctrlU: '\u0015',
  backspace: '\u007f',
  escape: '\u001b',
} as const;

const PATIENCE = 20_000;

export interface Terminal {
  screen: TerminalScreen;
  pid: number;
  /** Types text or a key. */
  press(...texts: string[]): Promise<void>;
  /** Resolves when the screen shows it. Rejects with the screen when the program ends, or time is up. */
  see(wanted: string | RegExp): Promise<void>;
  /** Resolves with the exit code. */
  ended(): Promise<number>;
  kill(): void;
}

export function openTerminal(
  command: string,
  args: string[],
  { cwd, env = {}, columns = 100 }: { cwd: string; env?: Record<string, string | undefined>; columns?: number },
): Terminal {
  const screen = new TerminalScreen(columns);
  const pty: IPty = spawn(command, args, {
    cwd,
    env: shellEnvironment(env),
    cols: columns,
    rows: 40,
    name: 'xterm-256color',
  });
  let exitCode: number | undefined;
  pty.onData((data) => screen.write(data));
  pty.onExit((exit) => {
    exitCode = exit.signal ? 128 + exit.signal : exit.exitCode;
  });
  const until = async <Value>(what: string, ask: () => Value | undefined): Promise<Value> => {
    for (const end = Date.now() + PATIENCE; ; await pause(20)) {
      const value = ask();
      if (value !== undefined) return value;
      if (Date.now() > end) throw new Error(`no ${what} on the screen of ${columns} columns:\n${frame(screen)}`);
    }
  };
  return {
    screen,
    pid: pty.pid,
    async press(...texts) {
      for (const text of texts) {
        pty.write(text);
        // Nobody types faster, and prompts would take a burst for one key.
        await pause(40);
      }
    },
    see: (wanted) =>
      until(String(wanted), () => {
        const text = screen.text();
        if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return text;
        if (exitCode !== undefined) throw new Error(`it ended with ${exitCode} before ${wanted}:\n${frame(screen)}`);
        return undefined;
      }).then(() => {}),
    ended: () => until('end of the program', () => exitCode),
    kill() {
      if (exitCode === undefined) pty.kill('SIGKILL');
    },
  };
}

/** The screen between two rules, for messages. */
export function frame(screen: TerminalScreen): string {
  const rule = '─'.repeat(screen.columns);
  return `${rule}\n${screen.text()}\n${rule}`;
}
