import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Box, toBoxValue } from '../../runtime/labeling/build/boxes.ts';
import { type Orientation, toShown } from '../../runtime/labeling/build/exif.ts';
import { toEllipseValue, toKeyPointValue, toPolygonValue, toVectorValue } from '../../runtime/labeling/build/shapes.ts';
import { refusal } from './refusal.ts';

const image = { width: 800, height: 600 };
const close = (actual: number, expected: number, what: string) =>
  assert.ok(Math.abs(actual - expected) < 1e-6, `${what}: ${actual}, expected ${expected}`);

/** The corners of a value, in pixels, by the rule of the reference converter. */
function cornersOf({ x, y, width, height, rotation }: ReturnType<typeof toBoxValue>): [number, number][] {
  const [px, py, w, h] = [
    (x * image.width) / 100,
    (y * image.height) / 100,
    (width * image.width) / 100,
    (height * image.height) / 100,
  ];
  const [sin, cos] = [Math.sin((rotation * Math.PI) / 180), Math.cos((rotation * Math.PI) / 180)];
  return [
    [px, py],
    [px + w * cos, py + w * sin],
    [px + w * cos - h * sin, py + w * sin + h * cos],
    [px - h * sin, py + h * cos],
  ];
}

const numbers = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const small = fc.record({
  x: numbers(200, 500),
  y: numbers(200, 400),
  w: numbers(10, 150),
  h: numbers(10, 150),
  turn: numbers(0, 359),
});

test('pixels to percent and back', () => {
  fc.assert(
    fc.property(small, ({ x, y, w, h, turn }) => {
      const value = toBoxValue({ px: [x, y, x + w, y + h], image, rotation: turn });
      const again = toBoxValue({ percent: value, rotation: value.rotation, image });
      assert.equal(again, value);
      const [[left = 0, top = 0] = []] = cornersOf(value);
      close(left, x, 'left');
      close(top, y, 'top');
      close((value.width / 100) * image.width, w, 'width');
      close((value.height / 100) * image.height, h, 'height');
    }),
  );
});

test('a turned box by its centre, and by its corners, is the same box', () => {
  fc.assert(
    fc.property(small, ({ x, y, w, h, turn }) => {
      const byCentre = toBoxValue({ centre: [x, y, w, h], image, rotation: turn });
      const corners = cornersOf(byCentre);
      close(corners.reduce((sum, [px]) => sum + px, 0) / 4, x, 'centre x');
      close(corners.reduce((sum, [, py]) => sum + py, 0) / 4, y, 'centre y');
      const byCorners = toBoxValue({ corners: corners as never, image });
      for (const key of ['x', 'y', 'width', 'height'] as const) close(byCorners[key], byCentre[key], key);
      close(Math.cos(((byCorners.rotation - turn) * Math.PI) / 180), 1, 'rotation');
    }),
  );
});

/** Where the file's top left pixel is shown, and the one right of it. */
const ORIENTATIONS: [Orientation, [number, number], [number, number]][] = [
  [1, [0, 0], [1, 0]],
  [2, [800, 0], [799, 0]],
  [3, [800, 600], [799, 600]],
  [4, [0, 600], [1, 600]],
  [5, [0, 0], [0, 1]],
  [6, [800, 0], [800, 1]],
  [7, [800, 600], [800, 599]],
  [8, [0, 600], [0, 599]],
];
for (const [exif, origin, right] of ORIENTATIONS) {
  test(`EXIF orientation ${exif}`, () => {
    assert.equal([toShown([0, 0], exif, image), toShown([1, 0], exif, image)], [origin, right]);
    fc.assert(
      fc.property(small, ({ x, y, w, h, turn }) => {
        const upright = toBoxValue({ px: [x, y, x + w / 2, y + h / 2], image, exif });
        const [a, b] = [toShown([x, y], exif, image), toShown([x + w / 2, y + h / 2], exif, image)];
        close(upright.x, (Math.min(a[0], b[0]) / 800) * 100, 'x');
        close(upright.y, (Math.min(a[1], b[1]) / 600) * 100, 'y');
        close(upright.width, (Math.abs(a[0] - b[0]) / 800) * 100, 'width');
        assert.is(upright.rotation, 0);
        // All four corners of a turned box are shown where each of them is shown.
        const given: Box = { centre: [x, y, w, h], rotation: turn, image };
        const shown = cornersOf(toBoxValue({ ...given, exif }));
        for (const corner of cornersOf(toBoxValue(given))) {
          const [px, py] = toShown(corner, exif, image);
          const nearest = Math.min(...shown.map(([sx, sy]) => Math.hypot(sx - px, sy - py)));
          close(nearest, 0, `corner ${px}, ${py}`);
        }
        const ellipse = toEllipseValue({ px: { x, y, radiusX: w / 3, radiusY: h / 3 }, rotation: turn, image, exif });
        const tip = toShown(
          [x + (w / 3) * Math.cos((turn * Math.PI) / 180), y + (w / 3) * Math.sin((turn * Math.PI) / 180)],
          exif,
          image,
        );
        const angle = (ellipse.rotation * Math.PI) / 180;
        const reach = (ellipse.radiusX / 100) * 800;
        const [cx, cy] = [(ellipse.x / 100) * 800, (ellipse.y / 100) * 600];
        const ends = [1, -1].map((side) =>
          Math.hypot(cx + side * reach * Math.cos(angle) - tip[0], cy + side * reach * Math.sin(angle) - tip[1]),
        );
        close(Math.min(...ends), 0, 'end of the ellipse');
      }),
      { numRuns: 30 },
    );
  });
}

test('points, polygons, vectors', () => {
  assert.equal(toKeyPointValue({ px: [80, 60], image }), { x: 10, y: 10, width: 0.5 });
  assert.equal(toKeyPointValue({ px: [60, 80], image, exif: 5 }), { x: 10, y: 10, width: 0.5 });
  assert.equal(
    toPolygonValue({
      px: [
        [0, 0],
        [800, 0],
        [800, 600],
      ],
      image,
    }),
    {
      points: [
        [0, 0],
        [100, 0],
        [100, 100],
      ],
      closed: true,
    },
  );
  const curve = { controlPoint1: { x: 900, y: 0 }, controlPoint2: { x: 0, y: 0 } };
  assert.equal(
    toVectorValue({
      px: [
        { x: 0, y: 0, id: 'a' },
        { x: 80, y: 60, previous: null, curve },
      ],
      image,
    }).vertices[1],
    {
      ...{ id: 'v2', x: 10, y: 10, prevPointId: null, isBezier: true },
      ...{ controlPoint1: { x: 112.5, y: 0 }, controlPoint2: { x: 0, y: 0 } },
    },
  );
});

const REFUSED: [act: () => unknown, message: string][] = [
  [
    () => toBoxValue({ centre: [790, 300, 40, 40], image }),
    'box centre [790, 300, 40, 40] on an image of 800 × 600 is not within the image',
  ],
  [
    () =>
      toBoxValue({
        corners: [
          [0, 0],
          [1, 0],
        ] as never,
        image,
      }),
    'needs eight finite numbers',
  ],
  [() => toBoxValue({ px: [1, 1, 2, 2], image, exif: 9 as never }), 'exif must be an orientation, 1 to 8, got 9'],
  [() => toBoxValue({ px: [2, 1, 1, 2], image, exif: 6 }), 'needs right > left and bottom > top'],
  [
    () => toEllipseValue({ px: { x: 5, y: 5, radiusX: 500, radiusY: 5 }, image }),
    'a radius is more than half of the image',
  ],
  [() => toEllipseValue({ percent: { x: 5, y: 5, radiusX: 0, radiusY: 5 }, image }), 'needs radii above 0'],
  [() => toEllipseValue({ percent: { x: Number.NaN, y: 5, radiusX: 1, radiusY: 5 }, image }), 'needs finite numbers'],
  [
    () => toKeyPointValue({ percent: [120, 5], image }),
    '120 percent is not within the image: clip it first, or pass pixels as px',
  ],
  [() => toKeyPointValue({ percent: [20, 5], width: 0, image }), 'width must be above 0, got 0'],
  [
    () =>
      toPolygonValue({
        percent: [
          [1, 1],
          [2, 2],
        ],
        image,
      }),
    'needs at least 3 points, got 2',
  ],
  [() => toVectorValue({ percent: [], image }), 'needs at least one vertex'],
  [() => toVectorValue({ percent: [{ x: 1, y: 1, previous: 'z' }], image }), "no vertex has the id 'z'"],
  [
    () =>
      toVectorValue({
        percent: [
          { x: 1, y: 1, id: 'a' },
          { x: 1, y: 1, id: 'a' },
        ],
        image,
      }),
    'vertices need different ids',
  ],
];
for (const [act, message] of REFUSED) test(`refuses: ${message}`, () => assert.match(refusal(act), message));

test.run();
