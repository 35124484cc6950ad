/** A project for every labeling template that Label Studio ships, as the packaged command makes it: each green at second zero. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { CHECKS } from '../../runtime/testing.ts';
import { writeFiles } from './files.ts';
import { createGate } from './gate.ts';
import { readTemplates } from './label-studio-templates.ts';
import { Place } from './place.ts';
import { type Checked, Workshop } from './workshop.ts';

/** What the release has, so that fewer cannot pass unseen: files, and those that differ. */
const FILES = 102;
const DIFFERENT = 75;

interface Context {
  place: Place;
  checks: Map<string, Promise<Checked>>;
}

const { files, configs } = readTemplates();
const test = suite<Context>('label-studio-templates');

test.before(async (context) => {
  const place = new Place('templates');
  const workshop = await Workshop.open(place);
  Object.assign(context, { place, checks: new Map() });
  writeFiles(place.directory, Object.fromEntries([...configs].map(([name, xml]) => [`${name}.xml`, xml])));
  const gate = createGate(2);
  for (const name of configs.keys()) {
    const check = gate(() => workshop.check({ name, flags: ['--config', `${name}.xml`] }));
    // Its own test reports it, once it gets there.
    check.catch(() => {});
    context.checks.set(name, check);
  }
});
test.after(({ place }) => place.clear());

test(`there are ${files} templates, ${configs.size} that differ`, () => {
  assert.ok(files >= FILES && configs.size >= DIFFERENT, `${files} files, ${configs.size} different`);
});

for (const [name, xml] of configs) {
  const { size } = parseLabelConfig(xml).controls;
  test(`${name}: ${size} controls, and green`, async ({ checks }) => {
    const { said, check } = { ...(await checks.get(name)) };
    const stubs = `${size} ${size === 1 ? 'control' : 'controls'} \\(.*\\), a typed stub for each`;
    const found = size === 1 ? `(.* on .*, a fresh starter|${stubs})` : stubs;
    assert.match(said ?? '', new RegExp(`✔ Created ${name}: ${found}, \\d+ files`));
    const [, passed = '', total] = /^(\d+) of (\d+)$/.exec(check ?? '') ?? [];
    assert.is(passed, total);
    assert.ok(Number(passed) >= CHECKS.length, `${passed} tests`);
  });
}

test.run();
