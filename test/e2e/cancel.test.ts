import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { answer, atDesk, fakeNpm, longWay, ownWay, writeOwnFiles } from './desk.ts';
import { frame, keys } from './terminal.ts';

const test = atDesk('cancel');

for (const [way, title] of [
  [longWay, 'starter'],
  [ownWay, 'own files'],
] as const) {
  for (const [index, [question]] of way.entries()) {
    test(`Ctrl-C at "${question}" (${title}) leaves nothing behind and exits with 130`, async ({ type, cwd }) => {
      if (way === ownWay) writeOwnFiles(cwd);
      const before = readdirSync(cwd);
      const terminal = type();
      await answer(terminal, way.slice(0, index));
      await terminal.see(question);
      await terminal.press(keys.ctrlC);
      assert.is(await terminal.ended(), 130);
      assert.match(terminal.screen.text(), '■ Cancelled: nothing was written.\n');
      assert.equal(readdirSync(cwd), before);
    });
  }
}

for (const [at, [question]] of longWay.entries()) {
  test(`Escape at "${question}" is a no, too`, async ({ type, cwd }) => {
    const terminal = type();
    await answer(terminal, longWay.slice(0, at));
    await terminal.see(question);
    await terminal.press(keys.escape);
    assert.is(await terminal.ended(), 130);
    assert.equal(readdirSync(cwd), []);
  });
}

test('Ctrl-C while it installs ends the installer too, and says that the project is there', async (context) => {
  const { env, calls } = fakeNpm(context.place, 'exec sleep 61');
  const terminal = context.type(['--no-git'], { env });
  await answer(terminal, [
    ['› my-backend', [keys.enter]],
    ['npm install', [keys.enter]],
  ]);
  await terminal.see('Installing the dependencies');
  while (calls() === '') await pause(20);
  // A shell that is about to start a program may miss the signal.
  await pause(300);
  await terminal.press(keys.ctrlC);
  assert.is(await terminal.ended(), 130);
  assert.match(frame(terminal.screen), '■ Cancelled. The project is written');
  assert.ok(existsSync(join(context.cwd, 'my-backend/model.ts')));
  const { output } = await context.place.run('ps', ['-A', '-o', 'stat=,args=']);
  assert.equal(
    output.split('\n').filter((line) => /^[^ZX].*sleep 61/.test(line)),
    [],
  );
});

test.run();
