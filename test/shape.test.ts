/** The shape of the house: floors, cycles, sizes, names, dependencies, and where the environment is read. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(import.meta.dirname, '..');

function filesBelow(directory: string, ending = '.ts'): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !/(^|[/\\])(node_modules|dist)[/\\]/.test(name))
    .map((name) => normalize(join(directory, name)))
    .sort();
}

/** Code without its comments, so that prose neither imports nor reads the environment. */
const codeOf = (file: string): string =>
  readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');

/** Both static and dynamic imports: a cycle by way of import() is one all the same. */
function importsOf(file: string): { local: string[]; packages: string[] } {
  const specifiers = [...codeOf(file).matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g)].map(
    ([, name]) => name ?? '',
  );
  return {
    local: specifiers.filter((name) => name.startsWith('.')).map((name) => normalize(join(dirname(file), name))),
    packages: specifiers.filter((name) => !name.startsWith('.') && !name.startsWith('node:')),
  };
}

/** The first pattern that fits names a file's floor; imports may only go down or stay. */
const FLOORS: ReadonlyArray<[pattern: RegExp, floor: number]> = [
  [/^runtime\/(errors|types|log|images|png)\.ts$/, 0],
  [/^runtime\/(labeling|state)\//, 0],
  [/^runtime\/(wire|wow-ai)\/|^runtime\/type-file\.ts$/, 1],
  [/^runtime\/model\.ts$/, 2],
  [/^runtime\/(env|flags|training-settings)\.ts$/, 3],
  [/^runtime\/hosting\//, 3],
  [/^runtime\/http\//, 4],
  [/^runtime\/(server|start|index|testing|versions|watch|write-types)\.ts$|^runtime\/testing\//, 5],
];

const runtime = filesBelow('runtime');
const floorOf = (file: string): number => {
  const row = FLOORS.find(([pattern]) => pattern.test(file));
  assert.ok(row, `${file} has no floor: add it to FLOORS`);
  return row[1];
};

test('runtime imports only go down', () => {
  assert.ok(runtime.length > 20, 'the runtime was found');
  for (const file of runtime) {
    for (const imported of importsOf(file).local) {
      assert.ok(
        floorOf(imported) <= floorOf(file),
        `${file} (${floorOf(file)}) imports ${imported} (${floorOf(imported)})`,
      );
    }
  }
});

test('no cycles, in the runtime and in the generators', () => {
  for (const room of ['runtime', 'generators']) {
    const state = new Map<string, 'open' | 'done'>();
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return;
      assert.is.not(state.get(file), 'open', `cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      state.set(file, 'open');
      for (const next of importsOf(file).local) {
        if (next.endsWith('.ts') && statSync(join(root, next), { throwIfNoEntry: false })) visit(next, [...path, file]);
      }
      state.set(file, 'done');
    };
    for (const file of filesBelow(room)) visit(file, []);
  }
});

test('the runtime needs three packages, and only those', () => {
  const packages = new Set(runtime.flatMap((file) => importsOf(file).packages));
  assert.equal([...packages].sort(), ['@hono/node-server', 'hono', 'saxes']);
});

test('the environment is read in one file; a child process gets its own', () => {
  const readers = runtime.filter((file) => /process\.env/.test(codeOf(file)));
  assert.equal(readers, [
    'runtime/hosting/children.ts',
    'runtime/start.ts',
    'runtime/testing/contract.ts',
    'runtime/versions.ts',
    'runtime/watch.ts',
  ]);
});

test('files stay short, names say what is inside, the top level stays as it is', () => {
  const files = ['runtime', 'generators', 'templates', 'examples', 'test'].flatMap((room) => filesBelow(room));
  for (const file of files) {
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    assert.ok(lines <= 250, `${file} has ${lines} lines: find the better cut`);
    assert.not.match(file, /(^|[/.])(utils?|helpers?|common|lib|core|misc)([/.]|$)/);
  }
  const kept = [
    'LICENSE',
    'README.md',
    'biome.json',
    'examples',
    'generators',
    'package-lock.json',
    'package.json',
    'runtime',
    'templates',
    'test',
    'tsconfig.json',
  ];
  const visible = readdirSync(root).filter(
    (name) => !name.startsWith('.') && !['node_modules', 'my-backend'].includes(name),
  );
  assert.equal(
    visible.sort().filter((name) => !name.endsWith('.log') && !name.endsWith('.tgz')),
    kept,
  );
});

test('every file of the runtime and the generators says in one sentence what it is for', () => {
  for (const file of [...runtime, ...filesBelow('generators')]) {
    const [first = ''] = readFileSync(join(root, file), 'utf8')
      .replace(/^#!.*\n/, '')
      .split('\n');
    assert.match(first, /^\/\*\*/, `${relative(root, file)} starts with: ${first}`);
  }
});

test.run();
