import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { annotationEvent, createProject, startProject, type TestProject, type TestServer } from './project.ts';

interface Context {
  project: TestProject;
  servers: TestServer[];
  start: () => Promise<TestServer>;
  /** Runs `npm run versions` and resolves with its exit code and what it printed. */
  run: (line: string) => Promise<[number | null, string]>;
}

const test = suite<Context>('versions command');
test.before.each((context) => {
  const project = createProject('learner');
  context.project = project;
  context.servers = [];
  context.start = async () => {
    const server = await startProject(project, [], { MODEL_PROCESSES: '1' });
    context.servers.push(server);
    return server;
  };
  context.run = (line) =>
    new Promise((done) => {
      const args = ['--disable-warning=ExperimentalWarning', 'runtime/versions.ts', ...line.split(' ').filter(Boolean)];
      const child = spawn(process.execPath, args, { cwd: project.directory });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      child.on('close', (code) => done([code, output]));
    });
});
test.after.each(async ({ project, servers }) => {
  for (const server of servers) if (server.process.exitCode === null) await server.stop('SIGKILL');
  project.remove();
});

async function learn(server: TestServer, id: number, text: string): Promise<void> {
  await server.post('/webhook', annotationEvent(id, text, 'Positive'));
  await server.trained();
}

/** What /setup, an item and the answer as a whole say, and whether the model has its own weights. */
async function said(server: TestServer): Promise<unknown[]> {
  const setup = await server.post('/setup', { project: '12' });
  const { body } = await server.post('/predict', { project: '12', tasks: [{ id: 1, data: { text: 'a' } }] });
  const [item] = body.results as Array<{ model_version: string; result: Array<{ value: { choices: string[] } }> }>;
  return [setup.body.model_version, item?.model_version, body.model_version, item?.result[0]?.value.choices[0]];
}

test('lists, activates and rolls back, while the server runs and while it does not', async ({ start, run }) => {
  assert.equal(await run('list'), [0, 'There are no versions yet: data has no state.\n']);
  const server = await start();
  await learn(server, 1, 'one');
  await learn(server, 2, 'score 0.7');
  await learn(server, 3, 'score 0.9');
  const [code, listed] = await run('');
  assert.is(code, 0);
  assert.equal(listed.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'TIME').split('\n'), [
    'project 12',
    '* v3      TIME  training 3  score 0.9',
    '  v2      TIME  training 2  score 0.7  did worse than the one before',
    '  v1      TIME  training 1  score 0.9',
    '',
  ]);

  // v2 did worse and never was served: the one before v3 is v1.
  assert.equal(await run('rollback'), [
    0,
    'project 12: v1 is served now; versions to come are not served until: activate latest\n',
  ]);
  assert.equal(await said(server), ['v1', 'v1', 'v1', 'Positive']);
  await learn(server, 4, 'four');
  assert.equal(await said(server), ['v1', 'v1', 'v1', 'Positive']);
  assert.equal(await run('activate latest --project 12.1654592272'), [0, 'project 12: v4 is served now\n']);
  assert.equal(await said(server), ['v4', 'v4', 'v4', 'Positive']);
  await server.stop();

  const waits = 'is served from the next start on';
  assert.equal(await run('activate v2'), [
    0,
    `project 12: v2 ${waits}; versions to come are not served until: activate latest\n`,
  ]);
  assert.match((await run('list'))[1], /\* v2 /);
  const again = await start();
  assert.equal(await said(again), ['v2', 'v2', 'v2', 'Positive']);
  assert.match((await run('activate untrained'))[1], 'project 12: 0.0.1 is served now');
  assert.equal(await said(again), ['0.0.1', '0.0.1', '0.0.1', 'Positive']);
  const [refused, why] = await run('rollback');
  assert.equal([refused, why], [1, '✗ project 12 serves the untrained model: there is nothing before it\n']);
});

test('what the server asks for in /setup wins, until it follows the newest again: then what was chosen here', async ({
  start,
  run,
}) => {
  const server = await start();
  for (const id of [1, 2, 3]) await learn(server, id, `text ${id}`);
  await run('activate v2');
  const setup = async (model_version: unknown) => (await server.post('/setup', { project: '12', model_version })).body;
  assert.is((await setup('v1')).model_version, 'v1');
  assert.equal(await said(server), ['v1', 'v1', 'v1', 'Positive']);
  assert.is((await setup('v3')).model_version, 'v3');
  assert.is((await setup(null)).model_version, 'v2');
  await run('activate v3');
  assert.equal(await said(server), ['v3', 'v3', 'v3', 'Positive']);
});

test('a version that cannot be loaded is refused by a running server, which goes on with its own', async ({
  start,
  run,
  project,
}) => {
  const before = await start();
  for (const id of [1, 2]) await learn(before, id, `text ${id}`);
  // What is in memory already needs no file.
  await before.stop();
  const server = await start();
  rmSync(`${project.directory}/data/versions/12/job-1-1/artifacts/weights.txt`);
  const [code, output] = await run('activate v1');
  assert.is(code, 1);
  assert.match(output, 'its model cannot be loaded');
  assert.equal(await said(server), ['v2', 'v2', 'v2', 'Positive']);
});

test('a wrong command says what is known, with exit code 2', async ({ start, run }) => {
  const server = await start();
  await learn(server, 1, 'one');
  const cases: Array<[string, RegExp]> = [
    ['--help', /Usage: npm run versions/],
    ['rollbak', /unknown command 'rollbak'; did you mean 'rollback'\?/],
    ['--projct 12', /unknown flag '--projct'; did you mean '--project'\?/],
    ['activate', /activate needs the name of a version/],
    ['rollback v1', /unexpected argument 'v1'/],
    ['list --project', /--project needs a value/],
    ['activate v7', /project 12: unknown version 'v7'; did you mean 'v1'\? \(known: v1, latest, untrained\)/],
    ['rollback --project 13', /unknown project '13'.*known: 12/],
    ['rollback --model-dir nowhere', /nowhere has no state/],
  ];
  for (const [line, wanted] of cases) {
    const [code, output] = await run(line);
    assert.match(output, wanted, line);
    assert.is(code, line === '--help' ? 0 : 2, line);
  }
});

test.run();
