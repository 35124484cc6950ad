/** Makes projects with the packaged command, installs each set of dependencies once, and has a person walk through them. */

import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS, createRemoteBackend } from '../../runtime/testing.ts';
import { unpackInto } from './package.ts';
import type { Place, Ran } from './place.ts';
import { type Server, startServer } from './server.ts';
import type { Visit } from './visits.ts';
import { pastePrinted } from './walk.ts';

export interface Plan {
  name: string;
  flags: readonly string[];
  /** Something more to do while its server runs. */
  visit?: Visit;
}

/** What a walk saw, to be compared as a whole. */
export interface Walk {
  /** What the command printed. */
  said: string;
  directory: string;
  test: string;
  check: string;
  /** Parts of the contract that the running server kept. */
  kept: string[];
  /** The server's last line after SIGTERM, without its time. */
  goodbye: string;
}

/** What is known of a project that nobody started. */
export type Checked = Pick<Walk, 'said' | 'check'>;

interface Manifest {
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

export class Workshop {
  readonly #place: Place;
  readonly #bin: string;
  /** Set of dependencies → the project whose node_modules has it. */
  readonly #installed = new Map<string, Promise<string>>();
  /** What was said as a project was made. */
  readonly #said = new Map<string, string>();

  private constructor(place: Place, bin: string) {
    this.#place = place;
    this.#bin = bin;
  }

  static async open(place: Place): Promise<Workshop> {
    return new Workshop(place, await unpackInto(place.folder('package')));
  }

  /** Runs the command as the user's own Node would; what it writes is not installed. */
  async create(name: string, flags: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const args = [this.#bin, name, '--yes', '--no-git', '--no-install', ...flags];
    return (await this.#place.expect('node', args, { env })).output;
  }

  /** The same with all that the command does unasked: install, git init, first commit. Others share its node_modules. */
  async createInstalled({ name, flags }: Plan): Promise<void> {
    const args = [this.#bin, name, '--yes', ...flags];
    const { output } = await this.#place.expect('node', args, { env: { ...preferCache, ...author }, seconds: 240 });
    this.#said.set(name, output);
    const directory = this.at(name);
    this.#installed.set(setOf(directory), Promise.resolve(directory));
  }

  at(name: string): string {
    return join(this.#place.directory, name);
  }

  /** Made, and held against types, format and tests: all that `npm run check` runs. */
  async check({ name, flags }: Plan): Promise<Checked> {
    const said = await this.create(name, flags);
    await this.#install(this.at(name));
    const check = await this.#place.expect('npm', ['run', 'check'], { cwd: this.at(name) });
    return { said, check: countOf(check) };
  }

  async walk({ name, flags, visit }: Plan): Promise<Walk> {
    const directory = this.at(name);
    const said = this.#said.get(name) ?? (await this.create(name, flags));
    await this.#install(directory);
    const test = await this.#place.expect('npm', ['test'], { cwd: directory });
    const check = await this.#place.expect('npm', ['run', 'check'], { cwd: directory });
    const server = await startServer(this.#place, directory);
    try {
      const { results } = await pastePrinted(this.#place, server);
      if (results.length === 0) throw new Error('the printed command was answered without a prediction');
      const kept = await checkContract(server, directory);
      await visit?.({ server, directory, place: this.#place });
      await server.stop();
      const goodbye = server.output().trimEnd().split('\n').at(-1)?.replace(/^\S+ /, '') ?? '';
      return { said, directory, test: countOf(test), check: countOf(check), kept, goodbye };
    } catch (error) {
      throw new Error(
        `${error instanceof Error ? error.message : error}\nThe server of ${name} said:\n${server.output()}`,
        {
          cause: error,
        },
      );
    }
  }

  async #install(directory: string): Promise<void> {
    const set = setOf(directory);
    const present = await this.#installed.get(set);
    if (present === directory) return;
    if (present !== undefined) return symlinkSync(join(present, 'node_modules'), join(directory, 'node_modules'));
    const order = { cwd: directory, seconds: 240, env: preferCache };
    const installing = this.#place.expect('npm', ['install'], order).then(() => directory);
    this.#installed.set(set, installing);
    await installing;
  }
}

const preferCache = { npm_config_prefer_offline: 'true' };
/** git commits for nobody without a name, and a CI's machine has none. */
const author = {
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'user.name',
  GIT_CONFIG_VALUE_0: 'A Tester',
  GIT_CONFIG_KEY_1: 'user.email',
  GIT_CONFIG_VALUE_1: 'tester@example.com',
};

export function readManifest(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
}

function setOf(directory: string): string {
  const { dependencies, devDependencies } = readManifest(directory);
  return JSON.stringify([dependencies, devDependencies]);
}

/** Over HTTP, with the project's own config and tasks. */
export async function checkContract({ url }: Server, directory: string): Promise<string[]> {
  const [labelConfig = '', tasks = ''] = ['label-config.xml', 'tasks.json'].map((name) => join(directory, name));
  const backend = createRemoteBackend(url, { labelConfig, tasks });
  const kept: string[] = [];
  for (const { name, check } of CHECKS) {
    await check(backend).catch((error: Error) => {
      throw new Error(`contract: ${name}: ${error.message}`, { cause: error });
    });
    kept.push(name);
  }
  return kept;
}

/** uvu's own count, since it exits 0 when there was nothing to run. */
export function countOf({ output }: Ran): string {
  const [, total] = /Total:\s+(\d+)/.exec(output) ?? [];
  const [, passed] = /Passed:\s+(\d+)/.exec(output) ?? [];
  return `${passed} of ${total}`;
}
