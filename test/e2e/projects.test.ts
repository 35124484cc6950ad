import * as assert from 'uvu/assert';
import { examples } from '../../generators/app/options.ts';
import { stripsTypes } from '../../generators/app/surroundings.ts';
import { ownScript, scriptFlags } from './own-script.ts';
import { shellNode, userAgent } from './shell.ts';
import { configFiles, dailyTypes, starterPlans } from './starters.ts';
import { askScript, exampleVisits } from './visits.ts';
import { walkProjects } from './walks.ts';
import { readManifest } from './workshop.ts';

const test = walkProjects(
  'projects',
  [
    ...starterPlans.filter(({ labelType }) => dailyTypes.includes(labelType)),
    ...examples.map(({ id }) => ({ name: `example-${id}`, flags: ['--example', id], visit: exampleVisits[id] })),
    { name: 'script', flags: scriptFlags, visit: askScript },
  ],
  { ...ownScript, ...configFiles },
);

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
