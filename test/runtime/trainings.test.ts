import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fit } from '../../runtime/hosting/fit.ts';
import { TrainingCutOff } from '../../runtime/hosting/training-process.ts';
import { openTrainingSite, type TrainingSite, type TrainingStage, until } from './training-site.ts';

const test = suite<{ open: (stage?: TrainingStage) => TrainingSite; sites: TrainingSite[] }>('trainings');
test.before.each((context) => {
  context.sites = [];
  context.open = (stage) => {
    const site = openTrainingSite(stage);
    context.sites.push(site);
    return site;
  };
});
test.after.each(async ({ sites }) => {
  for (const site of sites) await site.close();
});

const versionsOf = async (site: TrainingSite): Promise<{ versions: string[]; current: unknown }> => {
  const { versions, current_version: current } = (await site.request('/versions?project=12')).body;
  return { versions: versions as string[], current };
};
/** The three places that must always say the same. */
const said = async (site: TrainingSite): Promise<unknown[]> => {
  const setup = await site.request('/setup', { project: '12' });
  const { body } = await site.request('/predict', { project: '12', tasks: [{ id: 1, data: { text: 'a' } }] });
  const [item] = body.results as Array<{ model_version: string }>;
  return [setup.body.model_version, item?.model_version, body.model_version];
};
const manual: Fit = (_training, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const learns =
  (text: string): Fit =>
  async ({ workdir }) => {
    mkdirSync(workdir, { recursive: true });
    writeFileSync(join(workdir, 'weights.txt'), text);
    return { output: { texts: [text], score: 1 }, evaluation: undefined };
  };

test('a job tells its progress, its lines and its end; secrets are blotted out of what is kept', async ({ open }) => {
  const site = open();
  const job = await site.learn(1, 'one');
  assert.equal(
    [job.status, job.progress, job.message, job.version, job.attempts, job.annotations],
    ['completed', 1, null, 'v1', 1, 1],
  );
  assert.equal([job.metrics, job.detail], [{ score: 0.9, seen: 1 }, 'v1 is served (score 0.9, 0.0.1 has 0.5)']);
  const { log } = (await site.request(`/jobs/${job.id}`)).body as { log: Array<{ level: string; text: string }> };
  assert.equal(
    log.map(({ level, text }) => [level, text]),
    [
      ['info', 'with fields {"tasks":1,"key":"***"}'],
      ['warn', 'mind the gap'],
    ],
  );
  const failed = await site.learn(2, 'throw');
  assert.equal([failed.status, failed.detail, failed.progress], ['failed', 'fit broke', 0.25]);
  const why = (await site.request(`/jobs/${failed.id}`)).body as { log: Array<{ level: string; text: string }> };
  assert.match(why.log.at(-1)?.text ?? '', /^Error: fit broke\n.*at Learner\.fit/s);
});

test('a version is a directory that is never written again, and says what is in it', async ({ open }) => {
  const site = open();
  await site.learn(1, 'one');
  const home = join(site.directory, 'versions/12/job-1-1');
  assert.equal(readdirSync(home).sort(), ['artifacts', 'version.json']);
  const { createdAt, ...manifest } = JSON.parse(readFileSync(join(home, 'version.json'), 'utf8'));
  assert.equal(manifest, {
    name: 'v1',
    project: '12',
    job: 1,
    trainOutput: { texts: ['one'], score: 0.9 },
    metrics: { score: 0.9, seen: 1 },
  });
  assert.ok(Math.abs(Date.parse(createdAt) - Date.now()) < 60_000);
  for (const file of ['version.json', 'artifacts/weights.txt']) {
    assert.is(statSync(join(home, file)).mode & 0o222, 0, `${file} can be written`);
  }
});

test('a new version with a lower score is kept, but not served; the job says so; one as good is served', async ({
  open,
}) => {
  const site = open();
  await site.learn(1, 'one');
  const worse = await site.learn(2, 'score 0.7');
  assert.equal([worse.status, worse.version], ['completed', 'v2']);
  assert.is(worse.detail, 'v2 is kept, but not served: its score 0.7 is below 0.9 of v1');
  assert.equal(await said(site), ['v1', 'v1', 'v1']);
  await site.learn(3, 'score 0.9');
  assert.equal(await said(site), ['v3', 'v3', 'v3']);
  assert.equal(await versionsOf(site), { versions: ['v3', 'v2', 'v1'], current: 'v3' });
  const { details } = (await site.request('/versions?project=12')).body as { details: Array<{ promoted: boolean }> };
  assert.equal(
    details.map(({ promoted }) => promoted),
    [true, false, true],
  );
});

test('an evaluate() that is no judge fails the training; one that fails on the served version does not stand in the way', async ({
  open,
}) => {
  const { default: Learner } = await import('../fixtures/backends/learner/model.ts');
  class Wordy extends Learner {
    override evaluate = async () => ({ score: 'good' }) as never;
  }
  const wordy = await open({ Class: Wordy }).learn(1, 'one');
  assert.equal([wordy.status, wordy.version], ['failed', null]);
  assert.match(String(wordy.detail), 'evaluate() must return numbers, among them "score": score is good');
  class Forgetful extends Learner {
    override evaluate = async () => {
      if (this.trainOutput === undefined) throw new Error('nothing to judge');
      return { score: 0.1, seen: 0 };
    };
  }
  assert.is((await open({ Class: Forgetful }).learn(1, 'one')).detail, 'v1 is served (score 0.1)');
});

test('cut off: tried again after a while, with what came meanwhile; then given up. What fit() throws is not', async ({
  open,
}) => {
  let calls = 0;
  const fit: Fit = () => {
    calls++;
    throw new TrainingCutOff('the training process ended without a result (SIGKILL)');
  };
  const site = open({ fit, training: { retries: 1 } });
  await site.annotate(1, 'one');
  await until(() => calls === 1 && /tried again/.test(site.log()), 'the first try');
  const waiting = (await site.request('/jobs/1')).body;
  assert.equal([waiting.status, waiting.attempts], ['queued', 1]);
  assert.match(String(waiting.detail), 'SIGKILL); tried again');
  assert.is((await site.request('/is_training?project=12')).body.is_training, true);
  await until(async () => (await site.request('/jobs/1')).body.status === 'failed', 'the end of the second try');
  assert.is(calls, 2);
});

test('a training that takes too long is ended, and not tried again', async ({ open }) => {
  const site = open({ fit: manual, training: { timeout: 50 } });
  const job = await site.learn(1, 'one');
  assert.equal([job.status, job.attempts], ['failed', 1]);
  assert.is(job.detail, 'the training took longer than 0.05 s (TRAIN_TIMEOUT)');
});

test('a running training is cancelled, and so is a pending one; the version stays; the next annotation trains', async ({
  open,
}) => {
  let aborted = 0;
  const fit: Fit = (training, signal, report) => {
    signal.addEventListener('abort', () => aborted++);
    return training.job.id < 3 ? manual(training, signal, report) : learns('')(training, signal, report);
  };
  const site = open({ fit });
  await site.annotate(1, 'one');
  await until(() => /training started/.test(site.log()), 'the start');
  await site.annotate(2, 'two');
  const cancel = (id: number) => site.request(`/jobs/${id}/cancel`, undefined, { method: 'POST' });
  const pending = await cancel(2);
  assert.equal([pending.status, pending.body.was, pending.body.status], [200, 'queued', 'cancelled']);
  const running = await cancel(1);
  assert.equal([running.status, running.body.was, running.body.status, aborted], [200, 'running', 'cancelled', 1]);
  assert.equal(
    [(await cancel(1)).status, (await cancel(9)).status, (await cancel('x' as never)).status],
    [409, 404, 404],
  );
  assert.match(String((await cancel(1)).body.detail), /training 1 has ended already: cancelled/);
  assert.equal(await said(site), ['0.0.1', '0.0.1', '0.0.1']);
  assert.is((await site.learn(3, 'three')).id, 3);
  assert.equal(await said(site), ['v1', 'v1', 'v1']);
});

test('a disk that is full while fit() writes: the training fails, its files are removed, the next one works', async ({
  open,
}) => {
  if (!existsSync('/dev/full')) return;
  const site = open();
  const job = await site.learn(1, 'full disk');
  assert.match(`${job.status} ${job.detail}`, /^failed ENOSPC/);
  assert.equal(readdirSync(join(site.directory, 'versions/12')), []);
});

test('a model that cannot be loaded never becomes a version', async ({ open }) => {
  const site = open({ fit: learns('cannot be loaded') });
  const job = await site.learn(1, 'one');
  assert.equal([job.status, job.detail], ['failed', 'these weights are broken']);
  assert.equal(await versionsOf(site), { versions: ['0.0.1'], current: '0.0.1' });
});

test('fit() may go through the tasks again, and sees them as they were when it began', async ({ open }) => {
  const passes: string[][] = [];
  const { default: Learner } = await import('../fixtures/backends/learner/model.ts');
  class Curious extends Learner {
    override fit: NonNullable<InstanceType<typeof Learner>['fit']> = async (tasks) => {
      for (let pass = 0; pass < 2; pass++) {
        const texts: string[] = [];
        for await (const task of tasks) texts.push(String(task.data.text));
        passes.push(texts);
        if (passes.length === 1) await site.annotate(2, 'meanwhile');
      }
      return { texts: [], score: 1 };
    };
    override evaluate = async () => ({ score: 1, seen: 0 });
  }
  const site = open({ Class: Curious });
  await site.learn(1, 'one');
  assert.equal(passes.slice(0, 2), [['one'], ['one']]);
  assert.equal(passes.slice(2, 4), [
    ['one', 'meanwhile'],
    ['one', 'meanwhile'],
  ]);
});

test('a state that cannot be written: trainings wait for it, and a training that ended well is not lost', async ({
  open,
}) => {
  const { DatabaseSync } = await import('node:sqlite');
  let done = 0;
  const fit: Fit = async (training, signal, report) => {
    const learning = await learns('one')(training, signal, report);
    if (done++ === 0) blocker.exec('BEGIN IMMEDIATE');
    return learning;
  };
  const site = open({ fit });
  // Another process that holds the file: to those who write it is the same as a disk that is full.
  const blocker = new DatabaseSync(join(site.directory, 'state.sqlite'));
  await site.annotate(1, 'one');
  await until(() => /trainings are paused until the state can be written/.test(site.log()), 'the pause');
  assert.equal(await versionsOf(site), { versions: ['0.0.1'], current: '0.0.1' });
  blocker.exec('COMMIT');
  blocker.close();
  await site.backend.trained();
  assert.equal([await said(site), done], [['v1', 'v1', 'v1'], 1]);
});

test.run();
