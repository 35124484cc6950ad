/** The two streams a person reads: plain lines, in colour where a terminal shows them. */

import type { Environment } from './surroundings.ts';

export type Paint = (text: string) => string;

export interface Screen {
  /** What is done and what to do next: standard output. */
  say(text: string): void;
  /** What went wrong: standard error. */
  warn(text: string): void;
  /** Overwrites the current line of a terminal; does nothing elsewhere. */
  redraw(text: string): void;
  interactive: boolean;
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  cyan: Paint;
}

interface Sink {
  isTTY?: boolean;
  write(text: string): unknown;
}

export function createScreen(out: Sink, errors: Sink, env: Environment): Screen {
  const interactive = out.isTTY === true;
  const colored = env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : interactive && env.TERM !== 'dumb';
  const paint = (open: number, close: number): Paint => {
    return (text) => (colored ? `\u001b[${open}m${text}\u001b[${close}m` : text);
  };
  return {
    say: (text) => out.write(`${text}\n`),
    warn: (text) => errors.write(`${text}\n`),
    redraw: (text) => {
      if (interactive) out.write(`\r\u001b[2K${text}`);
    },
    interactive,
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

/** A word for a POSIX shell, quoted only where it has to be; on Windows, double quotes do. */
export function quoteWord(word: string, platform: string = process.platform): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
