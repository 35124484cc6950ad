/** One line an event: readable in a terminal, key=value in a pipe, JSON where a machine reads. Secrets are blotted out. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFormat = 'pretty' | 'plain' | 'json';
export type LogFields = Record<string, unknown>;

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LogOptions {
  level: LogLevel;
  format: LogFormat;
  /** Texts that must never be written: keys, passwords. */
  secrets: readonly string[];
  /** Where lines go; by default standard output, many lines a write. */
  write?: (text: string) => void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const satisfies LogLevel[];

const COLORS = { debug: 90, info: 36, warn: 33, error: 31 } as const satisfies Record<LogLevel, number>;

export function createLog({ level, format, secrets, write }: LogOptions): Log & { flush(): void } {
  const least = LOG_LEVELS.indexOf(level);
  const redact = createRedact(secrets);
  const put = write ?? ((text: string) => process.stdout.write(text));
  const now = createClock();
  // All that is written goes through here, many lines at a time.
  const out = createOutput((text) => put(redact(text)));
  const at =
    (lineLevel: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (LOG_LEVELS.indexOf(lineLevel) < least) return;
      out.line(formatLine(format, now(), lineLevel, message, fields));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), flush: out.flush };
}

/** Blots secrets out of texts. */
export function createRedact(secrets: readonly string[]): (text: string) => string {
  // Short texts would blot out half of every line; they protect nothing anyway.
  const blots = secrets.filter((secret) => secret.length >= 4);
  return (text) => blots.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** Gathers the lines of a tick into one write: a write per request would cost a tenth of the throughput. */
function createOutput(write: (text: string) => void): { line(text: string): void; flush(): void } {
  let lines = '';
  const flush = (): void => {
    const text = lines;
    lines = '';
    if (text !== '') write(text);
  };
  return {
    flush,
    line(text) {
      if (lines === '') setImmediate(flush);
      lines += `${text}\n`;
    },
  };
}

/** The time as text, made anew once a millisecond. */
function createClock(): () => string {
  let [at, text] = [0, ''];
  return () => {
    const now = Date.now();
    if (now !== at) [at, text] = [now, new Date(now).toISOString()];
    return text;
  };
}

function formatLine(format: LogFormat, time: string, level: LogLevel, message: string, fields: LogFields): string {
  if (format === 'json') return JSON.stringify({ time, level, message, ...printable(fields) });
  const pairs = pairsOf(fields);
  if (format === 'plain') return `${time} ${level.toUpperCase()} ${plain(message, true)}${pairs}`;
  const rest = pairs === '' ? '' : ` \x1b[90m${pairs.slice(1)}\x1b[0m`;
  return `\x1b[90m${time.slice(11, 19)}\x1b[0m \x1b[${COLORS[level]}m${level.padEnd(5)}\x1b[0m ${printableText(message)}${rest}`;
}

function printable(fields: LogFields): LogFields {
  const kept: LogFields = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) kept[key] = withStack(value);
  return kept;
}

/** ' key=value' for each field: a loop without lists, for it runs once a request. */
function pairsOf(fields: LogFields): string {
  let pairs = '';
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) pairs += ` ${key}=${typeof value === 'number' ? value : plain(withStack(value))}`;
  }
  return pairs;
}

function withStack(value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}

/** A value on one line; quoted where it holds spaces or what a terminal would act on, so that no input can forge a line. */
function plain(value: unknown, spaces = false): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Nearly all values are of this kind, and a test for ASCII is several times as fast as one for Unicode.
  if ((spaces ? /^[\w./: -]*$/ : /^[\w./:-]+$/).test(text)) return text;
  return (spaces ? /^\P{Cc}*$/u : /^[^\p{Cc}\s"=]+$/u).test(text) ? text : JSON.stringify(text);
}

/** Text for a terminal: line breaks stay, other control characters (escape sequences) become visible. */
function printableText(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
