/** The environment of a user's own shell: what `npm test` adds for its scripts would hide what is missing there. */

import { execFileSync } from 'node:child_process';
import { delimiter } from 'node:path';

/** Where packages come from may have been set on the command line. */
const KEPT = /^npm_config_(registry|cache|userconfig|.*proxy|cafile|strict_ssl)$/;
/** npm writes its variables in lower case: upper case is the user's. The rest would change how we print. */
const DROPPED = /^(npm_.*|NODE|INIT_CWD|COLOR|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|PORT)$/;

export function shellEnvironment(more: Record<string, string | undefined> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...more })) {
    if (value === undefined || (!Object.hasOwn(more, name) && DROPPED.test(name) && !KEPT.test(name))) continue;
    env[name] = name === 'PATH' && !Object.hasOwn(more, name) ? shellPath(value) : value;
  }
  return env;
}

function shellPath(path: string): string {
  const entries = path.split(delimiter);
  return entries.filter((entry) => !/[\\/](node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/.test(entry)).join(delimiter);
}

/** The Node of the user's shell, which may be older than the one that runs the tests: '20.20.2'. */
export function shellNode(): string {
  const version = execFileSync('node', ['--version'], { env: shellEnvironment(), encoding: 'utf8' });
  return version.trim().slice(1);
}

/** What npm tells the programs it runs about itself. */
export function userAgent(nodeVersion: string): string {
  return `npm/11.6.0 node/v${nodeVersion} linux x64 workspaces/false`;
}
