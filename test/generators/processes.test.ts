import { chmodSync, mkdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Stage } from './stage.ts';

const test = suite<{ stage: Stage }>('installing, git, starting');
test.before.each((context) => {
  context.stage = new Stage();
  mkdirSync(context.stage.path('bin'));
  // Git must not find the settings of whoever runs the tests.
  context.stage.env = {
    ...context.stage.env,
    PATH: [context.stage.path('bin'), '/usr/bin', '/bin'].join(delimiter),
    HOME: context.stage.cwd,
  };
});
test.after.each(({ stage }) => stage.clear());

/** A program of that name which notes its arguments, its folder and its npm variables, and then runs `script`. */
function pretend(stage: Stage, name: string, script: string): void {
  const log = stage.path(`${name}.log`);
  const variables = 'env | grep -i "^npm_\\|^INIT_CWD" | sort';
  stage.write(`bin/${name}`, `#!/bin/sh\n{ echo "$@"; pwd; ${variables}; } >> '${log}'\n${script}\n`);
  chmodSync(stage.path('bin', name), 0o755);
}

test('installs with the user’s package manager, in the project, without npm’s variables', async ({ stage }) => {
  stage.env.npm_config_user_agent = 'pnpm/10.1.0 npm/? node/v24.1.0 linux x64';
  stage.env.npm_lifecycle_event = 'npx';
  stage.env.INIT_CWD = stage.cwd;
  pretend(stage, 'pnpm', 'echo fine');
  const { code, out } = await stage.runPlain('my-app', '--yes', '--no-git');
  assert.is(code, 0);
  assert.is(stage.read('pnpm.log'), `install\n${stage.path('my-app')}\n`);
  assert.match(
    out,
    /\nInstalling the dependencies: pnpm install …\n✔ Installed the dependencies with pnpm \(\d+\.\d s\)\n/,
  );
  assert.not.match(out, /fine/);
  assert.match(out, /\nNext\n {2}cd my-app\n {2}pnpm start +.*\n {2}pnpm test +/);
  assert.match(out, /\n {2}pnpm create wow-ai-ml my-app --label-type choices --no-git --yes\n$/);
});

test('a failed install: the installer’s errors, the way on, exit code 1, and the project is there', async ({
  stage,
}) => {
  pretend(
    stage,
    'npm',
    'echo "npm notice hi"; echo "npm error code E404" >&2; echo "npm error A complete log of this run can be found in: /x" >&2; exit 7',
  );
  const { code, out, err } = await stage.runPlain('my-app', '--yes', '--no-git');
  assert.is(code, 1);
  assert.is(err, '✖ npm install failed: npm error code E404\n');
  assert.match(out, /\nNext\n {2}cd my-app\n {2}npm install\n {2}npm start/);
  assert.ok(stage.list('my-app').includes('model.ts'));
});

test('a package manager that is not there', async ({ stage }) => {
  const { code, err } = await stage.runPlain('my-app', '--yes', '--no-git', '--pm', 'bun');
  assert.is(code, 1);
  assert.match(err, /^✖ bun install failed: .*ENOENT/);
});

test('--verbose lets the installer speak', async ({ stage }) => {
  pretend(stage, 'npm', 'exit 0');
  const { out } = await stage.runPlain('my-app', '--yes', '--no-git', '--verbose');
  assert.match(out, /✔ Installed the dependencies with npm/);
});

test('git: a repository with a first commit, of all but what is ignored', async ({ stage }) => {
  stage.write(
    '.gitconfig',
    '[user]\n  name = Ada\n  email = ada@example.com\n[init]\n  defaultBranch = main\n[commit]\n  gpgsign = true\n',
  );
  pretend(stage, 'npm', 'mkdir -p node_modules && touch node_modules/x');
  const { code, out } = await stage.runPlain('my-app', '--yes');
  assert.is(code, 0);
  assert.match(out, /\n✔ git init, first commit\n/);
  assert.match(
    stage.read('my-app', '.git/logs/HEAD'),
    /Ada <ada@example\.com> .*\tcommit \(initial\): Create my-app with create-wow-ai-ml \d/,
  );
});

test('git: without a name, a repository and no commit', async ({ stage }) => {
  const { code, out } = await stage.runPlain('my-app', '--yes', '--no-install');
  assert.is(code, 0);
  assert.match(out, /\n✔ git init: nothing is committed yet, since git does not know your name\n/);
  assert.ok(stage.list('my-app').includes('.git/HEAD'));
});

test('git: inside a work tree, nothing', async ({ stage }) => {
  mkdirSync(stage.path('tree'));
  assert.is((await stage.runPlain('tree/outer', '--yes', '--no-install')).code, 0);
  const { code, out } = await stage.runPlain('tree/outer/apps/inner', '--yes', '--no-install');
  assert.is(code, 0);
  assert.not.match(out, /git/);
  assert.not.ok(stage.list('tree/outer/apps/inner').includes('.git/HEAD'));
});

test('git: not there, nothing', async ({ stage }) => {
  stage.env.PATH = stage.path('bin');
  const { code, out } = await stage.runPlain('my-app', '--yes', '--no-install');
  assert.is(code, 0);
  assert.not.match(out, /git/);
});

test('--start runs the start script after the install, on the project’s own Node, and its exit code is ours', async ({
  stage,
}) => {
  pretend(stage, 'npm', 'mkdir -p node_modules/.bin && cp ../bin/node-5 node_modules/.bin/node');
  pretend(stage, 'node-5', 'exit 5');
  const { code, out } = await stage.runPlain('my-app', '--yes', '--no-git', '--start');
  assert.is(code, 5);
  assert.is(stage.read('npm.log'), `install\n${stage.path('my-app')}\n`);
  assert.match(stage.read('node-5.log'), /^--disable-warning=ExperimentalWarning runtime\/start\.js\n.*\/my-app\n$/);
  assert.match(out, /\nTo repeat this run without questions:\n.* --start --yes\n$/);
});

test('--start leaves a start script of another kind to the package manager', async ({ stage }) => {
  pretend(stage, 'npm', 'test "$1" = start && exit 6; exit 0');
  await stage.run('my-app', '--yes');
  stage.write('my-app/package.json', stage.read('my-app', 'package.json').replace('"start": "', '"start": "FOO=1 '));
  const { code } = await stage.runPlain('my-app', '--yes', '--start');
  assert.is(code, 6);
});

test('--start does not start what could not be installed', async ({ stage }) => {
  pretend(stage, 'npm', 'test "$1" = install && exit 1; exit 0');
  const { code } = await stage.runPlain('my-app', '--yes', '--no-git', '--start');
  assert.is(code, 1);
  assert.is(stage.read('npm.log'), `install\n${stage.path('my-app')}\n`);
});

test('--dry-run starts no program at all', async ({ stage }) => {
  pretend(stage, 'npm', 'exit 0');
  pretend(stage, 'git', 'exit 0');
  const { code } = await stage.runPlain('my-app', '--yes', '--dry-run', '--start');
  assert.is(code, 0);
  assert.equal(stage.list(), ['bin/git', 'bin/npm']);
});

test.run();
