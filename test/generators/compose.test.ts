import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type LabelType, type LabelTypeId, packageManagers } from '../../generators/app/choices.ts';
import { listFiles } from '../../generators/app/layers.ts';
import { examples, labelTypes } from '../../generators/app/options.ts';
import { composeProject, type Recipe } from '../../generators/app/project.ts';
import { packageRoot } from '../../generators/app/surroundings.ts';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';

const plain: Recipe = {
  name: 'my-backend',
  labelType: 'choices',
  model: { kind: 'starter' },
  config: undefined,
  packageManager: 'npm',
  pinNode: false,
  starter: undefined,
  version: '1.2.3',
};
const script = {
  files: new Map([
    ['model.ts', "export { Net as default } from './script/net.ts';\n"],
    ['script/net.ts', 'export class Net {}\n'],
  ]),
  dependencies: { mri: '^1.2.0' },
  config: undefined,
};

/** Every choice that makes a difference to the files. */
const recipes: [string, Recipe][] = [
  ...labelTypes.map(({ id }): [string, Recipe] => [`starter ${id}`, { ...plain, labelType: id }]),
  ...labelTypes.map(({ id }): [string, Recipe] => [
    `script for ${id}`,
    { ...plain, labelType: id, model: { kind: 'script', script } },
  ]),
  ...examples.map(({ id, labelType }): [string, Recipe] => [
    `example ${id}`,
    { ...plain, labelType, model: { kind: 'example', id } },
  ]),
  ...packageManagers.map(({ id }): [string, Recipe] => [`for ${id}`, { ...plain, packageManager: id, pinNode: true }]),
];

for (const [what, recipe] of recipes) {
  test(`composes: ${what}`, () => {
    const { files, starter } = composeProject(recipe);
    const text = (path: string) => String(files.get(path)?.content);
    assert.is(starter.labelType, recipe.labelType);
    const needed = ['model.ts', 'model.test.ts', 'label-config.xml', 'tasks.json', 'package.json', 'tsconfig.json'];
    const also = ['README.md', '.gitignore', '.env.example', '.dockerignore', 'Dockerfile', 'runtime/index.ts'];
    assert.equal(
      [...needed, ...also].filter((path) => !files.has(path)),
      [],
    );
    assert.equal(
      [...files.keys()].filter((path) => /(^|\/)(_[^/]*|.*\.ejs)$/.test(path)),
      [],
    );

    const config = parseLabelConfig(text('label-config.xml'));
    assert.is(config.controls.get(starter.control)?.tag, labelTypes.find(({ id }) => id === recipe.labelType)?.control);
    const tasks = JSON.parse(text('tasks.json')) as { data: Record<string, unknown> }[];
    assert.ok(tasks.length >= 2, `${tasks.length} tasks`);
    for (const { data } of tasks) assert.ok(Object.hasOwn(data, starter.dataKey), JSON.stringify(data));

    const manifest = JSON.parse(text('package.json')) as Record<string, Record<string, string>>;
    assert.is(manifest.name as unknown, 'my-backend');
    assert.equal(Object.keys(manifest.dependencies ?? {}), [
      '@hono/node-server',
      'hono',
      ...(recipe.model.kind === 'script' ? ['mri'] : []),
      'saxes',
    ]);
    assert.is(manifest.devDependencies?.node !== undefined, recipe.pinNode);
    for (const [path, { content }] of files) {
      if (recipe.model.kind !== 'example') assert.not.match(String(content), /<%-? ?\w+ ?%>/, path);
    }
  });
}

test('the runtime is copied byte for byte, and is ours', () => {
  const { files } = composeProject(plain);
  const vendored = [...files].filter(([path]) => path.startsWith('runtime/'));
  assert.equal(
    vendored.map(([path]) => path.slice('runtime/'.length)),
    listFiles(`${packageRoot}runtime`),
  );
  assert.equal([...new Set(vendored.map(([, { owner }]) => owner))], ['ours']);
});

test('the four files to edit are the user’s, and the README is for the project', () => {
  const { files } = composeProject({ ...plain, name: 'parcel-sorter', packageManager: 'pnpm' });
  for (const path of ['model.ts', 'model.test.ts', 'label-config.xml', 'tasks.json']) {
    assert.is(files.get(path)?.owner, 'yours', path);
  }
  assert.match(String(files.get('model.ts')?.content), /class ParcelSorterModel extends WOWAIML/);
  const readme = String(files.get('README.md')?.content);
  assert.match(readme, /^# Parcel sorter\n/);
  assert.match(readme, /\bpnpm start\b/);
  assert.not.match(readme, /\bnpm (start|test|install)\b/);
});

test('a starter brings the parts that it shares, and a script needs neither them nor its guide', () => {
  for (const { id, parts = [] } of labelTypes as readonly LabelType[]) {
    const names = parts.flatMap((part) => listFiles(`${packageRoot}templates/parts/${part}`));
    const labelType = id as LabelTypeId;
    const { files } = composeProject({ ...plain, labelType });
    assert.equal(
      names.filter((name) => files.get(name)?.owner === 'yours'),
      names,
      id,
    );
    const scripted = composeProject({ ...plain, labelType, model: { kind: 'script', script } });
    const own = ['README.md', 'label-config.xml', 'model.ts', 'model.test.ts', 'tasks.json'];
    const from = [...scripted.files].filter(
      ([path, { layer }]) => !own.includes(path) && /label-types|parts/.test(layer),
    );
    assert.equal(
      from.map(([path]) => path),
      [],
      id,
    );
  }
});

test('a script answers for a labeling config that no starter is for', () => {
  const config =
    '<View><Text name="t" value="$text"/><Custom name="a" toName="t"/><Custom name="b" toName="t"/></View>';
  const recipe: Recipe = { ...plain, labelType: 'stubs', model: { kind: 'script', script }, config };
  const { files, subject } = composeProject(recipe);
  const text = (path: string) => String(files.get(path)?.content);
  assert.is(text('model.ts'), script.files.get('model.ts'));
  assert.is(text('label-config.xml'), config);
  assert.match(text('tasks.json'), /"text": "/);
  assert.not.match(text('README.md'), 'yourModel');
  assert.is(subject.found, "2 controls (Custom 'a', Custom 'b')");
  assert.throws(() => composeProject({ ...recipe, config: undefined }), /stubs need a labeling config/);
});

test('a script replaces the starter’s model and its test, and brings its packages', () => {
  const { files } = composeProject({ ...plain, model: { kind: 'script', script } });
  assert.is(files.get('model.ts')?.content, script.files.get('model.ts'));
  assert.is(files.get('script/net.ts')?.owner, 'yours');
  assert.match(String(files.get('model.test.ts')?.content), /contract\(test, Model\)/);
});

test.run();
