/** Walks through many projects, two at a time, with a test for each. */

import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { CHECKS } from '../../runtime/testing.ts';
import { writeFiles } from './files.ts';
import { createGate } from './gate.ts';
import { Place } from './place.ts';
import { type Plan, type Walk, Workshop } from './workshop.ts';

export interface Walking {
  place: Place;
  workshop: Workshop;
  walks: Map<string, Promise<Walk>>;
}

export type WalkPlan = Plan & { found?: string };

/**
 * The first plan is installed by the command itself; the others are made without, and share what is installed.
 * @param files what the flags of the plans name
 */
export function walkProjects(name: string, plans: readonly WalkPlan[], files: Record<string, string>): Test<Walking> {
  const test = suite<Walking>(name);

  test.before(async (context) => {
    const place = new Place(name);
    const workshop = await Workshop.open(place);
    Object.assign(context, { place, workshop, walks: new Map() });
    writeFiles(place.directory, files);
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

  const everything = CHECKS.map((check) => check.name);
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
  return test;
}
