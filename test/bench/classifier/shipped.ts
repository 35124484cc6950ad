/** Writes the example's own small text set: node test/bench/classifier/shipped.ts */

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cacheDirectory, type Described, readDebian, shuffled } from './debian.ts';

/** Label of the example's labeling config, by section of the archive. */
const LABELS = {
  fonts: 'Fonts',
  games: 'Games',
  graphics: 'Graphics',
  mail: 'Mail',
  math: 'Math',
  net: 'Network',
  science: 'Science',
  sound: 'Sound',
} as const;

const PER_LABEL = 150;
const LONGEST = 180;

const described = shuffled(await readDebian(await cacheDirectory()));
const chosen = Object.entries(LABELS).flatMap(([section, label]) =>
  described
    .filter(
      (one) => one.section === section && one.text.length >= 60 && !/transitional|dummy|metapackage/i.test(one.text),
    )
    .slice(0, PER_LABEL)
    .map((one) => ({ ...one, label })),
);
const lines = shuffled(chosen).map((one) => [one.label, one.package, shortened(one)].join('\t'));
const file = fileURLToPath(new URL('../../../examples/text-classifier/texts/packages.tsv', import.meta.url));
await writeFile(file, `label\tpackage\ttext\n${lines.join('\n')}\n`);
console.log(`${file}: ${lines.length} texts`);

/** The beginning of a description, cut between words. */
function shortened({ text }: Described): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$/, '')} …`;
}
