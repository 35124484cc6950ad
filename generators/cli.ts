#!/usr/bin/env node
/** The bin. Bundled to syntax that Node 6 still reads, so that a Node that is too old says what it needs. */

const oldest = 20;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(
    `create-wow-ai-ml needs Node ${oldest} or newer (24 is best); this is Node ${process.versions.node}.
Get it from https://nodejs.org, or with a version manager: nvm install 24, fnm install 24, volta install node@24.
Then run the same command again.`,
  );
  process.exitCode = 1;
} else {
  require('./load.cjs');
}
