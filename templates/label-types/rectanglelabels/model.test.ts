/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import Model from './model.ts';
import { testShapes } from './named-shapes.ts';
import { contract } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

const box = { x: 20, y: 37.5, width: 50, height: 25, rotation: 0 };

contract(test, Model);
testShapes(test, Model, { control, dataKey, type: 'rectanglelabels', place: box });

test.run();
