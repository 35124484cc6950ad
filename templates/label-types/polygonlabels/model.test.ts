/** What every backend must keep, and what this model is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import { testShapes } from './named-shapes.ts';
import { contract, createTestBackend } from './runtime/testing.ts';

const control = <%- controlLiteral %>;
const dataKey = <%- dataKeyLiteral %>;

/** White, 40 x 40 pixels, with a square that stands on its corner, of 18 to each side of 20, 20, and has a notch on the right. */
const notched =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACgAAAAoAQMAAAC2MCouAAAABlBMVEX///8AAABVwtN+AAAAb0lEQVR42lWPsQ2AQAwDD1F8CRuwBh2LIcFojMIIlBQIQ2KEIMUVecf2w2/aZJ8ck2egUrDWDBQtQKMV6LQBg3Zg0nFTOkMuhVyaKckm951COShuTW/8aqWv7GC3x9kpTnS6m7iVG7rt07z//OidC5r0SeM2eEQhAAAAAElFTkSuQmCC';
const outline = {
  points: [
    [20, 37.5],
    [70, 37.5],
    [70, 62.5],
    [20, 62.5],
  ],
  closed: true,
};

contract(test, Model);
testShapes(test, Model, { control, dataKey, type: 'polygonlabels', place: outline });

test('slanted edges are lines, not stairs, and a notch stays one', async () => {
  const backend = await createTestBackend(Model);
  const { results } = await backend.predict([{ data: { [dataKey]: notched } }]);
  await backend.close();
  const points = (results[0]?.result[0]?.value?.points ?? []) as [number, number][];
  const near = (x: number, y: number) => points.some((point) => Math.hypot(point[0] - x, point[1] - y) < 6);
  const corners = [near(50, 5), near(50, 95), near(5, 50), near(65, 50)];
  assert.equal(corners, [true, true, true, true], JSON.stringify(points));
  assert.ok(points.length <= 10, `few points, not ${points.length}`);
});

test.run();
