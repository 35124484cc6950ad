import { mkdirSync, rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { storedKey } from '../../generators/app/stored.ts';
import { Stage } from './stage.ts';

const test = suite<{ stage: Stage }>('running again, and into folders that exist');
test.before.each((context) => {
  context.stage = new Stage();
});
test.after.each(({ stage }) => stage.clear());

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

test('stubs are written once, and anew for the labeling config as it is by then where model.ts is gone', async ({
  stage,
}) => {
  const control = (name: string) => `<Rating name="${name}" toName="t"/>`;
  const config = (...names: string[]) => `<View><Text name="t" value="$text"/>${names.map(control).join('')}</View>`;
  stage.write('own.xml', config('a', 'b'));
  await stage.run('my-app', '--config', 'own.xml', '--yes');
  const again = await stage.run('my-app', '--yes');
  assert.match(again.out, /✔ my-app is up to date: 0 of \d+ files written\n/);
  stage.write('my-app/model.ts', '// mine\n');
  stage.write('my-app/label-config.xml', config('a', 'c'));
  assert.is((await stage.run('my-app', '--yes')).code, 0);
  assert.is(stage.read('my-app', 'model.ts'), '// mine\n');
  assert.match(stage.read('my-app', 'README.md'), '| `predictC()` | Rating `c` | `t` |');
  rmSync(stage.path('my-app/model.ts'));
  assert.is((await stage.run('my-app', '--yes')).code, 0);
  assert.match(stage.read('my-app', 'model.ts'), /async predictA\(.*async predictC\(/s);
  assert.is(stage.read('my-app', 'label-config.xml'), config('a', 'c'));
  const other = await stage.run('my-app', '--label-type', 'rating', '--yes');
  assert.match(other.err, /my-app is a project already \(stubs, starter\)/);
  stage.write('my-app/label-config.xml', '<View>');
  assert.match((await stage.run('my-app', '--yes')).err, /the labeling config label-config\.xml is not usable: /);
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

test('the settings of other generators in .yo-rc.json stay', async ({ stage }) => {
  mkdirSync(stage.path('my-app'));
  stage.write('my-app/.yo-rc.json', '{"generator-other":{"a":1}}');
  assert.is((await stage.run('my-app', '--yes', '--force')).code, 0);
  const stored = JSON.parse(stage.read('my-app', '.yo-rc.json'));
  assert.equal(Object.keys(stored), ['generator-other', storedKey]);
  assert.equal(stored['generator-other'], { a: 1 });
});

test.run();
