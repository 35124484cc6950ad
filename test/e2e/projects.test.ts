import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { examples, labelTypes } from '../../generators/app/options.ts';
import { stripsTypes } from '../../generators/app/surroundings.ts';
import { CHECKS } from '../../runtime/testing.ts';
import { writeFiles } from './files.ts';
import { createGate } from './gate.ts';
import { ownConfigs } from './own-configs.ts';
import { ownScript, scriptFlags } from './own-script.ts';
import { Place } from './place.ts';
import { shellNode, userAgent } from './shell.ts';
import { askScript, exampleVisits } from './visits.ts';
import { type Plan, readManifest, type Walk, Workshop } from './workshop.ts';

/** The first is installed by the command itself; the others are made without, and share what is installed. */
const plans: (Plan & { found?: string })[] = [
  ...labelTypes.map(({ id }) => ({ name: `starter-${id}`, flags: ['--label-type', id] })),
  ...examples.map(({ id }) => ({ name: `example-${id}`, flags: ['--example', id], visit: exampleVisits[id] })),
  ...labelTypes.map(({ id, title }) => ({
    name: `config-${id}`,
    flags: ['--config', `${id}.xml`],
    found: `${title} ${ownConfigs[id].found}, a fresh starter`,
  })),
  { name: 'script', flags: scriptFlags, visit: askScript },
];

const test = suite<{ place: Place; workshop: Workshop; walks: Map<string, Promise<Walk>> }>('projects');

test.before(async (context) => {
  const place = new Place('projects');
  const workshop = await Workshop.open(place);
  Object.assign(context, { place, workshop, walks: new Map() });
  writeFiles(place.directory, ownScript);
  for (const { id } of labelTypes) writeFiles(place.directory, { [`${id}.xml`]: ownConfigs[id].xml });
  for (const plan of plans.slice(0, 1)) await workshop.createInstalled(plan);
  const gate = createGate(2);
  for (const plan of plans) {
    const walk = gate(() => workshop.walk(plan));
    // Its own test reports it, once it gets there.
    walk.catch(() => {});
    context.walks.set(plan.name, walk);
  }
});
test.after(({ place }) => place.clear());

const everything = CHECKS.map(({ name }) => name);

for (const { name, flags, found } of plans) {
  test(`${flags.join(' ')}: green at second zero, and its server keeps the contract`, async ({ walks }) => {
    const { said, test, check, kept, goodbye } = { ...(await walks.get(name)) };
    assert.equal({ kept, goodbye }, { kept: everything, goodbye: 'INFO stopped' });
    const [, passed = '', total] = /^(\d+) of (\d+)$/.exec(test ?? '') ?? [];
    assert.equal([passed, check], [total, test]);
    assert.ok(Number(passed) >= everything.length, `${passed} tests`);
    assert.match(said ?? '', `✔ Created ${name}: ${found ?? ''}`);
  });
}

const ownNode = shellNode();
const pins = !stripsTypes(ownNode);

test(`installed for Node ${ownNode}, ${pins ? 'with a Node of its own' : 'which is new enough'}`, async ({
  place,
  workshop,
  walks,
}) => {
  await walks.get('starter-choices')?.catch(() => {});
  const cwd = workshop.at('starter-choices');
  const { stdout } = await place.expect('npm', ['exec', '--offline', '--', 'node', '--version'], { cwd });
  assert.match(stdout, pins ? /^v24\./ : `v${ownNode}`);
});

test('what a project writes while it works is not for git', async ({ place, workshop, walks }) => {
  await walks.get('starter-choices')?.catch(() => {});
  const order = { cwd: workshop.at('starter-choices') };
  assert.is(
    (await place.expect('git', ['log', '--format=%an: %s'], order)).stdout,
    'A Tester: Create starter-choices with create-wow-ai-ml 0.1.0\n',
  );
  assert.is((await place.expect('git', ['status', '--porcelain'], order)).stdout, '');
});

for (const [version, pinned] of [
  ['18.20.8', '^24'],
  ['22.17.1', '^24'],
  ['22.18.0', undefined],
  ['23.5.0', '^24'],
  ['23.6.0', undefined],
  ['24.15.0', undefined],
] as const) {
  test(`a user of Node ${version} gets a project ${pinned ? 'with' : 'without'} a Node of its own`, async ({
    workshop,
  }) => {
    const name = `node-${version.replaceAll('.', '-')}`;
    const said = await workshop.create(name, [], { npm_config_user_agent: userAgent(version) });
    assert.is(readManifest(workshop.at(name)).devDependencies.node?.split('.')[0], pinned);
    assert.is(said.includes(`Your Node ${version} is older`), pinned !== undefined);
  });
}

test.run();
