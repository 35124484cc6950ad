import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Content, Owner, ProjectFile } from '../../generators/app/compose.ts';
import { decideConflicts, diffOf } from '../../generators/app/conflicts.ts';
import { type Action, planSteps, rememberWritten, type Written, writesOf } from '../../generators/app/plan.ts';
import { createMemoryScreen } from './stage.ts';

interface Case {
  owner: Owner;
  /** What this version has, what the last run wrote, what is on the disk. */
  now: string;
  before?: string;
  disk?: string;
  /** A folder that no run of ours wrote. */
  foreign?: true;
  action: Action;
  forced: Action;
}

function filesOf(owner: Owner, content: string, path = 'file'): Map<string, ProjectFile> {
  return new Map([[path, { content, owner, layer: 'test' }]]);
}

function writtenOf(owner: Owner, content: string | undefined): Written {
  if (content === undefined) return { files: {}, manifest: {} };
  const files = filesOf(owner, content);
  return rememberWritten(
    planSteps({ files, read: () => undefined, written: undefined, force: false }),
    files,
    undefined,
    new Set(),
  );
}

const cases: Record<string, Case> = {
  'nothing there': { owner: 'shared', now: 'n', action: 'create', forced: 'create' },
  'the user’s, gone': { owner: 'yours', now: 'n', before: 'n', action: 'create', forced: 'create' },
  'the user’s, there': { owner: 'yours', now: 'n', before: 'o', disk: 'mine', action: 'keep', forced: 'keep' },
  'ours, changed by the user': {
    owner: 'ours',
    now: 'n',
    before: 'o',
    disk: 'mine',
    action: 'update',
    forced: 'update',
  },
  'ours, the same': { owner: 'ours', now: 'n', before: 'n', disk: 'n', action: 'same', forced: 'same' },
  'shared, changed by us': { owner: 'shared', now: 'n', before: 'o', disk: 'o', action: 'update', forced: 'update' },
  'shared, changed by the user': {
    owner: 'shared',
    now: 'o',
    before: 'o',
    disk: 'mine',
    action: 'keep',
    forced: 'keep',
  },
  'shared, changed by both': {
    owner: 'shared',
    now: 'n',
    before: 'o',
    disk: 'mine',
    action: 'conflict',
    forced: 'update',
  },
  'shared, changed by both to the same': {
    owner: 'shared',
    now: 'n',
    before: 'o',
    disk: 'n',
    action: 'same',
    forced: 'same',
  },
  'shared, other line ends': {
    owner: 'shared',
    now: 'a\nc\n',
    before: 'a\nb\n',
    disk: 'a\r\nb\r\n',
    action: 'update',
    forced: 'update',
  },
  'foreign folder, ours': {
    owner: 'ours',
    now: 'n',
    disk: 'mine',
    foreign: true,
    action: 'conflict',
    forced: 'update',
  },
  'foreign folder, the user’s': {
    owner: 'yours',
    now: 'n',
    disk: 'mine',
    foreign: true,
    action: 'conflict',
    forced: 'update',
  },
};
for (const [what, { owner, now, before, disk, foreign, action, forced }] of Object.entries(cases)) {
  test(`plan: ${what} → ${action}, with --force ${forced}`, () => {
    const written = foreign ? undefined : writtenOf(owner, before);
    const plan = (force: boolean) =>
      planSteps({ files: filesOf(owner, now), read: () => disk, written, force })[0]?.action;
    assert.equal([plan(false), plan(true)], [action, forced]);
  });
}

function planManifest(now: object, before: object, disk: object, force = false) {
  const files = filesOf('shared', JSON.stringify(now), 'package.json');
  const written = { files: {}, manifest: before as Written['manifest'] };
  const steps = planSteps({ files, read: () => JSON.stringify(disk), written, force });
  return {
    action: steps[0]?.action,
    writes: (taken: string[]) => writesOf(steps, new Set(taken)).map(({ content }) => JSON.parse(String(content))),
  };
}

test('package.json: merged where it can be, a conflict where both sides changed a key', () => {
  const merged = planManifest({ a: 2 }, { a: 1 }, { a: 1, mine: 1 });
  assert.is(merged.action, 'merge');
  assert.equal(merged.writes([]), [{ a: 2, mine: 1 }]);

  const untouched = planManifest({ a: 1 }, { a: 1 }, { a: 1, mine: 1 });
  assert.is(untouched.action, 'keep');
  assert.equal(untouched.writes([]), []);

  const conflict = planManifest({ a: 2, b: 1 }, { a: 1 }, { a: 5 });
  assert.is(conflict.action, 'conflict');
  assert.equal(conflict.writes([]), [{ a: 5, b: 1 }]);
  assert.equal(conflict.writes(['package.json']), [{ a: 2, b: 1 }]);
  assert.equal(planManifest({ a: 2 }, { a: 1 }, { a: 5 }, true).writes([]), [{ a: 2 }]);
});

/** One shared file that both sides changed; the next run plans with what this one remembers. */
async function conflictRun(answers: string[] | undefined) {
  const [now, disk] = ['new\n', 'mine\n'];
  const files = filesOf('shared', now);
  const written = writtenOf('shared', 'old\n');
  const steps = planSteps({ files, read: (): Content => disk, written, force: false });
  const { screen, text } = createMemoryScreen();
  const ask = answers && (async () => answers.shift());
  const decisions = await decideConflicts(steps, screen, ask);
  const writes = writesOf(steps, decisions.taken).map(({ content }) => content);
  const next = rememberWritten(steps, files, written, decisions.undecided);
  const again = planSteps({ files, read: () => disk, written: next, force: false })[0]?.action;
  return { writes, undecided: [...decisions.undecided], shown: text().out, again };
}

test('a conflict: mine is kept, and not asked about again', async () => {
  assert.equal(await conflictRun(['mine']), { writes: [], undecided: [], shown: '', again: 'keep' });
});
test('a conflict: the new one is taken', async () => {
  assert.equal((await conflictRun(['new'])).writes, ['new\n']);
});
test('a conflict: the difference is shown, then asked again', async () => {
  const { writes, shown } = await conflictRun(['diff', 'new']);
  assert.equal(writes, ['new\n']);
  assert.match(shown, /^-mine$/m);
  assert.match(shown, /^\+new$/m);
});
test('a conflict: stop ends the run before anything is written', async () => {
  await conflictRun(['stop']).then(
    () => assert.unreachable(),
    (error: Error & { exitCode: number }) => assert.is(error.exitCode, 130),
  );
});
test('a conflict without a terminal: mine stays, the difference is printed, the next run reports it again', async () => {
  const { writes, undecided, shown, again } = await conflictRun(undefined);
  assert.equal({ writes, undecided, again }, { writes: [], undecided: ['file'], again: 'conflict' });
  assert.match(shown, /conflict file: changed by you, and by this version\. Yours stays\.\n/);
  assert.match(shown, /^-mine\n\+new$/m);
});

test('bytes are not shown as text', () => {
  assert.is(
    diffOf({ path: 'a.png', current: Buffer.from([0]), content: 'x' }, createMemoryScreen().screen),
    '(not text)',
  );
});

test.run();
