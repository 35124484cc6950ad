import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
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

test('a labeling config with several controls gets a stub for each, one of them with --label-type its starter', async ({
  stage,
}) => {
  stage.write(
    'two.xml',
    '<View><Text name="t" value="$text"/><Choices name="c" toName="t"><Choice value="A"/></Choices><Rating name="r" toName="t"/></View>',
  );
  const stubs = await stage.run('stubs', '--config', 'two.xml', '--yes');
  assert.match(
    stubs.out,
    /✔ Created stubs: 2 controls \(Choices 'c', Rating 'r'\), a typed stub for each, \d+ files\n/,
  );
  assert.match(stubs.out, /create-wow-ai-ml@latest stubs --config two\.xml --no-install --no-git --yes\n$/);
  assert.match(stage.read('stubs', 'model.ts'), /async predictC\(.*async predictR\(/s);
  assert.match(stage.read('stubs', 'README.md'), 'It predicts `c` (Choices), `r` (Rating),\n');
  const one = await stage.run('one', '--config', 'two.xml', '--label-type', 'rating', '--yes');
  assert.match(one.out, /✔ Created one: Rating 'r' on Text 't', a fresh starter, /);
  assert.match(one.out, /latest one --config two\.xml --label-type rating --no-install --no-git --yes\n$/);
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
