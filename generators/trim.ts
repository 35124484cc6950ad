/** What the bundle leaves out of Yeoman: the parts that look up, install and run other people's generators. */

import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Plugin, PluginBuild } from 'esbuild';

/** Packages that only those parts import, and what they import of them: each becomes a name that throws when called. */
const stubs: Record<string, readonly string[]> = {
  'fly-import': ['FlyRepository'],
  '@yeoman/adapter': ['QueuedAdapter'],
  './generator-lookup.js': ['lookupGenerators'],
  '../generator-lookup.js': ['defaultExtensions'],
  'latest-version': ['default'],
  'which-package-manager': ['whichPackageManager'],
  'simple-git': ['CheckRepoActions', 'CleanOptions', 'simpleGit'],
  'read-package-up': ['readPackageUpSync'],
  minimist: ['default'],
  'text-table': ['default'],
  // Copying by glob pattern.
  tinyglobby: ['glob', 'globSync', 'isDynamicPattern'],
  minimatch: ['minimatch'],
  multimatch: ['default'],
  isbinaryfile: ['isBinaryFileSync'],
  textextensions: ['default'],
  binaryextensions: ['default'],
  // Files that are streams.
  teex: ['default'],
  'strip-bom-stream': ['default'],
  // Conflicts are decided by our own plan, before anything is in the in-memory file system.
  './commit.js': ['commitSharedFsTask'],
  '@yeoman/conflicter': [],
  '@yeoman/transform': ['filePipeline', 'transform'],
  // Ours is loaded when a program is started; Yeoman's would be loaded before the first question.
  execa: ['execa', 'execaSync', 'execaCommand', 'execaCommandSync'],
};

/** Packages that are replaced by the little that is used of them. */
const replaced: Record<string, string> = {
  // They say things that nobody gets to see.
  debug: 'export default () => () => {};',
  chalk: 'export default new Proxy({}, { get: () => String });',
  'lodash-es': `
    export { default as get } from 'lodash-es/get.js';
    export { default as set } from 'lodash-es/set.js';
    export const cloneDeep = structuredClone;
    export const pick = (from, keys) => Object.fromEntries(keys.filter((key) => key in from).map((key) => [key, from[key]]));
    export const defaults = (to, ...sources) => Object.assign(to, ...sources.reverse(), { ...to });
    ${['merge', 'template', 'escapeRegExp', 'findLast'].map((name) => leaveOut('lodash-es', name)).join('\n')}`,
};

/** Lines of their sources that are replaced. One that is not found any more fails the build, as does a package above that nothing imports any more. */
const patches: readonly { file: string; from: string; to: (version: string) => string }[] = [
  // Both read the package.json above them, which would be ours.
  {
    file: 'yeoman-generator/dist/generator.js',
    from: "JSON.parse(readFileSync(pathJoin(_dirname, '../package.json'), 'utf8'))",
    to: (version) => `{ version: '${version}' }`,
  },
  {
    file: 'yeoman-environment/dist/environment-base.js',
    from: "require('../package.json').version",
    to: (version) => `'${version}'`,
  },
  // All of lodash, for a property that this generator does not use.
  { file: 'yeoman-generator/dist/generator.js', from: "import * as _ from 'lodash-es';", to: () => '' },
  { file: 'yeoman-generator/dist/generator.js', from: '    _ = _;', to: () => '' },
  // Whether the environment is new enough for the generator: they are bundled together.
  {
    file: 'yeoman-generator/dist/generator.js',
    from: "import { lte as semverLte } from 'semver';",
    to: () => 'const semverLte = () => true;',
  },
  // Only the base is used. As an import that may run something, the full environment would stay in.
  {
    file: 'yeoman-environment/dist/index.js',
    from: 'import Environment from "./environment-full.js";\nexport { default } from "./environment-full.js";',
    to: () => '',
  },
  {
    file: 'yeoman-environment/dist/index.js',
    from: 'export const createEnv = (options) => new Environment(options);',
    to: () => '',
  },
  { file: 'yeoman-environment/dist/index.js', from: 'export * from "./commands.js";', to: () => '' },
  { file: 'yeoman-environment/dist/index.js', from: 'export * from "./util/command.js";', to: () => '' },
  { file: 'yeoman-environment/dist/index.js', from: 'export * from "./commit.js";', to: () => '' },
  {
    file: 'yeoman-environment/dist/index.js',
    from: 'export { lookupGenerator } from "./generator-lookup.js";',
    to: () => '',
  },
  // An empty line is a row too: else the screen breaks below a validation message that takes more than one.
  {
    file: 'prompts/lib/util/lines.js',
    from: 'Math.ceil(l.length / perLine)',
    to: () => 'Math.max(1, Math.ceil(l.length / perLine))',
  },
];

export interface Trim {
  plugin: Plugin;
  /** After the build: what has moved in the packages since this file was written. */
  unused(): string[];
}

/** The esbuild plugin that leaves them out. */
export function trimYeoman(): Trim {
  const used = new Set<string>();
  const names = [...Object.keys({ ...stubs, ...replaced }), ...patches.map(({ file, from }) => patchName(file, from))];
  const plugin: Plugin = {
    name: 'trim-yeoman',
    setup(build) {
      stubPackages(build, used);
      patchFiles(build, used);
      preferOurs(build);
    },
  };
  return { plugin, unused: () => names.filter((name) => !used.has(name)) };
}

const patchName = (file: string, from: string) => `${file}: ${from}`;

function stubPackages(build: PluginBuild, used: Set<string>): void {
  build.onResolve({ filter: /^[@\w./-]+$/ }, ({ path, importer }) => {
    const importers = path.startsWith('.')
      ? /node_modules[\\/]yeoman-environment/
      : /node_modules[\\/](@yeoman|yeoman-|mem-fs|vinyl)/;
    if ((stubs[path] ?? replaced[path]) === undefined || !importers.test(importer)) return undefined;
    used.add(path);
    return { path, namespace: 'stub', sideEffects: false };
  });
  build.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({
    resolveDir: build.initialOptions.absWorkingDir ?? '.',
    contents: replaced[path] ?? (stubs[path] ?? []).map((name) => leaveOut(path, name)).join('\n'),
  }));
}

function leaveOut(path: string, name: string): string {
  const body = `{ throw new Error(${JSON.stringify(`${path} is not in the bundle`)}); }`;
  if (name === 'default') return `export default function () ${body}`;
  // Made by the environment's constructor, and never asked for anything.
  return name === 'FlyRepository' ? `export class ${name} {}` : `export class ${name} { constructor() ${body} }`;
}

function patchFiles(build: PluginBuild, used: Set<string>): void {
  build.onLoad(
    {
      filter:
        /yeoman-(generator|environment)[\\/]dist[\\/](index|generator|environment-base)\.js$|prompts[\\/]lib[\\/]util[\\/]lines\.js$/,
    },
    async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      const [folder = ''] = /^.*node_modules[\\/][^\\/]+/.exec(path) ?? [];
      const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
      for (const { file, from, to } of patches) {
        if (!path.endsWith(file.replaceAll('/', sep)) || !contents.includes(from)) continue;
        contents = contents.replace(from, () => to(manifest.version));
        used.add(patchName(file, from));
      }
      return { contents, loader: 'js' };
    },
  );
}

function preferOurs(build: PluginBuild): void {
  // mem-fs-editor brings another version of ejs: one is enough.
  build.onResolve({ filter: /^ejs$/ }, ({ kind, importer }) => {
    if (!importer.includes('node_modules')) return undefined;
    return build.resolve('ejs', { kind, resolveDir: build.initialOptions.absWorkingDir ?? '.' });
  });
  // The package's main asks for the Node version, and has its sources twice: for Node 8, and for today's.
  build.onResolve({ filter: /^prompts$/ }, ({ kind, resolveDir }) =>
    build.resolve('prompts/lib/index.js', { kind, resolveDir }),
  );
}
