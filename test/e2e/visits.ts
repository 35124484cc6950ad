/** What else a running project has to show beside the contract. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ExampleId } from '../../generators/app/options.ts';
import { createRemoteBackend } from '../../runtime/testing.ts';
import type { Place } from './place.ts';
import type { Server } from './server.ts';

export interface Visitor {
  server: Server;
  directory: string;
  place: Place;
}

export type Visit = (visitor: Visitor) => Promise<void>;

export const exampleVisits = {
  'text-classifier': teach,
} as const satisfies Record<ExampleId, Visit>;

/** Its own script plays a labeling server: held-out texts before and after a few hundred annotations. */
async function teach({ server, directory, place }: Visitor): Promise<void> {
  const order = { cwd: directory, seconds: 120 };
  const { output } = await place.expect('npm', ['run', 'teach', '--', '--url', server.url], order);
  const [before = Number.NaN, after = Number.NaN] = ['before', 'after'].map((when) =>
    Number(new RegExp(`^${when} +(\\d+\\.\\d) % of \\d{3,} .*\\bright`, 'm').exec(output)?.[1]),
  );
  assert.ok(before < 60 && after > 75 && after - before > 20, `accuracy before and after:\n${output}`);
}

/** The named class is the one that answers, with its own files at hand. */
export async function askScript({ server, directory }: Visitor): Promise<void> {
  const [labelConfig = '', tasks = ''] = ['label-config.xml', 'tasks.json'].map((name) => join(directory, name));
  const backend = createRemoteBackend(server.url, { labelConfig, tasks });
  const { results } = await backend.predict(backend.tasks.slice(0, 1));
  assert.deepEqual(
    results.map(({ score, result }) => [score, result[0]?.value]),
    [[0.25, { choices: backend.config.controls.get('topic')?.flat.slice(-1) }]],
  );
}
