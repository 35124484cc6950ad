import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Environment, readSettings, type Settings, SettingsError } from '../../runtime/env.ts';

const defaults: Settings = {
  port: 9090,
  host: '0.0.0.0',
  modelDir: 'data',
  logLevel: 'info',
  logFormat: 'plain',
  basicAuth: undefined,
  options: {},
  check: false,
  wowAi: { host: undefined, apiKey: undefined },
  bodyLimit: 256 * 1024 * 1024,
  predictTimeout: 95_000,
  keepVersions: 10,
  training: { timeout: 86_400_000, retries: 2, every: { annotations: undefined, seconds: undefined } },
  validation: 'strict',
  modelProcesses: 1,
  modelMemory: 0,
  modelGrace: 10_000,
  queueLimit: 256,
};

test('flags win over the environment, the environment over defaults', () => {
  const cases: Array<[string, Environment, Partial<Settings>]> = [
    ['', {}, {}],
    [
      '',
      { PORT: '8080', MODEL_DIR: '/data', LOG_LEVEL: 'DEBUG' },
      { port: 8080, modelDir: '/data', logLevel: 'debug' },
    ],
    [
      '--port 1 --host ::1 --model-dir=d --log-level error --check',
      { PORT: '8080' },
      { port: 1, host: '::1', modelDir: 'd', logLevel: 'error', check: true },
    ],
    ['-p 7', {}, { port: 7 }],
    ['-- -p 8', {}, { port: 8 }],
    ['', { PORT: '' }, {}],
    ['--with a=1 b=-2.5 c=True d=false --with e=x=y', {}, { options: { a: 1, b: -2.5, c: true, d: false, e: 'x=y' } }],
    ['--kwargs a=007x', {}, { options: { a: '007x' } }],
    ['', { BASIC_AUTH_USER: 'u', BASIC_AUTH_PASS: 'p' }, { basicAuth: { user: 'u', password: 'p' } }],
    [
      '--basic-auth-user x',
      { ML_SERVER_BASIC_AUTH_USER: 'u', ML_SERVER_BASIC_AUTH_PASS: 'p' },
      { basicAuth: { user: 'x', password: 'p' } },
    ],
    [
      '',
      { WOW_AI_HOST: 'https://a.test/label/', WOW_AI_API_KEY: 'k' },
      { wowAi: { host: 'https://a.test/label', apiKey: 'k' } },
    ],
    [
      '',
      { LABEL_STUDIO_URL: 'http://b.test', HEARTEX_ACCESS_TOKEN: 'k' },
      { wowAi: { host: 'http://b.test', apiKey: 'k' } },
    ],
    ['', { HOSTNAME: 'a1b2c3d4' }, {}],
    [
      '',
      { LOG_FORMAT: 'json', BODY_LIMIT_MB: '1', PREDICT_TIMEOUT: '2', KEEP_VERSIONS: '3' },
      { logFormat: 'json', bodyLimit: 1024 * 1024, predictTimeout: 2000, keepVersions: 3 },
    ],
    [
      '',
      { TRAIN_TIMEOUT: '0', TRAIN_RETRIES: '0', TRAIN_EVERY_ANNOTATIONS: '20', TRAIN_EVERY_SECONDS: '600' },
      { training: { timeout: 0, retries: 0, every: { annotations: 20, seconds: 600 } } },
    ],
  ];
  for (const [line, env, wanted] of cases) {
    assert.equal(readSettings(line.split(' ').filter(Boolean), env, false), { ...defaults, ...wanted }, line);
  }
  assert.is((readSettings([], {}, true) as Settings).logFormat, 'pretty');
  assert.is(readSettings(['--help'], {}, true), 'help');
});

test('all problems are reported together, each with what came and what is needed', () => {
  const cases: Array<[string, Environment, RegExp[]]> = [
    ['--prot 1', {}, [/unknown flag '--prot'; did you mean '--port'\?/, /unexpected argument '1'/]],
    [
      '--port 99999 --log-level loud',
      {},
      [/--port \(PORT\) must be a whole number from 0 to 65535, got '99999'/, /'loud' .*known: debug, info/],
    ],
    ['--port --check', {}, [/--port needs a value/]],
    ['--port 9.5', {}, [/got '9.5'/]],
    ['--with novalue', {}, [/--with needs KEY=VAL, got 'novalue'/]],
    ['stray', {}, [/unexpected argument 'stray'/]],
    ['--basic-auth-user u', {}, [/a user but no password/]],
    ['', { BASIC_AUTH_PASS: 'p' }, [/a password but no user/]],
    ['', { BASIC_AUTH_USER: 'a:b', BASIC_AUTH_PASS: 'p' }, [/colon/]],
    ['', { WOW_AI_HOST: 'tool.example.com' }, [/WOW_AI_HOST must be a URL/]],
    ['', { WOW_AI_HOST: 'https://u:secret@a.test' }, [/without a user or password/]],
    [
      '',
      { TRAIN_EVERY_ANNOTATIONS: '0' },
      [/TRAIN_EVERY_ANNOTATIONS must be a whole number from 1 to 1000000000, got '0'/],
    ],
    ['', { K_SERVICE: 's' }, [/on Cloud Run anyone can call/]],
  ];
  for (const [line, env, wanted] of cases) {
    let problems: string[] = [];
    try {
      readSettings(line.split(' ').filter(Boolean), env, false);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems = error.problems;
    }
    assert.is(problems.length, wanted.length, `${line}: ${problems.join(' | ')}`);
    for (const [index, pattern] of wanted.entries()) assert.match(problems[index] ?? '', pattern);
    assert.not.match(problems.join(), 'secret');
  }
});

test.run();
