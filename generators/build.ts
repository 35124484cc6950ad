/** Bundles the generator, Yeoman included, into generators/dist: what `npm create` downloads has no dependencies. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyzeMetafile, type BuildOptions, build, type Metafile } from 'esbuild';
import { trimYeoman } from './trim.ts';

const generators = fileURLToPath(new URL('.', import.meta.url));
const dist = join(generators, 'dist');

const shared = {
  absWorkingDir: generators,
  bundle: true,
  platform: 'node',
  minify: true,
  // One long line would be what Node prints for an error that nobody caught.
  lineLimit: 200,
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
  // Nothing is written before all of it is built.
  write: false,
} as const satisfies BuildOptions;

/** The bin, for Nodes that are too old as well. */
const bin = await build({
  ...shared,
  entryPoints: ['cli.ts'],
  outfile: join(dist, 'cli.cjs'),
  format: 'cjs',
  target: 'node6',
  external: ['./load.cjs'],
});
const load = await build({
  ...shared,
  entryPoints: ['load.ts'],
  outfile: join(dist, 'load.cjs'),
  format: 'cjs',
  target: 'node20',
  plugins: [
    {
      name: 'front',
      setup: ({ onResolve }) => onResolve({ filter: /front\.ts$/ }, () => ({ path: './front.js', external: true })),
    },
  ],
});

/** The rest, in pieces that load when they are needed: the front, the questions, Yeoman, the starters of programs. */
const trim = trimYeoman();
const modules = await build({
  ...shared,
  metafile: true,
  entryPoints: ['front.ts'],
  outdir: dist,
  format: 'esm',
  splitting: true,
  target: 'node20',
  mainFields: ['module', 'main'],
  chunkNames: '[name]-[hash]',
  // Packages in CommonJS ask for Node's own modules with require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  plugins: [trim.plugin],
});

const stale = trim.unused();
if (stale.length > 0)
  throw new Error(`the bundled packages have moved: these patches found nothing to change: ${stale.join(', ')}`);

const files = new Map<string, Uint8Array | string>([
  ...[bin, load, modules].flatMap(({ outputFiles }) =>
    outputFiles.map((file) => [basename(file.path), file.contents] as const),
  ),
  ['THIRD-PARTY-LICENSES.txt', thirdPartyLicenses(modules.metafile)],
]);
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const [name, contents] of files)
  writeFileSync(join(dist, name), contents, { mode: name === 'cli.cjs' ? 0o755 : 0o644 });
report();
if (process.argv.includes('--analyze')) console.log(await analyzeMetafile(modules.metafile));

/** Every bundled package's licence, in its own words. */
function thirdPartyLicenses({ inputs }: Metafile): string {
  const folders = new Set<string>();
  for (const input of Object.keys(inputs)) {
    const path = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (path !== undefined) folders.add(path);
  }
  // Most licences differ in their copyright lines alone: one text, and the lines of all who use it.
  const texts = new Map<string, { notices: string[]; text: string }>();
  for (const folder of [...folders].sort()) {
    const path = join(generators, folder);
    const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    const file = readdirSync(path).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file === undefined ? `License: ${license}` : readFileSync(join(path, file), 'utf8').trim();
    const lines = text.split('\n').map((line) => line.trim());
    const owners = lines.filter((line) => /^(copyright\b|\(c\)|©)/i.test(line));
    const terms = lines
      .filter((line) => !owners.includes(line) && !/^(the )?mit license(\b|$)/i.test(line))
      .join('\n')
      .trim();
    const key = terms.replace(/\W+/g, ' ').toLowerCase();
    const known = texts.get(key) ?? { notices: [], text: terms };
    known.notices.push([`${name} ${version} (${license})`, ...owners.map((line) => `  ${line}`)].join('\n'));
    texts.set(key, known);
  }
  const parts = [...texts.values()].map(({ notices, text }) => `${notices.join('\n')}\n\n${text}`);
  return `create-wow-ai-ml contains these packages, under their own licences.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function report(): void {
  const sizes = [...files].map(([name, { length }]) => [name, length] as const).sort((a, b) => b[1] - a[1]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  const largest = sizes.slice(0, 3).map(([name, size]) => `${name} ${kilobytes(size)}`);
  console.log(`generators/dist: ${kilobytes(total)} (${largest.join(', ')})`);
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
