import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { firstCommands } from './readme.ts';

test('the first fenced block of the README is the two commands that do all the set-up', () => {
  assert.equal(firstCommands(), [
    'npm install && npm run create -- my-backend --example text-classifier --yes --start',
    'npm install && npm test',
  ]);
});

test.run();
