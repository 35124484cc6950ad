/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import Model from './model.ts';
import { testShapes } from './named-shapes.ts';
import { contract } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** The radii are twice the standard deviations: of a side of 5 pixels, 2 * 5 / √12. */
const ellipse = { x: 45, y: 50, radiusX: 28.87, radiusY: 14.43, rotation: 0 };

contract(test, Model);
testShapes(test, Model, { control, dataKey, type: 'ellipselabels', place: ellipse });

test.run();
