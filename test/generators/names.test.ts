import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { classNameOf, nameProblem, suggestName, titleOf } from '../../generators/app/names.ts';

const good = ['a', 'my-backend', 'ner2', 'a1', 'x'.repeat(49)];
for (const name of good) test(`good: ${name}`, () => assert.is(nameProblem(name), undefined));

/** The name → what is suggested for it. */
const bad: [string, string][] = [
  ['', 'my-backend'],
  ['My App!', 'my-app'],
  ['Größe', 'gro-e'],
  ['@acme/labeler', 'labeler'],
  ['3d-boxes', 'd-boxes'],
  ['my_app', 'my-app'],
  ['-x', 'x'],
  ['x-', 'x'],
  ['.', 'my-backend'],
  ['..', 'my-backend'],
  ['<%= 1 %>', 'my-backend'],
  ['x'.repeat(50), 'x'.repeat(49)],
  ['hono', 'hono-backend'],
  ['fs', 'fs-backend'],
  ['con', 'con-backend'],
  ['a\nb', 'a-b'],
  ['日本', 'my-backend'],
];
for (const [name, suggestion] of bad) {
  test(`bad: ${JSON.stringify(name)} → ${suggestion}`, () => {
    assert.is(suggestName(name), suggestion);
    assert.ok(nameProblem(name)?.endsWith(`: try '${suggestion}'`), nameProblem(name));
    assert.is(nameProblem(suggestion), undefined);
  });
}

test('titles and class names', () => {
  assert.is(titleOf('my-first-backend'), 'My first backend');
  assert.is(classNameOf('my-first-backend'), 'MyFirstBackendModel');
  assert.is(classNameOf('model'), 'Model');
  assert.is(classNameOf('ner-model-2'), 'Ner2Model');
});

test.run();
