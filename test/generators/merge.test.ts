import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compose, type Layer } from '../../generators/app/compose.ts';
import { updateManifest } from '../../generators/app/manifest.ts';

function layer(name: string, files: Record<string, string>, rest: Partial<Layer> = {}): Layer {
  return { name, owner: 'shared', rendered: false, files: new Map(Object.entries(files)), ...rest };
}

/** The text of one file of the composed layers. */
function joined(path: string, ...texts: string[]): string {
  const layers = texts.map((text, index) => layer(`layer ${index + 1}`, { [path]: text }));
  return String(compose(layers, {}).get(path)?.content);
}

test('package.json: objects are joined, lists extended, dependencies sorted', () => {
  const merged = joined(
    'package.json',
    '{"name":"a","scripts":{"start":"x"},"dependencies":{"hono":"1"},"trustedDependencies":["a"]}',
    '{"name":"a","scripts":{"teach":"y"},"dependencies":{"acorn":"2"},"trustedDependencies":["a","b"]}',
  );
  assert.is(
    merged,
    `{
  "name": "a",
  "scripts": {
    "start": "x",
    "teach": "y"
  },
  "dependencies": {
    "acorn": "2",
    "hono": "1"
  },
  "trustedDependencies": [
    "a",
    "b"
  ]
}
`,
  );
});

test('ignore and env files get the lines that they lack', () => {
  assert.is(
    joined('.gitignore', 'node_modules/\n# state\ndata/\n', '# state\ndata/\nmodels/\n'),
    'node_modules/\n# state\ndata/\n\nmodels/\n',
  );
  assert.is(joined('.env.example', 'A=1\n', 'A=1\n'), 'A=1\n');
});

test('a later README becomes a section, one level down, except in code', () => {
  const readme = joined('README.md', '# App\n\nIntro.\n', '# Extra\n\n## Use\n\n```sh\n# not a heading\n```\n');
  assert.is(readme, '# App\n\nIntro.\n\n## Extra\n\n### Use\n\n```sh\n# not a heading\n```\n');
});

const clashes: [string, Layer[], RegExp][] = [
  [
    'a path twice',
    [layer('one', { 'a.ts': '1' }), layer('two', { 'a.ts': '1' })],
    /^two layers have a\.ts: one and two$/,
  ],
  [
    'a key of package.json with two values',
    [
      layer('one', { 'package.json': '{"scripts":{"a":"1"}}' }),
      layer('two', { 'package.json': '{"scripts":{"a":"2"}}' }),
    ],
    /^two layers set scripts\.a of package\.json: "1", and two "2"$/,
  ],
  [
    'a README section twice',
    [layer('one', { 'README.md': '# A\n\n## B\n' }), layer('two', { 'README.md': '# B\n' })],
    /^two layers have a README section 'B': also two$/,
  ],
  [
    'a fragment that is no JSON',
    [layer('one', { 'package.json': '{}' }), layer('two', { 'package.json': '[]' })],
    /^package\.json of two must hold a JSON object$/,
  ],
  [
    'logic in a template',
    [layer('one', { 'a.ts': '<% if (x) { %>' }, { rendered: true })],
    /^template a\.ts has more than names: <% if/,
  ],
  [
    'an escaping tag',
    [layer('one', { 'a.ts': '<%= name %>' }, { rendered: true })],
    /^template a\.ts has more than names/,
  ],
  [
    'an unknown name',
    [layer('one', { 'a.ts': '<%- nmae %>' }, { rendered: true })],
    /^template a\.ts has an unknown name: <%- nmae %>$/,
  ],
  ['an inherited name', [layer('one', { 'a.ts': '<%- constructor %>' }, { rendered: true })], /unknown name/],
];
for (const [what, layers, message] of clashes) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => compose(layers, { name: 'x' }),
      (error: Error) => message.test(error.message) || assert.unreachable(error.message),
    );
  });
}

test('names are filled in as they are, and escaped in JSON', () => {
  const files = { 'a.md': '<%- name %>', 'a.json': '"<%- name %>"', 'b.ts': '<%- name %>' };
  const name = 'a "b" <%- 1 %> \\';
  const text = (path: string) =>
    String(compose([layer('one', files, { rendered: true })], { name }).get(path)?.content);
  assert.is(text('a.md'), name);
  assert.is(text('a.json'), JSON.stringify(name));
  assert.is(String(compose([layer('one', files)], { name }).get('b.ts')?.content), '<%- name %>');
});

test('each path has the owner that its place or its layer gives it', () => {
  const files = { 'model.ts': '', 'runtime/a.ts': '', 'deploy/gcp.ts': '', 'README.md': '', 'runtimes.ts': '' };
  const composed = compose([layer('one', files, { owner: 'yours' })], {});
  assert.equal(
    [...composed].map(([path, { owner }]) => [path, owner]),
    [
      ['README.md', 'shared'],
      ['deploy/gcp.ts', 'ours'],
      ['model.ts', 'yours'],
      ['runtime/a.ts', 'ours'],
      ['runtimes.ts', 'yours'],
    ],
  );
});

/** Ours now, theirs on the disk, ours at the last run → conflicts, and the file with theirs kept and with ours taken. */
const updates: [string, object, object, object | undefined, string[], object, object][] = [
  ['nothing changed', { a: 1 }, { a: 1 }, { a: 1 }, [], { a: 1 }, { a: 1 }],
  [
    'ours changed',
    { d: { hono: '2' } },
    { d: { hono: '1' } },
    { d: { hono: '1' } },
    [],
    { d: { hono: '2' } },
    { d: { hono: '2' } },
  ],
  ['theirs changed', { a: 1 }, { a: 5 }, { a: 1 }, [], { a: 5 }, { a: 5 }],
  ['both changed', { a: 2 }, { a: 5 }, { a: 1 }, ['a'], { a: 5 }, { a: 2 }],
  ['both changed to the same', { a: 2 }, { a: 2 }, { a: 1 }, [], { a: 2 }, { a: 2 }],
  [
    'theirs added',
    { s: { a: '1' } },
    { s: { a: '1', mine: '2' } },
    { s: { a: '1' } },
    [],
    { s: { a: '1', mine: '2' } },
    { s: { a: '1', mine: '2' } },
  ],
  [
    'theirs added, ours changed',
    { s: { a: '2' } },
    { s: { a: '1', mine: '2' } },
    { s: { a: '1' } },
    [],
    { s: { a: '2', mine: '2' } },
    { s: { a: '2', mine: '2' } },
  ],
  [
    'ours added',
    { s: { a: '1', b: '2' } },
    { s: { a: '1' } },
    { s: { a: '1' } },
    [],
    { s: { a: '1', b: '2' } },
    { s: { a: '1', b: '2' } },
  ],
  ['ours taken out', { s: {} }, { s: { a: '1' } }, { s: { a: '1' } }, [], { s: { a: '1' } }, { s: { a: '1' } }],
  ['theirs taken out', { s: { a: '1' } }, { s: {} }, { s: { a: '1' } }, [], { s: {} }, { s: {} }],
  [
    'theirs taken out, ours changed',
    { s: { a: '2' } },
    { s: {} },
    { s: { a: '1' } },
    [],
    { s: { a: '2' } },
    { s: { a: '2' } },
  ],
  ['no run before', { a: 1, b: 2 }, { a: 5, c: 3 }, undefined, ['a'], { a: 5, c: 3, b: 2 }, { a: 1, c: 3, b: 2 }],
  ['an object became a word', { a: { b: 1 } }, { a: 'no' }, { a: { b: 1 } }, [], { a: 'no' }, { a: 'no' }],
];
for (const [what, ours, theirs, before, conflicts, kept, taken] of updates) {
  test(`package.json on the next run: ${what}`, () => {
    const update = updateManifest(JSON.stringify(ours), JSON.stringify(theirs), before as undefined);
    assert.equal(update.conflicts, conflicts);
    assert.equal(JSON.parse(update.kept), kept);
    assert.equal(JSON.parse(update.taken), taken);
  });
}

test('package.json keeps its indentation, and its very text where nothing changed', () => {
  const tabs = '{\n\t"a": 1\n}';
  assert.is(updateManifest('{"a":1}', tabs, {}).taken, tabs);
  assert.is(updateManifest('{"a":1,"b":2}', tabs, {}).taken, '{\n\t"a": 1,\n\t"b": 2\n}\n');
  assert.throws(() => updateManifest('{}', '{ oops', {}), /the package\.json there is not valid JSON/);
});

test.run();
