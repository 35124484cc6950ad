/** npm pack and npm publish, as a release does them. */

import { join } from 'node:path';
import { root, withBuild } from './package.ts';
import type { Place } from './place.ts';
import type { Registry } from './registry.ts';

export interface Packed {
  filename: string;
  size: number;
  files: { path: string; mode: number }[];
}

/** Without scripts: whoever packs for real builds first, here the build is shared with other tests. */
export async function pack(place: Place, directory: string, flags: string[]): Promise<Packed> {
  const { stdout } = await place.expect('npm', ['pack', '--ignore-scripts', '--json', ...flags], { cwd: directory });
  const [packed] = JSON.parse(stdout) as Packed[];
  if (packed === undefined) throw new Error(`npm pack said ${stdout}`);
  return packed;
}

export async function publish(place: Place, { env }: Registry): Promise<Packed> {
  const packed = await withBuild(() => pack(place, root, ['--pack-destination', place.directory]));
  await place.expect('npm', ['publish', join(place.directory, packed.filename)], { env });
  return packed;
}
