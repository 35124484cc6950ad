/** The text classifier beside scikit-learn: a run of its own script, whose table is taken over as it is. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Peers } from './peers.ts';
import { run } from './processes.ts';
import type { Scale, Section } from './report.ts';

const SCRIPT = fileURLToPath(new URL('./classifier.ts', import.meta.url));

export async function measureClassifier(_peers: Peers, { quick }: Scale): Promise<Section> {
  const title = 'The text classifier beside scikit-learn';
  const skipped = (why: string): Section => ({ title, head: [], rows: [], goals: [], remarks: [why] });
  if (!existsSync(SCRIPT)) return skipped('test/bench/classifier.ts is not there.');
  if (quick) return skipped('Left out of a quick run: node test/bench/classifier.ts');
  const output = await run([process.execPath, SCRIPT]);
  return { title, head: [], rows: [], goals: [], remarks: [output.trim()] };
}
