/** Model scripts of many shapes: what is copied, how imports change, which class is found, which packages are needed. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Files, MODEL, PLAIN, read } from './read.ts';

/** What model.ts holds for a script. */
const passOn = (entry: string, what = 'default') =>
  `/** The model that is served: the class itself is in ${entry}. */\n\nexport { ${what} } from './${entry}';\n`;
interface Case {
  name: string;
  files: Files;
  spec: string;
  /** The copies less model.ts, whole. */
  copies: Files;
  model: string;
  className?: string;
  dependencies?: Record<string, string>;
}

const door = "import { WOWAIML } from '../runtime/index.ts';\n";
const CASES: Case[] = [
  {
    name: 'one file with a default class: only the import of the runtime changes',
    files: { 'mine.ts': PLAIN },
    spec: 'mine.ts',
    copies: { 'script/mine.ts': PLAIN.replace('wow-ai-ml', '../runtime/index.ts') },
    model: passOn('script/mine.ts'),
  },
  {
    name: 'JavaScript, a class that is exported by name, in double quotes',
    files: { 'm.mjs': `import { WOWAIML } from "wow-ai-ml"\nexport class Mine ${MODEL}` },
    spec: './m.mjs',
    copies: { 'script/m.mjs': `import { WOWAIML } from "../runtime/index.ts"\nexport class Mine ${MODEL}` },
    model: passOn('script/m.mjs', 'Mine as default'),
  },
  {
    name: 'a class that is not exported gets an export',
    files: { 'm.js': `import { WOWAIML } from 'wow-ai-ml';\nclass Mine ${MODEL}` },
    spec: 'm.js',
    copies: { 'script/m.js': `${door}class Mine ${MODEL}\nexport { Mine };\n` },
    model: passOn('script/m.js', 'Mine as default'),
  },
  {
    name: 'a class without a name, of a namespace import, in a file with a byte order mark',
    files: {
      'm.ts': `\uFEFFimport * as ml from 'label-ml';\nexport default class extends ml.WOWAIML<{ n: number }> {}`,
    },
    spec: 'm.ts',
    copies: {
      'script/m.ts': `import * as ml from '../runtime/index.ts';\nexport default class extends ml.WOWAIML<{ n: number }> {}`,
    },
    model: passOn('script/m.ts'),
    className: 'default',
  },
  {
    name: 'local imports of all kinds come along, by whichever name; missing endings are written out',
    files: {
      'm.ts': `import { a } from './a.js';\nimport './deep/b';\nexport * from './c.mjs';\nimport words from './words.json';\nconst d = () => import('./d.ts');\ntype E = import('./e').E;\n${PLAIN}`,
      'a.ts': 'export const a = 1;',
      'deep/b/index.ts': "import { a } from '../../a';",
      'c.mjs': '',
      'words.json': '["a"]',
      'd.ts': "export { a } from './a.ts'",
      'e.ts': 'export interface E {}',
      'unused.ts': 'syntax error(',
    },
    spec: 'm.ts',
    copies: {
      'script/m.ts': `import { a } from './a.ts';\nimport './deep/b/index.ts';\nexport * from './c.mjs';\nimport words from './words.json' with { type: 'json' };\nconst d = () => import('./d.ts');\ntype E = import('./e.ts').E;\n${PLAIN.replace('wow-ai-ml', '../runtime/index.ts')}`,
      'script/a.ts': 'export const a = 1;',
      'script/deep/b/index.ts': "import { a } from '../../a.ts';",
      'script/c.mjs': '',
      'script/words.json': '["a"]',
      'script/d.ts': "export { a } from './a.ts'",
      'script/e.ts': 'export interface E {}',
    },
    model: passOn('script/m.ts'),
  },
  {
    name: 'files above the script keep their place to it; the runtime is found from any depth; cycles end',
    files: {
      'src/models/m.ts': PLAIN.replace("'wow-ai-ml';", "'wow-ai-ml';\nimport { t } from '../text/t.ts';"),
      'src/text/t.ts': "import type { Task } from 'wow-ai-ml';\nexport * from '../models/m.ts';\nexport const t = 1;",
    },
    spec: 'src/models/m.ts:Mine',
    copies: {
      'script/models/m.ts': PLAIN.replace(
        "'wow-ai-ml';",
        "'../../runtime/index.ts';\nimport { t } from '../text/t.ts';",
      ),
      'script/text/t.ts':
        "import type { Task } from '../../runtime/index.ts';\nexport * from '../models/m.ts';\nexport const t = 1;",
    },
    model: passOn('script/models/m.ts'),
  },
  {
    name: 'types are said to be types: Node does not find that out',
    files: {
      'm.ts': `import { type Region, Task, WOWAIML } from 'wow-ai-ml';\nimport { Shape, size } from './shape';\nexport class Mine ${MODEL}`,
      'shape.ts': 'export interface Shape { n: number }\nexport const size = 3;',
    },
    spec: 'm.ts',
    copies: {
      'script/m.ts': `import { type Region, type Task, WOWAIML } from '../runtime/index.ts';\nimport { type Shape, size } from './shape.ts';\nexport class Mine ${MODEL}`,
      'script/shape.ts': 'export interface Shape { n: number }\nexport const size = 3;',
    },
    model: passOn('script/m.ts', 'Mine as default'),
  },
  {
    name: 'the model.ts of a project like ours: its runtime stays behind',
    files: {
      'model.ts': `import { readImage } from './runtime/images.ts';\nimport { WOWAIML } from './runtime/index.ts';\nexport default class Mine ${MODEL}`,
      'runtime/index.ts': "export { WOWAIML } from './model.ts';",
      'runtime/images.ts': 'not read',
    },
    spec: 'model.ts',
    copies: {
      'script/model.ts': `import { readImage } from '../runtime/images.ts';\nimport { WOWAIML } from '../runtime/index.ts';\nexport default class Mine ${MODEL}`,
    },
    model: passOn('script/model.ts'),
  },
  {
    name: 'a runtime/ folder of their own is copied',
    files: { 'm.ts': `import './runtime/queue.ts';\n${PLAIN}`, 'runtime/queue.ts': '' },
    spec: 'm.ts',
    copies: {
      'script/m.ts': `import './runtime/queue.ts';\n${PLAIN.replace('wow-ai-ml', '../runtime/index.ts')}`,
      'script/runtime/queue.ts': '',
    },
    model: passOn('script/m.ts'),
  },
  {
    name: 'a base class is no choice; neither is an abstract one, nor one of another file',
    files: {
      'm.ts':
        "import { Base } from './base.ts';\nabstract class Shared extends Base {}\nclass Plain extends Shared {}\nexport class Mine extends mixed(Plain) {}\nexport class Other {}\nexport abstract class Alone extends Base {}",
      'base.ts': `${PLAIN.replace('default class Mine', 'class Base')}`,
    },
    spec: 'm.ts',
    copies: {
      'script/m.ts':
        "import { Base } from './base.ts';\nabstract class Shared extends Base {}\nclass Plain extends Shared {}\nexport class Mine extends mixed(Plain) {}\nexport class Other {}\nexport abstract class Alone extends Base {}",
      'script/base.ts': PLAIN.replace('wow-ai-ml', '../runtime/index.ts').replace('default class Mine', 'class Base'),
    },
    model: passOn('script/m.ts', 'Mine as default'),
  },
  {
    name: 'a script that only passes a class on',
    files: { 'm.ts': "export { default as Mine } from './impl';", 'impl.ts': PLAIN },
    spec: 'm.ts',
    copies: {
      'script/m.ts': "export { default as Mine } from './impl.ts';",
      'script/impl.ts': PLAIN.replace('wow-ai-ml', '../runtime/index.ts'),
    },
    model: passOn('script/m.ts', 'Mine as default'),
  },
  {
    name: 'one of several, by name',
    files: { 'm.ts': `${PLAIN}export const Second = class ${MODEL};` },
    spec: 'm.ts:Second',
    copies: {
      'script/m.ts': `${PLAIN.replace('wow-ai-ml', '../runtime/index.ts')}export const Second = class ${MODEL};`,
    },
    model: passOn('script/m.ts', 'Second as default'),
    className: 'Second',
  },
  {
    name: "packages come with the version of the nearest package.json that lists them; Node's and the project's own are left out",
    files: {
      'a/m.ts': `import 'node:fs';\nimport 'path';\nimport 'hono/cors';\nimport '@scope/deep/file.js';\nimport { x } from 'listed';\nimport type { T } from 'typed';\nimport 'unlisted';\nimport 'linked';\n${PLAIN}`,
      'a/package.json':
        '{"dependencies": {"listed": "^2.0.0", "linked": "workspace:*"}, "devDependencies": {"typed": "~1.1.0"}}',
      'package.json': '{"dependencies": {"listed": "1.0.0", "@scope/deep": "3.x"}}',
    },
    spec: 'a/m.ts',
    copies: {
      'script/m.ts': `import 'node:fs';\nimport 'path';\nimport 'hono/cors';\nimport '@scope/deep/file.js';\nimport { x } from 'listed';\nimport type { T } from 'typed';\nimport 'unlisted';\nimport 'linked';\n${PLAIN.replace('wow-ai-ml', '../runtime/index.ts')}`,
    },
    model: passOn('script/m.ts'),
    dependencies: { '@scope/deep': '3.x', linked: 'latest', listed: '^2.0.0', typed: '~1.1.0', unlisted: 'latest' },
  },
];

for (const { name, files, spec, copies, model, className = 'Mine', dependencies = {} } of CASES) {
  test(name, async () => {
    const script = await read(files, spec);
    assert.equal(Object.fromEntries(script.files), { ...copies, 'model.ts': model });
    assert.equal(script.dependencies, dependencies);
    assert.is(script.className, className);
    assert.ok(Object.hasOwn(copies, script.entry), script.entry);
  });
}

test('the values of the door are the ones that placing a file knows', () => {
  const lines =
    readFileSync(resolve(import.meta.dirname, '../../runtime/index.ts'), 'utf8').match(/^export \{[^}]*\}/gm) ?? [];
  const values = lines.flatMap((line) => line.slice(8, -1).split(',')).map((name) => name.trim());
  assert.equal(values.filter((name) => name !== '' && !name.startsWith('type ')).sort(), [
    'InputError',
    'WOWAIML',
    'readImage',
    'validatePrediction',
  ]);
});

test.run();
