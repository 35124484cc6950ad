/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import Model from './model.ts';
import { testShapes } from './named-shapes.ts';
import { contract } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

const point = { x: 45, y: 50, width: 0.5 };

contract(test, Model);
testShapes(test, Model, { control, dataKey, type: 'keypointlabels', place: point });

test.run();
