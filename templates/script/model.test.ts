/** What every backend must keep. Add tests of what your model is for: createTestBackend of runtime/testing.ts helps. */

import { test } from 'uvu';
import Model from './model.ts';
import { contract } from './runtime/testing.ts';

contract(test, Model);

test.run();
