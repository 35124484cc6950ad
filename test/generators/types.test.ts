/** label-config.d.ts of a project: there from the beginning, and always of the labeling config that is on the disk. */

import { existsSync, rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { writeTypeModule } from '../../runtime/labeling/type-module.ts';
import { Stage } from './stage.ts';

const test = suite<{ stage: Stage }>('types of the labeling config');
test.before.each((context) => {
  context.stage = new Stage();
});
test.after.each(({ stage }) => stage.clear());

/** Whether the types are those of the labeling config beside them. */
function isTrue(stage: Stage): boolean {
  const xml = stage.read('my-app', 'label-config.xml');
  return stage.read('my-app', 'label-config.d.ts') === writeTypeModule(parseLabelConfig(xml));
}

const edited = '<View><Text name="text" value="$text"/><Rating name="stars" toName="text"/></View>';

test('a starter, an example, a config and a script have them', async ({ stage }) => {
  stage.write(
    'own.xml',
    '<View><Text name="t" value="$t"/><Choices name="q\'s" toName="t"><Choice value="&lt;b&gt;"/></Choices></View>',
  );
  stage.write(
    'net.ts',
    "import { type Task, WOWAIML } from 'wow-ai-ml';\nexport default class Net extends WOWAIML {\n  predict(tasks: Task[]) { return tasks.map(() => ({ result: [this.choices('mood', 'Merry')] })); }\n}\n",
  );
  const cases: [flags: string[], name: string, label: string][] = [
    [['--yes'], 'topic: {', "'Delivery' | 'Payment' | 'Product'"],
    [['--example', 'text-classifier'], 'topic: {', "| 'Science'"],
    [['--config', 'own.xml'], '"q\'s": {', "'<b>'"],
    [['--script', 'net.ts'], 'mood: {', "'Merry'"],
  ];
  for (const [flags, name, label] of cases) {
    const { code, err } = await stage.run('my-app', ...flags);
    assert.is(code, 0, err);
    assert.ok(isTrue(stage), flags.join(' '));
    assert.match(stage.read('my-app', 'label-config.d.ts'), name);
    assert.match(stage.read('my-app', 'label-config.d.ts'), label);
    rmSync(stage.path('my-app'), { recursive: true });
  }
});

test('running again follows the labeling config that is there by now', async ({ stage }) => {
  await stage.run('my-app', '--yes');
  stage.write('my-app/label-config.xml', edited);
  assert.not.ok(isTrue(stage));
  const { code, out } = await stage.run('my-app', '--yes');
  assert.is(code, 0);
  assert.match(out, /up to date: 1 of \d+ files written; yours stay: label-config\.xml\n/);
  assert.ok(isTrue(stage));
  assert.match(stage.read('my-app', 'label-config.d.ts'), "tag: 'Rating';");
  assert.match((await stage.run('my-app', '--yes')).out, /up to date: 0 of/);

  rmSync(stage.path('my-app', 'label-config.d.ts'));
  await stage.run('my-app', '--yes');
  assert.ok(isTrue(stage));
});

test('where the XML there is broken, they stay as they are', async ({ stage }) => {
  await stage.run('my-app', '--yes');
  const before = stage.read('my-app', 'label-config.d.ts');
  stage.write('my-app/label-config.xml', '<View>');
  const { code, err } = await stage.run('my-app', '--yes');
  assert.is(code, 0, err);
  assert.is(stage.read('my-app', 'label-config.d.ts'), before);
  rmSync(stage.path('my-app', 'label-config.d.ts'));
  assert.is((await stage.run('my-app', '--yes')).code, 0);
  assert.not.ok(existsSync(stage.path('my-app', 'label-config.d.ts')));
});

test('in a folder of other files, --force writes those of the new labeling config', async ({ stage }) => {
  await stage.run('my-app', '--yes');
  rmSync(stage.path('my-app', '.yo-rc.json'));
  stage.write('my-app/label-config.xml', edited);
  assert.is((await stage.run('my-app', '--yes', '--force')).code, 0);
  assert.ok(isTrue(stage));
  assert.match(stage.read('my-app', 'label-config.d.ts'), 'topic: {');
});

test.run();
