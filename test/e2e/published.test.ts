import { execFileSync } from 'node:child_process';
import { globSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { labelTypes } from '../../generators/app/options.ts';
import { hashesOf } from './files.ts';
import { readPackage, root, unpackInto } from './package.ts';
import { Place } from './place.ts';
import { type Packed, pack, publish } from './publish.ts';
import { type Registry, startRegistry } from './registry.ts';

const test = suite<{ place: Place; registry: Registry; packed: Packed; bin: string }>('published');

test.before(async (context) => {
  const place = new Place('published');
  context.place = place;
  const [registry, bin] = await Promise.all([startRegistry(place), unpackInto(place.folder('package'))]);
  Object.assign(context, { registry, bin, packed: await publish(place, registry) });
});
test.after(({ place }) => place.clear());

test('the tarball holds the bundle, what is vendored and stacked, the examples, and no other file', ({ packed }) => {
  const rooms = ['runtime', 'templates', 'examples'];
  const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...rooms], {
    cwd: root,
    encoding: 'utf8',
  });
  const wanted = [
    ...['LICENSE', 'README.md', 'package.json'],
    ...readdirSync(join(root, 'generators/dist')).map((name) => `generators/dist/${name}`),
    ...sources.trimEnd().split('\n'),
  ];
  assert.equal(packed.files.map(({ path }) => path).sort(), wanted.sort());
  assert.equal(
    packed.files.filter(({ mode }) => mode & 0o111).map(({ path }) => path),
    [readPackage().bin['create-wow-ai-ml']],
  );
});

/** Bytes that a part adds to the download. The command itself is the goal of 200 kB: the parser behind --script is in the way. */
const most: readonly (readonly [part: string, pattern: string, bytes: number])[] = [
  ['the data of the examples', 'examples/**/*.tsv', 150_000],
  ['the starters, 6 kB each', 'templates/{label-types,parts}/**', labelTypes.length * 6_000],
  ['the runtime that is vendored, with its reasons', 'runtime/**', 180_000],
  ['the command', '**', 250_000],
];

test('no part of the download is larger than it may be', async ({ place }) => {
  const directory = place.folder('slim');
  await unpackInto(directory);
  let { size: before } = await pack(place, directory, ['--dry-run']);
  for (const [part, pattern, bytes] of most) {
    const files = globSync(pattern, { cwd: directory }).filter((path) => statSync(join(directory, path)).isFile());
    for (const path of files) if (path !== 'package.json') rmSync(join(directory, path));
    const { size } = await pack(place, directory, ['--dry-run']);
    const added = before - size;
    assert.ok(added > 0 && added <= bytes, `${part}: ${added} bytes, at most ${bytes}`);
    before = size;
  }
});

test('it brings no dependency and runs nothing as it is installed', async ({ registry }) => {
  const response = await fetch(`${registry.url}create-wow-ai-ml`);
  const { 'dist-tags': tags, versions } = (await response.json()) as {
    'dist-tags': Record<string, string>;
    versions: Record<string, Record<string, unknown>>;
  };
  const { version } = readPackage();
  assert.equal([tags, Object.keys(versions)], [{ latest: version }, [version]]);
  const { dependencies, optionalDependencies, peerDependencies, hasInstallScript, scripts } = { ...versions[version] };
  assert.equal(
    { dependencies, optionalDependencies, peerDependencies, hasInstallScript },
    {
      dependencies: undefined,
      optionalDependencies: undefined,
      peerDependencies: undefined,
      hasInstallScript: undefined,
    },
  );
  const onInstall = ['preinstall', 'install', 'postinstall'];
  assert.equal(
    Object.keys(scripts as object).filter((name) => onInstall.includes(name)),
    [],
  );
});

test('npm create makes the very files that the bundle makes here', async ({ place, registry, bin }) => {
  const flags = ['--label-type', 'labels', '--yes', '--no-install', '--no-git'];
  const [away, here] = [place.folder('away'), place.folder('here')];
  const order = { cwd: away, env: registry.env, seconds: 120 };
  const ran = await place.expect('npm', ['create', '-y', 'wow-ai-ml@latest', 'my-backend', '--', ...flags], order);
  assert.match(ran.output, "✔ Created my-backend: Labels on text 'entity' on Text 'text'");
  assert.match(
    ran.output,
    '  npm create wow-ai-ml@latest my-backend -- --label-type labels --no-install --no-git --yes',
  );
  await place.expect('node', [bin, 'my-backend', ...flags], { cwd: here });
  assert.equal(hashesOf(join(away, 'my-backend')), hashesOf(join(here, 'my-backend')));
  const [box = ''] = readdirSync(join(registry.env.npm_config_cache ?? '', '_npx'));
  const installed = readdirSync(join(registry.env.npm_config_cache ?? '', '_npx', box, 'node_modules'));
  assert.equal(
    installed.filter((name) => !name.startsWith('.')),
    ['create-wow-ai-ml'],
  );
});

for (const [why, args, ended, message] of [
  [
    'flags without --',
    ['my-backend', '--example', 'text-classifier'],
    2,
    'npm create wow-ai-ml@latest my-backend -- --example',
  ],
  ['an unknown value', ['my-backend', '--', '--label-type', 'choises'], 2, "did you mean 'choices'?"],
  ['a bad name', ['My_Backend', '--', '--yes'], 2, "try 'my-backend'"],
] as const) {
  test(`${why}: npm create ends with ${ended}, says what to type, and writes nothing`, async ({ place, registry }) => {
    const cwd = place.folder(why.replaceAll(' ', '-'));
    const ran = await place.run('npm', ['create', '-y', 'wow-ai-ml@latest', ...args], { cwd, env: registry.env });
    assert.is(ran.ended, ended, ran.output);
    assert.match(ran.output, message);
    assert.equal(readdirSync(cwd), []);
  });
}

test.run();
