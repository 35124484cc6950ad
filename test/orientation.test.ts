/** Photos that are stored turned: what readImage() says of them, and where the builders put what was found in their pixels. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readImage } from '../runtime/images.ts';
import { parseLabelConfig } from '../runtime/labeling/config.ts';
import { RegionBuilders } from '../runtime/labeling/regions.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const FRAME = 'ffc0 000b 08 0010 0020 01 011100'; // 32 wide, 16 high
const exif = (orientation: string) =>
  `ffe1 0022 457869660000 4d4d002a 00000008 0001 0112 0003 00000001 ${orientation} 0000 00000000`;

for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
  const [width, height] = orientation >= 5 ? [16, 32] : [32, 16];
  const little = `ffe1 0022 457869660000 49492a00 08000000 0100 1201 0300 01000000 0${orientation}00 0000 00000000`;
  test(`JPEG, EXIF orientation ${orientation}: its number, and the size as shown`, () => {
    const expected = { type: 'jpeg', width, height, orientation };
    assert.equal(readImage(bytes(`ffd8 ${exif(`000${orientation}`)} ${FRAME}`)), expected);
    assert.equal(readImage(bytes(`ffd8 ${little} ${FRAME}`)), expected);
    assert.equal(
      readImage(bytes(`ffd8 ${exif(`000${orientation}`)} ${exif('0001')} ${FRAME}`)),
      expected,
      'the first counts',
    );
  });
}

test('what was found in the pixels as stored gets to where browsers show it', () => {
  const config = '<View><Image name="img" value="$i"/><Rectangle name="box" toName="img"/></View>';
  const builders = new RegionBuilders(parseLabelConfig(config));
  // Stored 32 x 16, shown 16 x 32: a quarter clockwise, so that the left edge becomes the top.
  const image = readImage(bytes(`ffd8 ${exif('0006')} ${FRAME}`));
  const region = builders.rectangle('box', { px: [0, 0, 8, 4], image, exif: image.orientation });
  assert.equal(region.value, { x: 75, y: 0, width: 25, height: 25, rotation: 0 });
  assert.equal([region.original_width, region.original_height], [16, 32]);
});

test.run();
