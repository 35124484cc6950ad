import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { answer, atDesk, fakeNpm, longWay, ownWay, writeOwnFiles } from './desk.ts';
import { ownConfigs } from './own-configs.ts';
import { frame, keys } from './terminal.ts';

const test = atDesk('terminal');

const finalScreen = `create-wow-ai-ml 0.1.0
✔ Where should the project go? … my-ner
✔ Use the recommended defaults? › No, let me choose
✔ What should the model predict? › Labels on text
✔ Which model do you start from? › A fresh starter
✔ And then? ›
✔ Created my-ner: Labels on text 'entity' on Text 'text', a fresh starter, N files

Next
  cd my-ner
  npm install
  npm start      answers on http://localhost:9090
  npm test       your model against the contract

model.ts is yours: predict() and fit(). README.md has the rest.

To repeat this run without questions:
  npm create wow-ai-ml@latest my-ner -- --label-type labels --no-install --no-git --yes
`;

for (const [title, env, colored] of [
  ['in colour', {}, true],
  ['without colour where NO_COLOR says so', { NO_COLOR: '1' }, false],
] as const) {
  test(`every question answered with real keys ends with what to do next, ${title}`, async ({ type, cwd }) => {
    const terminal = type([], { env });
    await answer(terminal, longWay);
    assert.is(await terminal.ended(), 0);
    assert.is(terminal.screen.text().replace(/\d+ files/, 'N files'), finalScreen);
    assert.is(terminal.screen.colors > 0, colored);
    assert.match(readFileSync(join(cwd, 'my-ner/label-config.xml'), 'utf8'), '<Labels name="entity"');
    assert.not(existsSync(join(cwd, 'my-ner/node_modules')) || existsSync(join(cwd, 'my-ner/.git')));
  });
}

test('the recommended defaults are two times Enter', async ({ type, place, cwd }) => {
  const { env, calls } = fakeNpm(place, 'mkdir node_modules');
  const author = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.email', GIT_CONFIG_VALUE_0: 'me@example.com' };
  const terminal = type([], { env: { ...env, ...author, GIT_AUTHOR_NAME: 'me', GIT_COMMITTER_NAME: 'me' } });
  await terminal.see('› my-backend');
  await terminal.press(keys.enter);
  await terminal.see('Yes: Choices (classify a whole text), a fresh starter, npm install, git init');
  await terminal.press(keys.enter);
  assert.is(await terminal.ended(), 0);
  assert.is(calls(), 'install\n');
  const [, done] = terminal.screen.text().split('✔ Use the recommended defaults?');
  assert.match(
    done ?? '',
    /✔ Installed the dependencies with npm \(\d+\.\d s\)\n✔ git init, first commit\n\nNext\n {2}cd my-backend\n {2}npm start/,
  );
  assert.ok(existsSync(join(cwd, 'my-backend/.git')));
});

test('own files are asked for by path, and a wrong path is asked for again', async ({ type, cwd }) => {
  writeOwnFiles(cwd);
  const terminal = type();
  await answer(terminal, ownWay.slice(0, 3));
  await terminal.see('Path of the labeling config');
  await terminal.press('own', keys.enter);
  await terminal.see('the labeling config own is not there');
  await terminal.press('.xml', keys.enter);
  await answer(terminal, ownWay.slice(4, 5));
  await terminal.see('Path of the model script');
  await terminal.press('work/models/models.ts', keys.enter);
  await terminal.see(/FirstLabel.*LastLabel/s);
  await terminal.press(':LastLabel', keys.enter);
  // And then? is left to the defaults: this would be the fifth question.
  await terminal.see('Installing the dependencies');
  await terminal.press(keys.ctrlC);
  assert.is(await terminal.ended(), 130);
  assert.match(terminal.screen.text(), `Created my-ner: Choices ${ownConfigs.choices.found}, your model script`);
});

/** Words as they may be broken by the edge of the screen. */
function broken(words: string): RegExp {
  return new RegExp(Array.from(words, (letter) => letter.replace(/[?.()]/, '\\$&')).join('\n?'));
}

const longName = 'a'.repeat(60);
for (const [typed, wanted] of [
  ['My Backend', "try 'my-backend'"],
  ['hono', "try 'hono-backend'"],
  [longName, `try '${longName.slice(0, 49)}'`],
  ['full', 'has files that are not ours'],
] as const) {
  for (const columns of [120, 40]) {
    test(`'${typed.slice(0, 12)}' is asked for again on ${columns} columns: ${wanted.slice(0, 30)}`, async ({
      type,
      cwd,
    }) => {
      mkdirSync(join(cwd, 'full'));
      writeFileSync(join(cwd, 'full/notes.txt'), 'mine');
      const terminal = type(['--no-install', '--no-git'], { columns });
      await terminal.see('Where should the project go?');
      await terminal.press(typed, keys.enter);
      await terminal.see(broken(wanted));
      await terminal.press(...Array.from(typed, () => keys.backspace), 'good', keys.enter);
      await terminal.see('Use the recommended defaults?');
      const start = terminal.screen
        .text()
        .slice(0, 'create-wow-ai-ml 0.1.0\n✔ Where should the project go? … good\n? Use'.length);
      assert.is(start, 'create-wow-ai-ml 0.1.0\n✔ Where should the project go? … good\n? Use');
      await terminal.press(keys.enter);
      assert.is(await terminal.ended(), 0);
      assert.equal(readdirSync(cwd).sort(), ['full', 'good']);
      assert.equal(readdirSync(join(cwd, 'full')), ['notes.txt']);
    });
  }
}

test('on 40 columns, each question stands on the screen once, however often its answers are gone through', async ({
  type,
}) => {
  const terminal = type([], { columns: 40 });
  for (const [question, answers] of longWay) {
    await terminal.see(broken(question));
    if (!question.startsWith('Where')) await terminal.press(keys.down, keys.down, keys.up, keys.up);
    const { length } = terminal.screen.text().split(broken(question));
    assert.is(length - 1, 1, frame(terminal.screen));
    await terminal.press(...answers);
  }
  assert.is(await terminal.ended(), 0);
  assert.match(terminal.screen.text().replaceAll('\n', ''), "✔ Created my-ner: Labels on text 'entity'");
});

test('the long list of label types is searched by typing; where nothing fits, Enter asks again', async ({ type }) => {
  const terminal = type(['my-app', '--no-install', '--no-git']);
  await answer(terminal, longWay.slice(1, 2));
  await terminal.see('What should the model predict? (type to search)');
  await terminal.see(/A labeling config of mine.*Choices.*Taxonomy/s);
  await terminal.press('z');
  await terminal.see('no matches found');
  await terminal.press(keys.enter);
  await terminal.see(/What should the model predict\?.*What should the model predict\?.*Choices/s);
  await terminal.press(...'brush lab', keys.enter);
  await terminal.see('Which model do you start from?');
  assert.match(terminal.screen.text(), '✔ What should the model predict? › Brush labels\n');
  await terminal.press(keys.enter);
  assert.is(await terminal.ended(), 0);
  assert.match(terminal.screen.text(), '✔ Created my-app: Brush labels ');
});

test('a project of ours is updated after a question, and stays as it is after No', async ({ type, cwd }) => {
  assert.is(await type(['mine', '--yes', '--no-install', '--no-git']).ended(), 0);
  writeFileSync(join(cwd, 'mine/runtime/log.ts'), 'changed');
  for (const [answers, ended, kept] of [
    [[keys.down, keys.enter], 130, true],
    [[keys.enter], 0, false],
  ] as const) {
    const terminal = type(['mine', '--no-install', '--no-git']);
    await terminal.see('A project of ours is there. Update it?');
    await terminal.press(...answers);
    assert.is(await terminal.ended(), ended, terminal.screen.text());
    assert.is(readFileSync(join(cwd, 'mine/runtime/log.ts'), 'utf8') === 'changed', kept);
  }
});

test.run();
