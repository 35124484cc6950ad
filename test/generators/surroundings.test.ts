import { delimiter } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { quoteWord } from '../../generators/app/screen.ts';
import {
  findSwallowedFlags,
  ownEnvironment,
  readSurroundings,
  stripsTypes,
} from '../../generators/app/surroundings.ts';
import { createMemoryScreen } from './stage.ts';

const agents: [string | undefined, string, string][] = [
  ['npm/10.8.2 node/v20.20.2 linux x64 workspaces/false', 'npm', '20.20.2'],
  ['pnpm/10.1.0 npm/? node/v22.18.0 linux x64', 'pnpm', '22.18.0'],
  ['yarn/4.5.0 npm/? node/v24.1.0 darwin arm64', 'yarn', '24.1.0'],
  ['bun/1.2.0 npm/? node/v20.1.0 linux x64', 'bun', process.versions.node],
  ['cnpm/9 node/v24.1.0', 'npm', '24.1.0'],
  [undefined, 'npm', process.versions.node],
];
for (const [agent, packageManager, nodeVersion] of agents) {
  test(`user agent: ${agent}`, () => {
    const read = readSurroundings('/', { npm_config_user_agent: agent }, false);
    assert.equal([read.packageManager, read.nodeVersion], [packageManager, nodeVersion]);
  });
}

const versions: [string, boolean][] = [
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['22.20.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['24.0.0', true],
  ['26.10.0', true],
];
for (const [version, strips] of versions)
  test(`Node ${version} runs TypeScript: ${strips}`, () => assert.is(stripsTypes(version), strips));

test('the project sees the environment of the user’s shell', () => {
  const own = ownEnvironment({
    HOME: '/home/ada',
    PATH: [
      '/app/node_modules/.bin',
      '/app/../node_modules/.bin/',
      '/x/npm/lib/node-gyp-bin',
      '/usr/bin',
      '/home/ada/node_modules/bin',
    ].join(delimiter),
    INIT_CWD: '/app',
    NODE: '/app/node_modules/node/bin/node',
    NODE_OPTIONS: '--max-old-space-size=100',
    npm_lifecycle_event: 'create',
    npm_package_name: 'create-wow-ai-ml',
    npm_execpath: '/x',
    npm_config_user_agent: 'npm/11',
    npm_config_local_prefix: '/app',
    npm_config_yes: 'true',
    npm_config_label_type: 'true',
    npm_config_omit_lockfile_registry_resolved: 'true',
    npm_config_registry: 'http://127.0.0.1:1/',
    npm_config_cache: '/c',
    npm_config_userconfig: '/u',
    npm_config_https_proxy: 'http://p',
    'npm_config_//127.0.0.1:1/:_authToken': 't',
    'npm_config_@acme:registry': 'http://127.0.0.1:2/',
    NPM_CONFIG_LOGLEVEL: 'warn',
    EMPTY: undefined,
  });
  assert.equal(own, {
    HOME: '/home/ada',
    PATH: ['/usr/bin', '/home/ada/node_modules/bin'].join(delimiter),
    NODE_OPTIONS: '--max-old-space-size=100',
    npm_config_registry: 'http://127.0.0.1:1/',
    npm_config_cache: '/c',
    npm_config_userconfig: '/u',
    npm_config_https_proxy: 'http://p',
    'npm_config_//127.0.0.1:1/:_authToken': 't',
    'npm_config_@acme:registry': 'http://127.0.0.1:2/',
    NPM_CONFIG_LOGLEVEL: 'warn',
  });
});

const swallowed: [string, Record<string, string>, { flag: string; value: string }[]][] = [
  ['a flag', { npm_config_label_type: 'true' }, [{ flag: 'label-type', value: 'true' }]],
  ['a flag with a value', { npm_config_example: 'text-classifier' }, [{ flag: 'example', value: 'text-classifier' }]],
  ['another spelling', { npm_config_from: 'a.ts' }, [{ flag: 'from', value: 'a.ts' }]],
  ['--no-git', { npm_config_git: 'false' }, [{ flag: 'git', value: 'false' }]],
  ['--no-install', { npm_config_install: 'false' }, [{ flag: 'install', value: 'false' }]],
  ['--dry-run', { npm_config_dry_run: 'true' }, [{ flag: 'dry-run', value: 'true' }]],
  [
    'npm’s own',
    { npm_config_yes: 'true', npm_config_force: 'true', npm_config_git: '/usr/bin/git', npm_config_registry: 'x' },
    [],
  ],
];
for (const [what, env, found] of swallowed) {
  test(`swallowed by npm: ${what}`, () => assert.equal(findSwallowedFlags(env), found));
}

test('words are quoted where a shell needs it', () => {
  const words: [string, string, string][] = [
    ['my-app', 'my-app', 'my-app'],
    ['a b', "'a b'", '"a b"'],
    ["it's", "'it'\\''s'", '"it\'s"'],
    ['$HOME', "'$HOME'", '"$HOME"'],
    ['', "''", '""'],
    ['path/to.ts:Net', 'path/to.ts:Net', 'path/to.ts:Net'],
  ];
  for (const [word, posix, windows] of words) {
    assert.equal([quoteWord(word, 'linux'), quoteWord(word, 'win32')], [posix, windows]);
  }
});

test('no colour where it is not a terminal', () => {
  const { screen } = createMemoryScreen();
  assert.is(screen.red('x'), 'x');
});

test.run();
