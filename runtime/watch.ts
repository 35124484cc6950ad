/** `npm run dev` loads this before the start: types follow label-config.xml, and files that are read restart it, too. */

import { join } from 'node:path';
import { InputError } from './errors.ts';
import { TYPE_FILE, updateTypeFile } from './type-file.ts';

const project = join(import.meta.dirname, '..');

// Node's own words between a watched process and its watcher. Were they to change, only these restarts would be missed.
if (process.env.WATCH_REPORT_DEPENDENCIES) {
  process.send?.({ 'watch:require': ['label-config.xml', 'tasks.json', '.env'].map((name) => join(project, name)) });
  try {
    updateTypeFile(project);
  } catch (error) {
    // What is wrong with the XML, the start says itself. On a read-only disk it serves all the same.
    if (!(error instanceof InputError)) {
      process.stderr.write(`! ${TYPE_FILE} stays as it is: ${error instanceof Error ? error.message : error}\n`);
    }
  }
}
