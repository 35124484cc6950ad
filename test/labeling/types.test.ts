/** A project's own types, in both directions: programs that fit label-config.xml compile, and each slip is one error, where it is. */

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { writeTypeModule } from '../../runtime/labeling/type-module.ts';
import { FITTING, MISTAKES, TYPED_CONFIG } from './typed-programs.ts';

const root = resolve(import.meta.dirname, '../..');

/** What the compiler says of a project with these files, as 'file(line): code'. */
function compile(folder: string, config: string, programs: Record<string, string>): Promise<string[]> {
  cpSync(join(root, 'runtime'), join(folder, 'runtime'), { recursive: true });
  cpSync(join(root, 'templates/base/tsconfig.json'), join(folder, 'tsconfig.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'label-config.d.ts'), writeTypeModule(parseLabelConfig(config)));
  mkdirSync(join(folder, 'src'));
  for (const [name, code] of Object.entries(programs)) writeFileSync(join(folder, 'src', name), code);
  return new Promise((done) => {
    const options = { cwd: folder, maxBuffer: 1e8 };
    execFile(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], options, (_, out) => {
      done(out.split('\n').filter((line) => /^\S+\(\d+,\d+\): error/.test(line)));
    });
  });
}

/** A method of a model; its code begins in line 8. */
const programOf = (
  code: string,
) => `import { type AnnotatedTask, type Region, type Task, WOWAIML } from '../runtime/index.ts';
declare const anyText: string;
declare const image: { width: number; height: number };
declare const task: AnnotatedTask;
declare const region: Region;
export abstract class Model extends WOWAIML {
  program(): unknown {
${code}
    return [anyText, image, task, region, {} as Task];
  }
}
`;

const test = suite<{ folders: string[]; said: string[]; without: string[]; empty: string[] }>('types of a project');

test.before(async (context) => {
  context.folders = ['typed', 'empty'].map((name) => mkdtempSync(join(tmpdir(), `types-${name}-`)));
  const [typed = '', empty = ''] = context.folders;
  const programs = Object.fromEntries([
    ...FITTING.map((code, at) => [`fitting-${at}.ts`, programOf(code)]),
    ...MISTAKES.map(({ code }, at) => [`mistake-${at}.ts`, programOf(code)]),
  ]);
  [context.said, context.empty] = await Promise.all([
    compile(typed, TYPED_CONFIG, programs),
    compile(empty, '', { 'any.ts': programOf('this.choices(anyText, anyText);\nthis.taskText(task, anyText);') }),
  ]);
});
test.after(({ folders }) => {
  for (const folder of folders ?? []) rmSync(folder, { recursive: true });
});

test('the runtime compiles with the types of a config, and with those of an empty one', ({ said, empty }) => {
  assert.equal([said.filter((line) => !line.startsWith('src/')), empty], [[], []]);
});

for (const [at, code] of FITTING.entries()) {
  test(`compiles: ${code.trim().split('\n')[0]}`, ({ said }) => {
    assert.equal(
      said.filter((line) => line.startsWith(`src/fitting-${at}.ts`)),
      [],
    );
  });
}

for (const [at, { code, line, says }] of MISTAKES.entries()) {
  test(`refused: ${code.trim().split('\n')[0]}`, ({ said }) => {
    const found = said.filter((one) => one.startsWith(`src/mistake-${at}.ts`));
    assert.is(found.length, 1, found.join('\n') || 'it compiles');
    assert.match(found[0] ?? '', `src/mistake-${at}.ts(${line + 7},`);
    assert.match(found[0] ?? '', says);
  });
}

test('a label that is renamed shows every place that has its old name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'types-renamed-'));
  const code = `const [best] = this.labelsOf('sentiment');
if (best === 'Negative') this.choices('sentiment', 'Positive');
for (const { value } of this.answers(task, 'sentiment')) if (value?.choices?.includes('Negative')) this.choices('sentiment', [
  'Positive',
  'Negative',
]);
const weights: Record<'Positive' | 'Negative', number> = { Positive: 1, Negative: 0 };
if (best) this.log.info(String(weights[best]));`;
  try {
    const renamed = TYPED_CONFIG.replaceAll('"Negative"', '"Critical"');
    const said = await compile(folder, renamed, { 'model.ts': programOf(code) });
    const places = said.map((line) => /\((\d+),.*error (TS\d+)/.exec(line)?.slice(1).join(' '));
    assert.equal(places, ['9 TS2367', '10 TS2345', '12 TS2322', '15 TS7053'], said.join('\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the module of the test config is what the project would have', () => {
  assert.match(
    writeTypeModule(parseLabelConfig(TYPED_CONFIG)),
    /^ {6}sentiment: \{\n {8}tag: 'Choices';\n {8}labels: 'Positive' \| 'Negative';\n {8}to: 'text';\n {6}\};$/m,
  );
  assert.ok(readFileSync(join(root, 'templates/base/tsconfig.json'), 'utf8').includes('"strict": true'));
});

test.run();
