import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeBitmask, encodeBitmask, readBitmaskSize } from '../../runtime/labeling/masks/bitmask.ts';
import { decodePng } from '../../runtime/png.ts';
import { refusal } from './refusal.ts';

const FIXTURE = JSON.parse(readFileSync(new URL('../fixtures/label_types/bitmask.json', import.meta.url), 'utf8'));
const url: string = FIXTURE.prediction.result[0].value.imageDataURL;

test('the editor’s own mask: 6 × 4, painted at x 2..4, y 1..2', () => {
  const row = [0, 0, 255, 255, 255, 0];
  const mask = Uint8Array.from([[0, 0, 0, 0, 0, 0], row, row, [0, 0, 0, 0, 0, 0]].flat());
  assert.equal(decodeBitmask(url), { width: 6, height: 4, mask });
  assert.equal(decodeBitmask(encodeBitmask(mask, { width: 6, height: 4 })), { width: 6, height: 4, mask });
});

test('painted pixels are black, the others clear', () => {
  const png = Buffer.from(encodeBitmask(Uint8Array.of(1, 0), { width: 2, height: 1 }).slice(22), 'base64');
  assert.equal([...decodePng(png)], [0, 0, 0, 255, 0, 0, 0, 0]);
});

test('any mask, there and back', () => {
  const masks = fc
    .tuple(fc.integer({ min: 1, max: 33 }), fc.integer({ min: 1, max: 9 }))
    .chain(([width, height]) =>
      fc
        .array(fc.constantFrom(0, 255), { minLength: width * height, maxLength: width * height })
        .map((pixels) => ({ width, height, mask: Uint8Array.from(pixels) })),
    );
  fc.assert(
    fc.property(masks, ({ mask, ...size }) =>
      assert.equal(decodeBitmask(encodeBitmask(mask, size)), { ...size, mask }),
    ),
  );
});

const REFUSED: [act: () => unknown, message: string][] = [
  [() => readBitmaskSize(''), 'needs a data URL that begins with data:image/png;base64,, got ""'],
  [() => readBitmaskSize('data:image/jpeg;base64,/9j/4AAQ'), 'got "data:image/jpeg;base64,/9j/4AAQ"'],
  [() => readBitmaskSize(undefined as unknown as string), 'got nothing'],
  [() => readBitmaskSize('data:image/png;base64,'), 'bitmask: the data URL holds no PNG'],
  [() => readBitmaskSize(`data:image/png;base64,${'A'.repeat(60)}`), 'bitmask: the data URL holds no PNG'],
  [() => readBitmaskSize(url.replace('iVBORw', '!VBORw')), 'bitmask: the data URL holds no PNG'],
  [() => decodeBitmask(url.slice(0, 90)), 'the PNG'],
  [
    () => encodeBitmask(new Uint8Array(5), { width: 2, height: 2 }),
    'bitmask: a mask of 5 pixels for an image of 2 × 2 = 4',
  ],
  [() => encodeBitmask(new Uint8Array(0), { width: 0, height: 2 }), 'image size must be two whole numbers'],
];
for (const [act, message] of REFUSED) {
  test(`refuses: ${message}`, () => assert.match(refusal(act), message));
}

test('a PNG that promises too much is measured, not decoded', () => {
  const head = Buffer.from(url.slice(22), 'base64');
  head.writeUInt32BE(100_000, 16);
  head.writeUInt32BE(100_000, 20);
  const bomb = `data:image/png;base64,${head.toString('base64')}`;
  assert.equal(readBitmaskSize(bomb), { width: 100_000, height: 100_000 });
  assert.match(
    refusal(() => decodeBitmask(bomb)),
    '100000 × 100000 pixels, at most 67108864 are decoded',
  );
});

test.run();
