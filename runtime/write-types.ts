/** `npm run types`: writes label-config.d.ts from label-config.xml, so that the compiler knows its names and labels. */

import { dirname } from 'node:path';
import { InputError } from './errors.ts';
import { TYPE_FILE, updateTypeFile } from './type-file.ts';

const USAGE = `Writes ${TYPE_FILE} from label-config.xml: control names, labels, values and task data as types.

Usage: npm run types`;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const [unknown] = args.filter((arg) => arg !== '--help' && arg !== '-h');
  if (unknown !== undefined) {
    process.stderr.write(`✗ unknown argument '${unknown}'\n\n${USAGE}\n`);
    return 2;
  }
  if (args.length > 0) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const written = updateTypeFile(dirname(import.meta.dirname));
    process.stdout.write(`✔ ${TYPE_FILE} ${written ? 'written' : 'is up to date'}\n`);
    return 0;
  } catch (error) {
    // What the user can mend is a sentence; anything else needs its stack.
    if (!(error instanceof InputError) && !(error instanceof Error && 'code' in error)) throw error;
    process.stderr.write(`✗ ${TYPE_FILE} stays as it is: ${error.message}\n`);
    return 1;
  }
}
