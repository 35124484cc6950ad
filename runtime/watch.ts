/** `npm run dev` loads this before the start: Node's watcher then also restarts for files that are read, not imported. */

import { join } from 'node:path';

const project = join(import.meta.dirname, '..');

// Node's own words between a watched process and its watcher. Were they to change, only these restarts would be missed.
if (process.env.WATCH_REPORT_DEPENDENCIES) {
  process.send?.({ 'watch:require': ['label-config.xml', 'tasks.json', '.env'].map((name) => join(project, name)) });
}
