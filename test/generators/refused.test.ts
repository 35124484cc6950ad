import { mkdirSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { storedKey } from '../../generators/app/stored.ts';
import { Stage } from './stage.ts';

const test = suite<{ stage: Stage }>('what cannot be done');
test.before.each((context) => {
  context.stage = new Stage();
});
test.after.each(({ stage }) => stage.clear());

/** What cannot be done: arguments → exit code, and what is said. Nothing is written. */
const refused: [string, string[], number, RegExp][] = [
  ['a bad name', ['My App!'], 2, /the name 'My App!' must be .*: try 'my-app'$/],
  ['a taken name', ['hono'], 2, /the name 'hono' is taken by .*: try 'hono-backend'$/],
  ['a file', ['a-file'], 1, /a-file is a file: choose another folder$/],
  ['below a file', ['a-file/my-app'], 1, /a-file.*a file is where a folder has to be$/],
  ['a folder nobody can make', ['/proc/my-app'], 1, /^✖ cannot write .*\/proc/],
  ['a link to nothing', ['dangling'], 1, /dangling is a symbolic link to nothing/],
  [
    'no such config',
    ['x', '--config', 'no.xml'],
    1,
    /the labeling config no\.xml is not there \(looked for .*no\.xml\)$/,
  ],
  [
    'a config that is no XML',
    ['x', '--config', 'bad.xml'],
    1,
    /the labeling config bad\.xml is not usable: .*line 1, column/,
  ],
  [
    'a config without a control',
    ['x', '--config', 'no-control.xml'],
    1,
    /no-control\.xml has no control: no tag with name and toName that takes answers \(it has Text 't'\)/,
  ],
  ['a folder as config', ['x', '--config', '.'], 1, /the labeling config \. is no file$/],
  [
    'a config of another label type',
    ['x', '--config', 'choices.xml', '--label-type', 'labels'],
    1,
    /no 'labels' starter|a 'labels' starter/,
  ],
  [
    '--start without an install',
    ['x', '--start', '--no-install'],
    2,
    /--start needs the dependencies: leave --no-install out\n/,
  ],
  ['no such script', ['x', '--script', 'no.ts'], 1, /the script no\.ts is not there/],
  [
    'example and script',
    ['x', '--example', 'text-classifier', '--script', 'a.ts'],
    2,
    /a project starts from one of them\n/,
  ],
  [
    'example and config',
    ['x', '--example', 'text-classifier', '--config', 'a.xml'],
    2,
    /an example has its own labeling config\n/,
  ],
  [
    'example and another type',
    ['x', '--example', 'text-classifier', '--label-type', 'labels'],
    2,
    /predicts 'choices', not 'labels'/,
  ],
];
for (const [what, argv, exitCode, message] of refused) {
  test(`refused with exit code ${exitCode}: ${what}`, async ({ stage }) => {
    stage.write('a-file', '');
    symlinkSync('nothing', stage.path('dangling'));
    stage.write('bad.xml', '<View><');
    stage.write('no-control.xml', '<View><Text name="t" value="$t"/></View>');
    stage.write(
      'choices.xml',
      '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="A"/></Choices></View>',
    );
    const before = stage.list();
    const { code, err } = await stage.run(...argv, '--yes');
    assert.is(code, exitCode, err);
    assert.match(err.trimEnd(), message);
    assert.not.match(err, /\n\s+at /);
    assert.equal(stage.list(), before);
  });
}

test('--verbose shows where a failure comes from', async ({ stage }) => {
  const { err } = await stage.run('My App!', '--yes', '--verbose');
  assert.match(err, /\n\s+at .*folder\.ts:/);
});

test('a damaged project is named, not repaired by guessing', async ({ stage }) => {
  await stage.run('my-app', '--yes');
  const otherType = stage.read('my-app', '.yo-rc.json').replace('"labelType": "choices"', '"labelType": "nothing"');
  const damages: [string, string, RegExp][] = [
    ['package.json', '{ oops', /the package\.json there is not valid JSON: /],
    ['.yo-rc.json', '{ oops', /\.yo-rc\.json is not valid JSON: .*Repair it, or restore it from git/],
    ['.yo-rc.json', `{"${storedKey}":{"version":"1"}}`, /\.yo-rc\.json lacks what 'create-wow-ai-ml' needs/],
    ['.yo-rc.json', otherType, /\.yo-rc\.json lacks what 'create-wow-ai-ml' needs/],
  ];
  for (const [name, text, message] of damages) {
    const sound = stage.read('my-app', name);
    stage.write(`my-app/${name}`, text);
    const { code, err } = await stage.run('my-app', '--yes');
    assert.is(code, 1);
    assert.match(err, message);
    assert.is(stage.read('my-app', name), text);
    stage.write(`my-app/${name}`, sound);
  }
});

test('a link inside a project is not written through', async ({ stage }) => {
  mkdirSync(stage.path('elsewhere'));
  mkdirSync(stage.path('my-app'));
  symlinkSync('../elsewhere', stage.path('my-app/runtime'));
  const { code, err } = await stage.run('my-app', '--yes', '--force');
  assert.is(code, 1);
  assert.match(err, /my-app\/runtime is a symbolic link: put a real file there, or move it away\n/);
  assert.equal([stage.list('elsewhere'), stage.list('my-app')], [[], []]);
});

test.run();
