import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Database } from '../../runtime/state/database.ts';
import { JobLines } from '../../runtime/state/job-lines.ts';
import { type Ask, Jobs, type TrainEvery } from '../../runtime/state/jobs.ts';
import { Lease } from '../../runtime/state/lease.ts';
import { Versions } from '../../runtime/state/versions.ts';

const test = suite<{ directory: string; open: (every?: TrainEvery) => { database: Database; jobs: Jobs } }>('jobs');
test.before.each((context) => {
  context.directory = mkdtempSync(join(tmpdir(), 'jobs-'));
  context.open = (every) => {
    const database = new Database(context.directory);
    return { database, jobs: new Jobs(database, every) };
  };
});
test.after.each(({ directory }) => rmSync(directory, { recursive: true, force: true }));

const annotated = (annotations: number): Ask => ({ event: 'ANNOTATION_CREATED', annotations });

test('one pending and one running a project, whatever comes; what comes while one runs waits for the next', async ({
  open,
}) => {
  const { database, jobs } = open();
  const ask = (project: string, ask: Ask) => database.write(() => jobs.enqueue(project, ask));
  assert.equal(await Promise.all([ask('1', annotated(1)), ask('1', annotated(2)), ask('2', annotated(1))]), [1, 1, 2]);
  assert.is((await jobs.claim())?.id, 1);
  assert.equal(await Promise.all([ask('1', annotated(1)), ask('1', { event: 'START_TRAINING' })]), [3, 3]);
  // Project 1 is being trained: its next job has to wait, not so project 2.
  assert.equal([(await jobs.claim())?.id, (await jobs.claim())?.id], [2, undefined]);
  await jobs.finish(1, 'completed', 'well');
  const next = await jobs.claim();
  assert.equal([next?.id, next?.event, next?.attempts], [3, 'START_TRAINING', 1]);
  database.close();
});

test('trainEvery: so many annotations, or so many seconds after the first; who asks for a training gets it at once', async ({
  open,
}) => {
  const cases: Array<[TrainEvery, Ask[], 'now' | 'later' | 'never']> = [
    [{}, [annotated(1)], 'now'],
    [{ annotations: 3 }, [annotated(1), annotated(1)], 'never'],
    [{ annotations: 3 }, [annotated(1), annotated(2)], 'now'],
    [{ annotations: 3 }, [annotated(5)], 'now'],
    [{ seconds: 60 }, [annotated(1), annotated(500)], 'later'],
    [{ annotations: 3, seconds: 60 }, [annotated(1)], 'later'],
    [{ annotations: 3, seconds: 60 }, [annotated(1), annotated(2)], 'now'],
    [{ annotations: 3 }, [annotated(1), { event: 'START_TRAINING' }], 'now'],
    [{ annotations: 3 }, [{ event: 'TRAIN', scope: 'body' }, annotated(1)], 'now'],
  ];
  for (const [index, [every, asks, wanted]] of cases.entries()) {
    const { database, jobs } = open(every);
    const project = `p${index}`;
    const before = Date.now();
    for (const ask of asks) await database.write(() => jobs.enqueue(project, ask));
    const due = jobs.last(project)?.dueAt;
    const when = due === undefined ? 'never' : due <= Date.now() ? 'now' : 'later';
    assert.is(when, wanted, JSON.stringify([every, asks]));
    if (wanted === 'later') assert.ok((due ?? 0) - before >= 60_000 && (due ?? 0) - before < 61_000);
    assert.is(jobs.active(project) !== undefined, wanted === 'now', 'only what is about to run counts as a training');
    if (wanted === 'now') await jobs.finish((await jobs.claim())?.id ?? 0, 'completed', '');
    database.close();
  }
});

test('the seconds count from the first annotation that no training covers, not from the last', async ({ open }) => {
  const { database, jobs } = open({ seconds: 60 });
  await database.write(() => jobs.enqueue('1', annotated(1)));
  const first = jobs.last('1')?.dueAt;
  await new Promise((done) => setTimeout(done, 15));
  await database.write(() => jobs.enqueue('1', annotated(1)));
  assert.equal([jobs.last('1')?.dueAt, jobs.last('1')?.annotations], [first, 2]);
  database.close();
  // With other settings the next start sees to it.
  const again = open();
  await again.jobs.recover(3);
  assert.ok((again.jobs.nextDue() ?? Infinity) <= Date.now());
  again.database.close();
});

test('cut off: pending again, with its tries counted; given up at last; one pending covers it and all annotations', async ({
  open,
}) => {
  const { database, jobs } = open();
  await database.write(() => jobs.enqueue('1', annotated(1)));
  for (const attempt of [1, 2]) {
    assert.is((await jobs.claim())?.attempts, attempt);
    assert.equal(await jobs.recover(3), { retried: [1], given_up: [] });
  }
  await jobs.claim();
  assert.equal(await jobs.recover(3), { retried: [], given_up: [1] });
  assert.equal([jobs.last('1')?.status, jobs.last('1')?.detail], ['failed', 'interrupted 3 times']);

  await database.write(() => jobs.enqueue('2', annotated(1)));
  await jobs.claim();
  // A /train body's own tasks would not be enough: the annotations of the one that was cut off are wanted too.
  const next = await database.write(() => jobs.enqueue('2', { event: 'TRAIN', scope: 'body' }));
  assert.is(jobs.find(next)?.batch, next);
  await jobs.recover(3);
  assert.match(jobs.find(2)?.detail ?? '', `training ${next} covers it`);
  const claimed = await jobs.claim();
  assert.equal([claimed?.id, claimed?.batch, claimed?.attempts], [next, undefined, 2]);
  // A stop of the server is not the job's fault.
  if (claimed) await jobs.again(claimed, 'the server stopped', Date.now(), false);
  assert.is((await jobs.claim())?.attempts, 2);
  database.close();
});

test('a retry waits its time, also when annotations come; whoever wants it now gets it', async ({ open }) => {
  const { database, jobs } = open();
  await database.write(() => jobs.enqueue('1', annotated(1)));
  const job = await jobs.claim();
  if (job) await jobs.again(job, 'crashed', Date.now() + 60_000);
  await database.write(() => jobs.enqueue('1', annotated(1)));
  assert.is(await jobs.claim(), undefined);
  assert.is(jobs.active('1')?.id, 1, 'but it counts as a training');
  await database.write(() => jobs.enqueue('1', { event: 'START_TRAINING' }));
  assert.is((await jobs.claim())?.id, 1);
  database.close();
});

test('a cancelled job stays cancelled, and no version comes of it', async ({ open }) => {
  const { database, jobs } = open();
  const versions = new Versions(database, jobs);
  await database.write(() => jobs.enqueue('1', annotated(1)));
  const job = await jobs.claim();
  assert.equal([await jobs.cancel(1), await jobs.cancel(1), await jobs.cancel(9)], ['running', 'cancelled', undefined]);
  const version = { name: 'v1', workdir: 'x', trainOutput: {}, metrics: undefined, promoted: true, detail: '' };
  if (job) {
    assert.match(await versions.publish(job, version).then(() => 'published', String), 'has ended already');
    await jobs.again(job, 'crashed', Date.now());
  }
  assert.equal([jobs.find(1)?.status, versions.list('1')], ['cancelled', []]);
  database.close();
});

test('the log of a job keeps its last lines; old jobs are forgotten with theirs', async ({ open }) => {
  const { database, jobs } = open();
  const lines = new JobLines(database);
  const say = (job: number, texts: string[]) =>
    database.write(() =>
      lines.append(
        job,
        texts.map((text) => ({ at: 1, level: 'info' as const, text })),
      ),
    );
  await say(1, ['first', 'second']);
  await say(1, ['third']);
  assert.equal(
    lines.of(1).map(({ text }) => text),
    ['first', 'second', 'third'],
  );
  for (let from = 0; from < 2_400; from += 800) {
    await say(
      2,
      Array.from({ length: 800 }, (_, index) => `${from + index}`),
    );
  }
  assert.equal([lines.of(2).length, lines.of(2)[0]?.text, lines.of(2).at(-1)?.text], [1000, '1400', '2399']);
  for (let count = 0; count < 100; count++) await say(3, ['x'.repeat(4_000)]);
  assert.is(lines.of(3).length, 65, '256 kB of them');
  for (let count = 0; count < 205; count++) {
    await database.write(() => jobs.enqueue('1', annotated(1)));
    await jobs.claim();
    await jobs.finish(jobs.last('1')?.id ?? 0, 'completed', '');
  }
  assert.equal([jobs.page('1', Infinity, 1000).length, jobs.find(5), lines.of(3)], [200, undefined, []]);
  assert.equal(
    jobs.page(undefined, 206, 2).map(({ id }) => id),
    [205, 204],
  );
  database.close();
});

test('a state of the first runtime is brought to today, once, and loses nothing', async ({ directory, open }) => {
  const old = new DatabaseSync(join(directory, 'state.sqlite'));
  old.exec(readFileSync(join(import.meta.dirname, '../fixtures/state-1.sql'), 'utf8'));
  old.close();
  const { database, jobs } = open();
  const versions = new Versions(database, jobs);
  assert.equal(
    jobs.page('12', Infinity, 9).map(({ id, status, attempts, detail }) => [id, status, attempts, detail]),
    [
      [9, 'queued', 0, undefined],
      [7, 'failed', 1, 'fit broke'],
      [4, 'completed', 1, 'published v1'],
    ],
  );
  assert.equal(versions.list('12'), [
    { project: '12', number: 1, name: 'v1', job: 4, createdAt: 1700000002000, promoted: true, metrics: undefined },
  ]);
  assert.equal(versions.open('12', 'v1').trainOutput, { n: 1 });
  assert.is((await jobs.claim())?.id, 9);
  assert.is(await database.write(() => jobs.enqueue('13', annotated(1))), 10);
  database.close();
  open().database.close();
});

test('a state of a newer runtime is refused, not damaged', ({ directory, open }) => {
  open().database.close();
  const newer = new DatabaseSync(join(directory, 'state.sqlite'));
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  assert.throws(open, /written by a newer runtime \(tables 99, this one knows 2\)/);
});

test('one process at a time may train on a directory', ({ directory }) => {
  const [one, two] = [new Lease(directory), new Lease(directory)];
  assert.equal([one.acquire(), two.acquire(), one.acquire(), two.held], [true, false, true, false]);
  one.release();
  assert.equal([two.acquire(), one.acquire()], [true, false]);
  two.release();
});

test.run();
