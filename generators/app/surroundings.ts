/** What the command stands in: folder, environment, terminal, package manager, the user's own Node. Read once. */

import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PackageManagerId, packageManagers } from './choices.ts';
import { optionRows } from './options.ts';

export type Environment = Record<string, string | undefined>;

export interface Surroundings {
  cwd: string;
  env: Environment;
  /** A person can be asked: both ends are a terminal. */
  interactive: boolean;
  packageManager: PackageManagerId;
  /** The Node that the user's own shell runs, without the v: '20.20.2'. */
  nodeVersion: string;
  /** How this command was typed up to the folder, for the line that repeats the run. */
  typed: 'create' | 'npx' | 'clone';
  /** This package's own version. */
  version: string;
}

/** The package's own folder, with templates/, runtime/ and examples/: two above this file, in source as in dist/. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Where the project's runtime starts without a flag: the first Nodes that strip types by default. */
export const oldestNode = '22.18';

export function readSurroundings(cwd: string, env: Environment, interactive: boolean): Surroundings {
  const agent = parseUserAgent(env.npm_config_user_agent);
  return {
    cwd,
    env,
    interactive,
    packageManager: agent.packageManager ?? 'npm',
    nodeVersion: agent.nodeVersion ?? process.versions.node,
    typed: spellingOf(env),
    version: (JSON.parse(readFileSync(`${packageRoot}package.json`, 'utf8')) as { version: string }).version,
  };
}

/**
 * `npm/11.6.0 node/v24.1.0 linux x64 workspaces/false`. The Node in it is the one that runs the package manager: in a
 * clone that pins its own Node, process.version would be the pinned one. Bun only claims a Node version.
 */
function parseUserAgent(agent = ''): { packageManager?: PackageManagerId; nodeVersion?: string } {
  const packageManager = packageManagers.find(({ id }) => agent.startsWith(`${id}/`))?.id;
  const nodeVersion = packageManager === 'bun' ? undefined : / node\/v(\d+\.\d+\.\d+)/.exec(agent)?.[1];
  return { ...(packageManager && { packageManager }), ...(nodeVersion && { nodeVersion }) };
}

function spellingOf(env: Environment): Surroundings['typed'] {
  if (env.npm_lifecycle_event === 'create' && env.npm_package_name === 'create-wow-ai-ml') return 'clone';
  return env.npm_command === 'init' || env.npm_config_user_agent?.startsWith('npm/') === false ? 'create' : 'npx';
}

/** Runs .ts files without a flag: 22.18, 23.6 and everything after. */
export function stripsTypes(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** npm's own settings of the same names: in .npmrc they are nobody's forgotten `--`. */
const npmOwn = new Set(['yes', 'force', 'version', 'verbose', 'help', 'git']);

/** Flags of ours that npm took for its own, since no -- stood in front of them: `npm create wow-ai-ml x --example y`. */
export function findSwallowedFlags(env: Environment): { flag: string; value: string }[] {
  const swallowed: { flag: string; value: string }[] = [];
  for (const [, row] of optionRows()) {
    for (const name of [row.flag, ...(row.also ?? [])]) {
      const value = env[`npm_config_${name.replaceAll('-', '_')}`];
      // npm has a dry run and a `git` of its own, but nobody keeps these two values in .npmrc.
      const meant = !npmOwn.has(name) || (name === 'git' && value === 'false');
      if (value !== undefined && value !== '' && meant) swallowed.push({ flag: name, value });
    }
  }
  return swallowed;
}

/** Settings of npm that reach the project's install as they reached us: where packages come from, and how. */
const kept =
  /^npm_config_(registry|@.*|\/\/.*|_auth.*|.*_?proxy|ca|cafile|cert|key|strict_ssl|cache|userconfig|globalconfig|offline|prefer_o\w+|fetch_\w+|maxsockets|before)$/i;

/**
 * The environment as the user's shell has it: without what npm adds for the scripts it runs. Else the project would
 * find our node_modules/.bin on its PATH, and npm would take our flags for its own.
 */
export function ownEnvironment(env: Environment): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || name === 'INIT_CWD' || name === 'NODE') continue;
    // npm writes its variables in lower case: upper case is the user's.
    if (name.startsWith('npm_') && !kept.test(name)) continue;
    own[name] = name.toUpperCase() === 'PATH' ? ownPath(value) : value;
  }
  return own;
}

function ownPath(path: string): string {
  return path
    .split(delimiter)
    .filter((entry) => !/[\\/]node_modules[\\/]\.bin[\\/]?$|[\\/]node-gyp-bin[\\/]?$/.test(entry))
    .join(delimiter);
}
