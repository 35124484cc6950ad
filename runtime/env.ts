/** Flags and environment, read once into settings; all that is wrong with them is reported together. */

import { unknownName } from './errors.ts';
import { FLAGS, parseFlags, toModelOptions } from './flags.ts';
import type { Validation } from './hosting/results.ts';
import { LOG_LEVELS, type LogFormat, type LogLevel } from './log.ts';
import { readTrainingSettings, TRAINING_VARIABLES, type TrainingSettings } from './training-settings.ts';

export interface Settings {
  port: number;
  host: string;
  /** Where state and versions live. */
  modelDir: string;
  logLevel: LogLevel;
  logFormat: LogFormat;
  basicAuth: { user: string; password: string } | undefined;
  /** KEY=VAL of --with, for the model: this.options */
  options: Record<string, string | number | boolean>;
  /** Build one model instance before serving. */
  check: boolean;
  wowAi: { host: string | undefined; apiKey: string | undefined };
  /** Largest request body, in bytes. */
  bodyLimit: number;
  /** A prediction that takes longer is answered with 503, in milliseconds; the server gives up after 100 s. */
  predictTimeout: number;
  /** How many trained versions of a project are kept. */
  keepVersions: number;
  training: TrainingSettings;
  /** What happens to predictions that the labeling config does not allow. */
  validation: Validation;
  /** Child processes that predict; 0: this process does. */
  modelProcesses: number;
  /** A model process that uses more is replaced, in bytes; 0 for no limit. */
  modelMemory: number;
  /** How long a model process may be silent beyond the deadline of a prediction until it counts as hanging, in milliseconds. */
  modelGrace: number;
  /** Predictions under way and waiting; more are turned away. */
  queueLimit: number;
}

export type Environment = Record<string, string | undefined>;

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Variables without a flag. */
export const VARIABLES = [
  { name: 'WOW_AI_HOST', text: 'URL of the labeling server, for files and tasks' },
  { name: 'WOW_AI_API_KEY', text: 'API key for it; sent to WOW_AI_HOST only' },
  { name: 'LOG_FORMAT', text: 'pretty, plain or json (default pretty in a terminal, else plain)' },
  { name: 'BODY_LIMIT_MB', text: 'largest request body (default 256)' },
  { name: 'PREDICT_TIMEOUT', text: 'seconds until a prediction is given up (default 95)' },
  { name: 'VALIDATE', text: 'strict (a wrong prediction is left empty), warn or off (default strict)' },
  { name: 'MODEL_PROCESSES', text: 'processes that predict (default 1); 0: the server itself does' },
  { name: 'MODEL_MEMORY_MB', text: 'a model process that uses more is replaced (default 0: no limit)' },
  {
    name: 'MODEL_GRACE',
    text: 'seconds a model process may be silent beyond PREDICT_TIMEOUT until it is replaced (default 10)',
  },
  { name: 'QUEUE_LIMIT', text: 'predictions under way and waiting; more are turned away (default 256)' },
  { name: 'KEEP_VERSIONS', text: 'trained versions kept per project (default 10)' },
  ...TRAINING_VARIABLES,
] as const;

const HOST_NAMES = [
  'WOW_AI_HOST',
  'LABEL_STUDIO_URL',
  'LABEL_STUDIO_HOST',
  'LABEL_STUDIO_HOSTNAME',
  'HEARTEX_HOSTNAME',
];
const KEY_NAMES = [
  'WOW_AI_API_KEY',
  ...['LABEL_STUDIO_', 'HEARTEX_', ''].flatMap((prefix) => [`${prefix}API_KEY`, `${prefix}ACCESS_TOKEN`]),
];

/** @throws SettingsError with everything that is wrong. `terminal`: whether the log is read on one. */
export function readSettings(args: readonly string[], env: Environment, terminal: boolean): Settings | 'help' {
  const problems: string[] = [];
  const { values, withs } = parseFlags(args, problems);
  if (values.get('help') === true) return 'help';
  const read = (flag: (typeof FLAGS)[number]['flag']): string | undefined => {
    const value = values.get(flag);
    if (typeof value === 'string' && value !== '') return value;
    const row = FLAGS.find((candidate) => candidate.flag === flag);
    return firstSet(env, row?.env ?? []);
  };
  const number = (name: string, text: string | undefined, fallback: number, least: number, most: number): number => {
    if (text === undefined) return fallback;
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    problems.push(`${name} must be a whole number from ${least} to ${most}, got '${text}'`);
    return fallback;
  };
  const settings: Settings = {
    port: number('--port (PORT)', read('port'), 9090, 0, 65535),
    host: read('host') ?? '0.0.0.0',
    modelDir: read('model-dir') ?? 'data',
    logLevel: oneOf('--log-level (LOG_LEVEL)', read('log-level')?.toLowerCase(), LOG_LEVELS, 'info', problems),
    logFormat: oneOf(
      'LOG_FORMAT',
      firstSet(env, ['LOG_FORMAT']),
      ['pretty', 'plain', 'json'],
      env.K_SERVICE ? 'json' : terminal ? 'pretty' : 'plain',
      problems,
    ),
    basicAuth: basicAuth(read('basic-auth-user'), read('basic-auth-pass'), problems),
    options: toModelOptions(withs, problems),
    check: values.get('check') === true,
    wowAi: { host: serverUrl(env, problems), apiKey: firstSet(env, KEY_NAMES) },
    bodyLimit: number('BODY_LIMIT_MB', firstSet(env, ['BODY_LIMIT_MB']), 256, 1, 500) * 1024 * 1024,
    predictTimeout: number('PREDICT_TIMEOUT', firstSet(env, ['PREDICT_TIMEOUT']), 95, 1, 3600) * 1000,
    validation: oneOf('VALIDATE', firstSet(env, ['VALIDATE']), ['strict', 'warn', 'off'], 'strict', problems),
    modelProcesses: number('MODEL_PROCESSES', firstSet(env, ['MODEL_PROCESSES']), 1, 0, 64),
    modelMemory: number('MODEL_MEMORY_MB', firstSet(env, ['MODEL_MEMORY_MB']), 0, 0, 1_048_576) * 1024 * 1024,
    modelGrace: number('MODEL_GRACE', firstSet(env, ['MODEL_GRACE']), 10, 1, 3600) * 1000,
    queueLimit: number('QUEUE_LIMIT', firstSet(env, ['QUEUE_LIMIT']), 256, 1, 100_000),
    training: readTrainingSettings((name, least, most) => {
      const text = firstSet(env, [name]);
      return text === undefined ? undefined : number(name, text, least, least, most);
    }),
    keepVersions: number('KEEP_VERSIONS', firstSet(env, ['KEEP_VERSIONS']), 10, 1, 1000),
  };
  if (env.K_SERVICE && !settings.basicAuth) {
    problems.push('on Cloud Run anyone can call this server: set BASIC_AUTH_USER and BASIC_AUTH_PASS');
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

/** Half an answer stops the start: a user without a password must not end as an open server. */
function basicAuth(user: string | undefined, password: string | undefined, problems: string[]): Settings['basicAuth'] {
  if (user !== undefined && password !== undefined) {
    if (user.includes(':')) problems.push('--basic-auth-user must not contain a colon: basic auth ends the user there');
    return { user, password };
  }
  if (user !== undefined || password !== undefined) {
    const [given, missing] = user !== undefined ? ['user', 'password'] : ['password', 'user'];
    problems.push(
      `basic auth has a ${given} but no ${missing}: set both BASIC_AUTH_USER and BASIC_AUTH_PASS, or neither`,
    );
  }
  return undefined;
}

function serverUrl(env: Environment, problems: string[]): string | undefined {
  const name = HOST_NAMES.find((candidate) => env[candidate]);
  const text = name === undefined ? undefined : env[name];
  if (name === undefined || text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if ((url?.protocol === 'http:' || url?.protocol === 'https:') && url.username === '' && url.password === '') {
    return text.replace(/\/+$/, '');
  }
  problems.push(`${name} must be a URL such as https://tool.example.com, without a user or password in it`);
  return undefined;
}

function oneOf<T extends string>(
  name: string,
  text: string | undefined,
  known: readonly T[],
  fallback: T,
  problems: string[],
): T {
  if (text === undefined) return fallback;
  const value = known.find((candidate) => candidate === text);
  if (value === undefined) problems.push(`${name}: ${unknownName('value', text, known)}`);
  return value ?? fallback;
}

/** The first variable that is set and not empty: an empty one in a .env file means "not set". */
function firstSet(env: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => env[name]).find((value) => value !== undefined && value !== '');
}
