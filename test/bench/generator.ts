/** The generator beside create-vite and create-hono: what is downloaded, and how long it takes to write a project. */

import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installNpm, REPO } from './installs.ts';
import type { Peers } from './peers.ts';
import { run } from './processes.ts';
import { type Goal, number, ratio, type Scale, type Section } from './report.ts';
import { interleaved, median, pairwise } from './rounds.ts';

type Name = 'ours' | 'create-vite' | 'create-hono';

interface Generator {
  name: Name;
  /** The file that `npm create` runs. */
  bin: string;
  /** Arguments that write a project without a question; none where templates come from elsewhere. */
  write: ((project: string) => string[]) | undefined;
  /** Sizes in kB. */
  tarball: number;
  unpacked: number;
  /** The same without the data that examples bring. */
  code: { tarball: number; unpacked: number };
  packages: number;
}

const BIN = 'generators/dist/cli.cjs';

export async function measureGenerator(peers: Peers, { quick, say }: Scale): Promise<Section> {
  say('generator: building, packing, installing');
  await run([process.execPath, 'generators/build.ts'], { cwd: REPO });
  const generators = [
    await ours(peers.folder),
    await theirs('create-vite', viteArguments),
    await theirs('create-hono'),
  ];
  const byName = new Map(generators.map((one) => [one.name, one]));
  const names = generators.map(({ name }) => name);
  const writers = generators.filter(({ write }) => write !== undefined).map(({ name }) => name);
  const time = async (name: Name, args: readonly string[]): Promise<number> => {
    const started = performance.now();
    await run([process.execPath, byName.get(name)?.bin ?? '', ...args], { cwd: peers.folder });
    return performance.now() - started;
  };
  say('generator: --help');
  const help = await interleaved(names, quick ? 4 : 12, (name) => time(name, ['--help']));
  say('generator: writing');
  const write = await interleaved(writers, quick ? 4 : 12, async (name) => {
    const project = `written-by-${name}`;
    const took = await time(name, byName.get(name)?.write?.(project) ?? []);
    if (!existsSync(join(peers.folder, project, 'package.json'))) throw new Error(`${name} has written nothing`);
    rmSync(join(peers.folder, project), { recursive: true });
    return took;
  });
  const of = (times: Map<Name, number[]>, name: Name): number[] => (times.get(name) ?? []).slice(1);
  const over = (times: Map<Name, number[]>, name: Name) => pairwise(of(times, name), of(times, 'create-vite'));
  const [own] = generators;
  const goals: Goal[] = [
    { what: 'generator: --help × create-vite', bound: 'at most', limit: 1, measured: over(help, 'ours').median },
    { what: 'generator: writing × create-vite', bound: 'at most', limit: 3, measured: over(write, 'ours').median },
    {
      what: "generator: tarball kB, without the examples' data",
      bound: 'at most',
      limit: 200,
      measured: own?.code.tarball ?? Number.NaN,
    },
    {
      what: "generator: unpacked kB, without the examples' data",
      bound: 'at most',
      limit: 700,
      measured: own?.code.unpacked ?? Number.NaN,
    },
    { what: 'generator: packages', bound: 'at most', limit: 1, measured: own?.packages ?? Number.NaN },
  ];
  return {
    title: 'The generator',
    head: ['', 'tarball kB', 'unpacked kB', 'packages', '`--help` ms', '× create-vite', 'writing ms', '× create-vite'],
    rows: generators.map(({ name, tarball, unpacked, packages }) => [
      name === 'ours' ? 'create-wow-ai-ml' : name,
      number(tarball),
      number(unpacked),
      number(packages),
      number(median(of(help, name))),
      ratio(over(help, name)),
      number(median(of(write, name))),
      ratio(over(write, name)),
    ]),
    goals,
    remarks: ['create-hono fetches its templates when it runs; its writing is not measured.'],
  };
}

const viteArguments = (project: string): string[] => [project, '--template', 'vue-ts', '--no-interactive'];

/** As a user has it: packed, and installed from that. */
async function ours(folder: string): Promise<Generator> {
  const { file, size, unpackedSize } = await pack(['--pack-destination', folder], REPO);
  const { folder: home, packages } = await installNpm('create-wow-ai-ml', join(folder, file));
  const installed = join(home, 'node_modules/create-wow-ai-ml');
  const lean = join(folder, 'without-data');
  cpSync(installed, lean, { recursive: true, filter: (path) => !/\.[ct]sv$/.test(path) });
  const code = await pack(['--dry-run'], lean);
  return {
    name: 'ours',
    bin: join(installed, BIN),
    write: (project) => [project, '--example', 'text-classifier', '--yes', '--no-install', '--no-git'],
    tarball: size,
    unpacked: unpackedSize,
    code: { tarball: code.size, unpacked: code.unpackedSize },
    packages,
  };
}

async function theirs(name: Exclude<Name, 'ours'>, write?: Generator['write']): Promise<Generator> {
  const { folder, packages } = await installNpm(name);
  const installed = join(folder, 'node_modules', name);
  const { bin, version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
    version: string;
  };
  const { size, unpackedSize } = await pack(['--dry-run', `${name}@${version}`], folder);
  return {
    name,
    bin: join(installed, typeof bin === 'string' ? bin : (bin[name] ?? '')),
    write,
    tarball: size,
    unpacked: unpackedSize,
    code: { tarball: size, unpacked: unpackedSize },
    packages,
  };
}

/** What the registry hands out, sizes in kB. */
async function pack(args: string[], cwd: string): Promise<{ file: string; size: number; unpackedSize: number }> {
  const output = JSON.parse(await run(['npm', 'pack', '--json', '--ignore-scripts', ...args], { cwd })) as unknown;
  // A list up to npm 11, a record since.
  const [packed] = (Array.isArray(output) ? output : Object.values(output as object)) as Array<{
    filename: string;
    size: number;
    unpackedSize: number;
  }>;
  if (packed === undefined) throw new Error(`npm pack said nothing in ${cwd}`);
  return { file: packed.filename, size: packed.size / 1000, unpackedSize: packed.unpackedSize / 1000 };
}
