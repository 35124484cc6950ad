/** `npm run versions`: lists what trainings left, serves another version, rolls back; with or without a running server. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { InputError, unknownName } from './errors.ts';
import { Activations, LATEST, ROLLBACK } from './state/activations.ts';
import { Database } from './state/database.ts';
import { Jobs } from './state/jobs.ts';
import { Lease } from './state/lease.ts';
import { Projects } from './state/projects.ts';
import { UNTRAINED, type Version, Versions } from './state/versions.ts';

const HELP = `Lists the versions of the model, and serves another one.

Usage: npm run versions -- [command] [flags]

  list             all versions, newest first; * is served (without a command: this)
  activate NAME    serve this version; ${LATEST}: the newest, also in future; ${UNTRAINED}: the model as it was before
  rollback         serve the version before

  --project ID     which project; may be left out where there is but one
  --model-dir DIR  where state and versions live (default ./data) [MODEL_DIR]
  --help           this text

A running server loads the version first, then serves it. Without one it is served from the next start on.
Exit codes: 0 done, 1 it could not be done, 2 the command is wrong.
`;

/** How long a server may take to load a model, in milliseconds. */
const PATIENCE = 120_000;
const OPTIONS = {
  project: { type: 'string' },
  'model-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const COMMANDS = ['list', 'activate', ROLLBACK];

class UsageError extends Error {}

try {
  process.stdout.write(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof InputError || error instanceof UsageError)) throw error;
  process.stderr.write(`✗ ${error.message}\n`);
  process.exitCode = error instanceof UsageError || error.status === 404 ? 2 : 1;
}

async function main(args: string[]): Promise<string> {
  const { command, name, project: wanted, modelDir, help } = parseCommand(args);
  if (help) return HELP;
  if (!existsSync(join(modelDir, 'state.sqlite'))) {
    if (command === 'list') return `There are no versions yet: ${modelDir} has no state.\n`;
    throw new UsageError(`${modelDir} has no state: start the server first, or say where it is with --model-dir`);
  }
  const database = new Database(modelDir);
  try {
    const projects = new Projects(database);
    const versions = new Versions(database, new Jobs(database));
    const activations = new Activations(database, projects, versions);
    if (command === 'list') return listText(versions, activations, wanted);
    const project = chooseProject(versions, wanted);
    return await serve({ database, versions, activations, lease: new Lease(modelDir) }, project, name ?? ROLLBACK);
  } finally {
    database.close();
  }
}

function parseCommand(args: string[]) {
  const root = join(import.meta.dirname, '..');
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  const given = args[0] === '--' ? args.slice(1) : args;
  const { values, positionals, tokens } = parseArgs({
    args: given,
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (!(token.name in OPTIONS)) {
      const known = Object.keys(OPTIONS).map((flag) => `--${flag}`);
      throw new UsageError(`${unknownName('flag', token.rawName, known)}; see --help`);
    }
    if (token.name !== 'help' && !token.value) throw new UsageError(`${token.rawName} needs a value; see --help`);
  }
  const [command = 'list', name, extra] = positionals;
  if (!COMMANDS.includes(command)) throw new UsageError(`${unknownName('command', command, COMMANDS)}; see --help`);
  if (command === 'activate' && name === undefined) {
    throw new UsageError('activate needs the name of a version, such as v2; see --help');
  }
  const stray = command === 'activate' ? extra : name;
  if (stray !== undefined) throw new UsageError(`unexpected argument '${stray}'; see --help`);
  return {
    command,
    name,
    help: values.help === true,
    project: values.project as string | undefined,
    modelDir: String(values['model-dir'] ?? (process.env.MODEL_DIR || 'data')),
  };
}

function chooseProject(versions: Versions, wanted: string | undefined): string {
  const known = versions.projects();
  // As the labeling server writes it: 12.1654592272.
  const project = wanted?.split('.', 1)[0];
  if (project !== undefined) {
    if (known.includes(project)) return project;
    throw new UsageError(unknownName('project', project, known));
  }
  const [only, ...more] = known;
  if (only !== undefined && more.length === 0) return only;
  throw new UsageError(
    only === undefined ? 'there are no versions yet' : `say which project with --project: ${known.join(', ')}`,
  );
}

interface Parts {
  database: Database;
  versions: Versions;
  activations: Activations;
  lease: Lease;
}

async function serve({ database, activations, lease }: Parts, project: string, wanted: string): Promise<string> {
  const plan = activations.plan(project, wanted);
  const future = plan.record === undefined ? '' : `; versions to come are not served until: activate ${LATEST}`;
  if (lease.acquire()) {
    try {
      await database.write(() => activations.record(plan));
      return `project ${project}: ${plan.version ?? 'the untrained model'} is served from the next start on${future}\n`;
    } finally {
      lease.release();
    }
  }
  const id = await activations.request(project, wanted);
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const { served, refused } = activations.find(id) ?? {};
    if (served) return `project ${project}: ${served} is served now${future}\n`;
    if (refused) throw new InputError(refused, 409);
    await sleep(100);
  }
  await activations.answer(id, { refused: 'nobody waited for it' });
  throw new InputError(`the server has not loaded ${wanted} within ${PATIENCE / 1000} s: its log may say why`, 503);
}

function listText(versions: Versions, activations: Activations, wanted: string | undefined): string {
  const known = versions.projects();
  const chosen = wanted === undefined ? known : [chooseProject(versions, wanted)];
  if (chosen.length === 0) return 'There are no versions yet: no training has published one.\n';
  return chosen.map((project) => projectText(project, versions.list(project), activations.serving(project))).join('\n');
}

function projectText(project: string, versions: Version[], serving: string | undefined): string {
  const lines = versions.map(({ name, job, promoted, metrics, createdAt }) =>
    [
      `${name === serving ? '*' : ' '} ${name.padEnd(6)}`,
      new Date(createdAt).toISOString().slice(0, 16).replace('T', ' '),
      `training ${job}`,
      ...(metrics?.score === undefined ? [] : [`score ${Number(metrics.score.toPrecision(4))}`]),
      ...(promoted ? [] : ['did worse than the one before']),
    ].join('  '),
  );
  const untrained = serving === undefined ? [`* ${UNTRAINED}`] : [];
  return `project ${project}\n${[...untrained, ...lines].join('\n')}\n`;
}
