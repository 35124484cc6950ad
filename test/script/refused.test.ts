/** Model scripts that cannot be used: what is wrong, where, and what to do. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SeveralClasses } from '../../generators/app/script.ts';
import { InputError } from '../../runtime/errors.ts';
import { type Files, MODEL, PLAIN, read } from './read.ts';

const refused: Array<[name: string, files: Files, spec: string, message: RegExp]> = [
  ['no such file', { 'model.ts': PLAIN }, 'modle.ts', /modle\.ts is not there.*did you mean model\.ts\?/],
  ['a folder', { 'a/model.ts': PLAIN }, 'a', /is a folder.*did you mean a.model\.ts\?/],
  ['Python', { 'm.py': '' }, 'm.py', /is Python/],
  ['another ending', { 'm.tsx': '' }, 'm.tsx', /a model script is a \.ts, \.js or \.mjs file/],
  ['no class', { 'm.ts': 'class A {} class B extends A {}' }, 'm.ts', /no class that extends WOWAIML \(it has: A, B\)/],
  ['WOWAIML of nowhere', { 'm.ts': `export class A ${MODEL}` }, 'm.ts', /no class that extends WOWAIML \(it has: A\)/],
  [
    'CommonJS',
    { 'm.js': "const { WOWAIML } = require('wow-ai-ml'); module.exports = class extends WOWAIML {}" },
    'm.js',
    /CommonJS: write import/,
  ],
  [
    'an unknown class',
    { 'm.ts': PLAIN },
    'm.ts:Mime',
    /unknown model class 'Mime'; did you mean 'Mine'\? \(known: Mine\)/,
  ],
  ['a class that is no model', { 'm.ts': `${PLAIN}class A {}` }, 'm.ts:A', /'A' of m\.ts does not extend WOWAIML/],
  ['no class after the colon', { 'm.ts': PLAIN }, 'm.ts:', /no class after the colon/],
  ['a Windows drive is no class', {}, 'C:\\models\\m.ts', /C:\\models\\m\.ts is not there/],
  ['a Windows drive without a slash', {}, 'C:m.ts', /the script C:m\.ts is not there/],
  ['a class after a Windows path', {}, 'C:\\models\\m.ts:Mine', /the script C:\\models\\m\.ts is not there/],
  ['a syntax error', { 'm.ts': 'const a = 1;\nconst b: = 2;' }, 'm.ts', /m\.ts:2:10: .*valid TypeScript/],
  [
    'a syntax error further on',
    { 'm.ts': `import './a';\n${PLAIN}`, 'a.js': 'let x: number' },
    'm.ts',
    /a\.js:1:6: .*valid JavaScript/,
  ],
  ['an enum', { 'm.ts': `${PLAIN}enum A { B }` }, 'm.ts', /m\.ts:3:1: .*cannot run an enum: write a const object/],
  [
    'a parameter property',
    { 'm.ts': 'class A { constructor(readonly x: number) {} }' },
    'm.ts',
    /m\.ts:1:23: .*parameter property/,
  ],
  [
    'a missing import',
    { 'm.ts': "\nimport './wrods';", 'words.ts': '' },
    'm.ts',
    /m\.ts:2 imports '\.\/wrods', which is not there; did you mean 'words\.ts'/,
  ],
  [
    'a file that is not code',
    { 'm.ts': "import './m.css';", 'm.css': '' },
    'm.ts',
    /m\.ts:1 imports '\.\/m\.css': only \.ts, \.mts, \.js, \.mjs, \.json/,
  ],
  ['an alias', { 'm.ts': "import '@/words';" }, 'm.ts', /m\.ts:1 imports '@\/words', which is neither/],
  ['a package import', { 'm.ts': "import '#words';" }, 'm.ts', /'#words', which is neither/],
  [
    'a URL',
    { 'm.ts': "import 'https://example.com/x.js';" },
    'm.ts',
    /'https:\/\/example\.com\/x\.js', which is neither/,
  ],
  ['JSON that is none', { 'm.ts': `import './a.json';\n${PLAIN}`, 'a.json': '{' }, 'm.ts', /a\.json is not valid JSON/],
  [
    'a package.json that is none',
    { 'm.ts': `import 'x';\n${PLAIN}`, 'package.json': '{' },
    'm.ts',
    /package\.json is not valid JSON/,
  ],
  [
    'too many files',
    {
      'm.ts': `${Array.from({ length: 200 }, (_, i) => `import './f${i}.js';`).join('')}\n${PLAIN}`,
      ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}.js`, ''])),
    },
    'm.ts',
    /more than 200 local files/,
  ],
  [
    'too large',
    { 'm.ts': `import './a.json';\n${PLAIN}`, 'a.json': `"${'a'.repeat(5_000_000)}"` },
    'm.ts',
    /larger than 5 MB/,
  ],
];

for (const [name, files, spec, message] of refused) {
  test(`refused: ${name}`, async () => {
    const error = await read(files, spec).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.instance(error, InputError);
    assert.match((error as InputError).message, message);
  });
}

test('several classes are named, in the form that chooses one', async () => {
  const error = await read({ 'm.ts': `${PLAIN}export class Second ${MODEL}` }, 'm.ts').catch(
    (reason: unknown) => reason,
  );
  assert.instance(error, SeveralClasses);
  assert.equal((error as SeveralClasses).classes, ['Mine', 'Second']);
  assert.is((error as SeveralClasses).message, 'm.ts has 2 model classes: say which one, m.ts:Mine, m.ts:Second');
});

test.run();
