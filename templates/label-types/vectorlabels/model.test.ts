/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import Model from './model.ts';
import { testShapes } from './named-shapes.ts';
import { contract } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

const vertex = { y: 50, prevPointId: null, isBezier: false };
const line = {
  vertices: [
    { ...vertex, id: 'v1', x: 25 },
    { ...vertex, id: 'v2', x: 45, prevPointId: 'v1' },
    { ...vertex, id: 'v3', x: 65, prevPointId: 'v2' },
  ],
  closed: false,
};

contract(test, Model);
testShapes(test, Model, { control, dataKey, type: 'vectorlabels', place: line });

test.run();
