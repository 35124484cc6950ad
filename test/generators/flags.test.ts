import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseCommandLine } from '../../generators/app/flags.ts';
import { Stop } from '../../generators/app/stop.ts';

const understood: [string, ReturnType<typeof parseCommandLine>][] = [
  ['', { folder: undefined, flags: {} }],
  ['my-app', { folder: 'my-app', flags: {} }],
  ['init my-app', { folder: 'my-app', flags: {} }],
  ['create my-app --from m.py:Net', { folder: 'my-app', flags: { script: 'm.py:Net' } }],
  ['init', { folder: undefined, flags: {} }],
  ['./start', { folder: './start', flags: {} }],
  ['apps/my-app -y', { folder: 'apps/my-app', flags: { yes: true } }],
  ['-yf my-app', { folder: 'my-app', flags: { yes: true, force: true } }],
  ['--label-type=labels my-app', { folder: 'my-app', flags: { labelType: 'labels' } }],
  ['my-app --no-install --no-git', { folder: 'my-app', flags: { install: false, git: false } }],
  ['--no-git --git', { folder: undefined, flags: { git: true } }],
  ['--script=-odd.ts', { folder: undefined, flags: { script: '-odd.ts' } }],
  ['-- --my-app', { folder: '--my-app', flags: {} }],
];

for (const [line, expected] of understood) {
  test(`understood: ${line || '(nothing)'}`, () => {
    assert.equal(parseCommandLine(line.split(' ').filter(Boolean)), expected);
  });
}

const refused: [string, RegExp][] = [
  [
    '--lable-type choices',
    /^unknown flag '--lable-type'; did you mean '--label-type'\? \(known: --label-type, .*--help\)\n/,
  ],
  ['--telemetry', /^unknown flag '--telemetry' \(known: /],
  ['-x', /^unknown flag '-x' \(known: /],
  ['--no-yes', /^unknown flag '--no-yes'/],
  ['--label-type chioces', /^--label-type 'chioces' is unknown; did you mean 'choices'\? \(known: choices, taxonomy, /],
  ['--example nothing-like-it', /^--example 'nothing-like-it' is unknown \(known: text-classifier\)/],
  ['--label-type', /^--label-type needs a value: --label-type TYPE \(choices, taxonomy, /],
  ['--label-type --yes', /^--label-type needs a value/],
  ['--config=', /^--config needs a value: --config PATH\n/],
  ['--yes=no', /^--yes takes no value, got 'no'/],
  [
    'my-app labels',
    /^one folder is needed, got 2: 'my-app' 'labels'\n.*npm create wow-ai-ml@latest my-app -- --FLAG VALUE/s,
  ],
  ['start my-app', /^'start' is a script of the project now\. Type\n {2}cd my-app && npm start\n.*\.\/start/s],
  ['deploy gcp my-app', /^'deploy' is a script of the project now\. Type\n {2}cd my-app && npm run deploy:gcp\n/],
];

for (const [line, message] of refused) {
  test(`refused with exit code 2: ${line}`, () => {
    const stop = stopOf(() => parseCommandLine(line.split(' ')));
    assert.match(stop.message, message);
    assert.match(stop.message, /\nAll flags: --help$/);
    assert.is(stop.exitCode, 2);
  });
}

function stopOf(action: () => unknown): Stop {
  try {
    action();
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test.run();
