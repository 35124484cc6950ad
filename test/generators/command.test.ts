import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { storedKey } from '../../generators/app/stored.ts';
import { Stage } from './stage.ts';

const test = suite<{ stage: Stage }>('the command, without a terminal');
test.before.each((context) => {
  context.stage = new Stage();
});
test.after.each(({ stage }) => stage.clear());

test('writes a project, says what it is and what is next', async ({ stage }) => {
  const { code, out, err } = await stage.run('my-app', '--label-type', 'labels', '--yes');
  assert.equal([code, err], [0, '']);
  assert.match(
    out,
    /^create-wow-ai-ml \d+\.\d+\.\d+\n✔ Created my-app: Labels on text 'entity' on Text 'text', a fresh starter, \d+ files\n/,
  );
  assert.match(out, /\nNext\n {2}cd my-app\n {2}npm install\n {2}npm start +\S.*\n {2}npm test +\S.*\n/);
  assert.match(out, /\n {2}npx create-wow-ai-ml@latest my-app --label-type labels --no-install --no-git --yes\n$/);
  const files = stage.list('my-app');
  assert.is(out.includes(`, ${files.length} files`), true, `${files.length} files`);
  for (const file of ['model.ts', '.gitignore', '.yo-rc.json', 'runtime/index.ts', 'Dockerfile'])
    assert.ok(files.includes(file), file);
  assert.is(JSON.parse(stage.read('my-app', 'package.json')).name, 'my-app');
});

test('without --yes it says that it takes the defaults, and asks nothing', async ({ stage }) => {
  const { code, out } = await stage.run();
  assert.is(code, 0);
  assert.match(out, /\nNo terminal to ask on: what no flag says takes its default\.\n✔ Created my-backend: Choices /);
});

test('a dry run lists what a real one writes, and writes nothing', async ({ stage }) => {
  const dry = await stage.run('my-app', '--yes', '--dry-run');
  assert.equal([dry.code, stage.list()], [0, []]);
  await stage.run('my-app', '--yes');
  const listed = dry.out.split('\n').flatMap((line) => /^ {2}create +(.+)$/.exec(line)?.[1] ?? []);
  assert.equal(listed.sort(), stage.list('my-app'));
});

test('the second run changes nothing, and keeps what is the user’s', async ({ stage }) => {
  await stage.run('my-app', '--yes');
  const before = stage.list('my-app').map((name) => [name, stage.read('my-app', name)]);
  const { code, out } = await stage.run('my-app', '--yes');
  assert.is(code, 0);
  assert.match(out, /✔ my-app is up to date: 0 of \d+ files written\n/);
  assert.equal(
    stage.list('my-app').map((name) => [name, stage.read('my-app', name)]),
    before,
  );

  stage.write('my-app/model.ts', '// mine\n');
  stage.write('my-app/runtime/index.ts', '// broken\n');
  stage.write('my-app/Dockerfile', 'FROM scratch\n');
  stage.write(
    'my-app/package.json',
    stage.read('my-app', 'package.json').replace('"version"', '"author": "Ada",\n  "version"'),
  );
  stage.write('my-app/notes.txt', 'mine');
  stage.write('my-app/runtime/old.ts', '');
  const update = await stage.run('my-app', '--yes');
  assert.is(update.code, 0, update.err);
  assert.match(
    update.out,
    /up to date: 1 of \d+ files written; yours stay: model\.ts\n! Not part of it any more, delete them when you like: runtime\/old\.ts\n/,
  );
  assert.is(stage.read('my-app', 'model.ts'), '// mine\n');
  assert.is(stage.read('my-app', 'Dockerfile'), 'FROM scratch\n');
  assert.is(JSON.parse(stage.read('my-app', 'package.json')).author, 'Ada');
  assert.is.not(stage.read('my-app', 'runtime/index.ts'), '// broken\n');
  assert.is(stage.read('my-app', 'notes.txt'), 'mine');
});

/** As if the last run had been of a version with another README. */
function pretendOtherReadme(stage: Stage): void {
  const stored = JSON.parse(stage.read('my-app', '.yo-rc.json'));
  stored[storedKey].written.files['README.md'] = '0000000000000000';
  stage.write('my-app/.yo-rc.json', JSON.stringify(stored));
}

test('where both sides changed a file: mine stays, the difference is shown, exit code 1; --force takes the new one', async ({
  stage,
}) => {
  await stage.run('my-app', '--yes');
  const readme = stage.read('my-app', 'README.md');
  stage.write('my-app/README.md', '# Mine\n');
  stage.write('my-app/runtime/index.ts', '// broken\n');
  pretendOtherReadme(stage);
  for (const attempt of [1, 2]) {
    const { code, out, err } = await stage.run('my-app', '--yes');
    assert.is(code, 1, `attempt ${attempt}`);
    assert.match(out, /\nconflict README\.md: changed by you, and by this version\. Yours stays\.\n(.*\n)*-# Mine\n/);
    assert.match(err, /^✖ README\.md: kept as you have it\. .*--force\n$/);
    assert.is(stage.read('my-app', 'README.md'), '# Mine\n');
  }
  assert.is.not(stage.read('my-app', 'runtime/index.ts'), '// broken\n');
  assert.is((await stage.run('my-app', '--yes', '--force')).code, 0);
  assert.is(stage.read('my-app', 'README.md'), readme);
  assert.is((await stage.run('my-app', '--yes')).code, 0);
});

test('inside a project, the project is what it updates', async ({ stage }) => {
  await stage.run('my-app', '--yes', '--example', 'text-classifier');
  const inside = new Stage();
  Object.assign(inside, { cwd: stage.path('my-app') });
  const { code, out } = await inside.run();
  assert.is(code, 0);
  assert.match(out, /✔ my-app is up to date/);
  assert.equal(
    stage.list().filter((name) => !name.startsWith('my-app/')),
    [],
  );
});

test('a project stays what it was made as', async ({ stage }) => {
  await stage.run('my-app', '--yes');
  const { code, err } = await stage.run('my-app', '--yes', '--label-type', 'labels');
  assert.is(code, 1);
  assert.match(err, /^✖ my-app is a project already \(choices, starter\): .* For 'labels', choose another folder\n$/);
  assert.is((await stage.run('my-app', '--yes', '--label-type', 'choices')).code, 0);
});

test('a folder with other files is left alone, and the files in the way are named', async ({ stage }) => {
  mkdirSync(stage.path('full'));
  stage.write('full/README.md', 'mine');
  stage.write('full/notes.txt', 'mine');
  const { code, err } = await stage.run('full', '--yes');
  assert.is(code, 1);
  assert.is(
    err,
    '✖ full has files that are not ours. These would be overwritten:\n  README.md\nChoose another folder, or say --force (it overwrites, and deletes nothing)\n',
  );
  assert.equal(stage.list('full'), ['README.md', 'notes.txt']);
  assert.is(stage.read('full', 'README.md'), 'mine');
});

test('--force overwrites what is in the way, merges package.json, and deletes nothing', async ({ stage }) => {
  mkdirSync(stage.path('full/runtime'), { recursive: true });
  stage.write('full/README.md', 'mine');
  stage.write('full/runtime/own.ts', 'mine');
  stage.write('full/notes.txt', 'mine');
  stage.write('full/package.json', '{"name":"other","dependencies":{"left-pad":"1"}}');
  assert.is((await stage.run('full', '--yes', '--force')).code, 0);
  assert.is.not(stage.read('full', 'README.md'), 'mine');
  assert.is(stage.read('full', 'notes.txt'), 'mine');
  assert.is(stage.read('full', 'runtime/own.ts'), 'mine');
  const manifest = JSON.parse(stage.read('full', 'package.json'));
  assert.is(manifest.name, 'full');
  assert.equal(Object.keys(manifest.dependencies), ['@hono/node-server', 'hono', 'left-pad', 'saxes']);
});

test('a repository that was just made is an empty folder', async ({ stage }) => {
  mkdirSync(stage.path('repo/.git'), { recursive: true });
  assert.is((await stage.run('repo', '--yes')).code, 0);
});

test('folders of all kinds: nested, with spaces, a link, the current one, below --root-dir', async ({ stage }) => {
  const nested = await stage.run('some apps/deep/my-app', '--yes');
  assert.is(nested.code, 0);
  assert.match(nested.out, /\n {2}cd 'some apps\/deep\/my-app'\n/);
  mkdirSync(stage.path('real'));
  symlinkSync('real', stage.path('link'));
  assert.is((await stage.run('link', '--yes', '--name', 'linked')).code, 0);
  assert.is(JSON.parse(stage.read('real', 'package.json')).name, 'linked');
  assert.is((await stage.run('init', 'below', '--root-dir', 'a/b', '--yes')).code, 0);
  assert.ok(existsSync(stage.path('a/b/below/model.ts')));
  const here = new Stage();
  const { code, err } = await here.run('.', '--yes');
  assert.is(code, 2);
  assert.match(err, /try '.*'\nGive it one: --name create-wow-ai-/);
  assert.is((await here.run('.', '--yes', '--name', 'here')).code, 0);
  assert.ok(existsSync(here.path('model.ts')));
  here.clear();
});

test('a path that is a template is a path', async ({ stage }) => {
  const name = '<%= process.exit(9) %>';
  mkdirSync(stage.path(name));
  assert.is((await stage.run(`${name}/my-app`, '--yes')).code, 0);
  assert.ok(existsSync(stage.path(name, 'my-app', 'model.ts')));
});

/** What cannot be done: arguments → exit code, and what is said. Nothing is written. */
const refused: [string, string[], number, RegExp][] = [
  ['a bad name', ['My App!'], 2, /the name 'My App!' must be .*: try 'my-app'$/],
  ['a taken name', ['hono'], 2, /the name 'hono' is taken by .*: try 'hono-backend'$/],
  ['a file', ['a-file'], 1, /a-file is a file: choose another folder$/],
  ['below a file', ['a-file/my-app'], 1, /a-file.*a file is where a folder has to be$/],
  ['a folder nobody can make', ['/proc/my-app'], 1, /^✖ cannot write \/proc\/my-app: /],
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
    'a config without a known control',
    ['x', '--config', 'rating.xml'],
    1,
    /rating\.xml has no control .*\nFound: Rating 'r' on Text\nSupported: Choices, /,
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
    stage.write('rating.xml', '<View><Text name="t" value="$t"/><Rating name="r" toName="t"/></View>');
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
  const damages: [string, string, RegExp][] = [
    ['package.json', '{ oops', /the package\.json there is not valid JSON: /],
    ['.yo-rc.json', '{ oops', /\.yo-rc\.json is not valid JSON: .*Repair it, or restore it from git/],
    ['.yo-rc.json', `{"${storedKey}":{"version":"1"}}`, /\.yo-rc\.json lacks what 'create-wow-ai-ml' needs/],
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

test('the settings of other generators in .yo-rc.json stay', async ({ stage }) => {
  mkdirSync(stage.path('my-app'));
  stage.write('my-app/.yo-rc.json', '{"generator-other":{"a":1}}');
  assert.is((await stage.run('my-app', '--yes', '--force')).code, 0);
  const stored = JSON.parse(stage.read('my-app', '.yo-rc.json'));
  assert.equal(Object.keys(stored), ['generator-other', storedKey]);
  assert.equal(stored['generator-other'], { a: 1 });
});

test('a project for an old Node brings its own, and says so', async ({ stage }) => {
  stage.env.npm_config_user_agent = 'npm/10.8.2 node/v20.20.2 linux x64';
  const { out } = await stage.run('my-app', '--yes');
  assert.match(out, /\n! Your Node 20\.20\.2 is older than 22\.18, which runs TypeScript: the project brings its own /);
  assert.type(JSON.parse(stage.read('my-app', 'package.json')).devDependencies.node, 'string');
  stage.env.npm_config_user_agent = 'npm/11.6.0 node/v24.1.0 linux x64';
  const update = await stage.run('my-app', '--yes');
  assert.not.match(update.out, /brings its own/);
  assert.match(update.out, /: 0 of/);
});

test('a labeling config of one’s own is copied as it is', async ({ stage }) => {
  const xml = `<View>\n  <Text name="t" value="$body"/>\n  <Choices name="it's &lt;%- name %&gt;" toName="t"><Choice value="A"/></Choices>\n</View>\n`;
  stage.write('own.xml', `\uFEFF${xml}`);
  assert.is((await stage.run('my-app', '--yes', '--config', 'own.xml')).code, 0);
  assert.is(stage.read('my-app', 'label-config.xml'), xml);
  assert.match(stage.read('my-app', 'model.ts'), /"it's <%- name %>"/);
  assert.type(JSON.parse(stage.read('my-app', 'tasks.json'))[0].data.body, 'string');
});

test('flags that npm kept for itself: the command line that works, and nothing is written', async ({ stage }) => {
  stage.env.npm_config_label_type = 'labels';
  const { code, err } = await stage.run('my-app');
  assert.is(code, 2);
  assert.match(
    err,
    /^✖ npm kept --label-type for itself, .*\n {2}npm create wow-ai-ml@latest my-app -- --label-type labels …\n/,
  );
  assert.equal(stage.list(), []);
});

test('--version and --help need nothing else', async ({ stage }) => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.equal(await stage.runPlain('--version'), { code: 0, out: `${version}\n`, err: '' });
  assert.match((await stage.runPlain('-h', 'my-app')).out, /^create-wow-ai-ml /);
  assert.equal(stage.list(), []);
});

test.run();
