/** PNG pixels of every colour type, depth and filter against hand-made images; sizes of the other formats; hostile bytes. */

import { crc32, deflateSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../runtime/errors.ts';
import { readImage } from '../runtime/images.ts';

interface Png {
  width: number;
  height: number;
  depth: number;
  colour: number;
  /** Each line with its filter byte in front; of all passes. */
  lines: number[][];
  palette?: number[];
  transparency?: number[];
  interlaced?: boolean;
}

function png({ width, height, depth, colour, lines, palette, transparency, interlaced }: Png): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Buffer.from(palette))] : []),
    ...(transparency ? [chunk('tRNS', Buffer.from(transparency))] : []),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([frame, named, check]);
}

const decoded: Array<{ name: string; image: Png; pixels: number[] }> = [
  {
    name: 'grey, 8 bits',
    image: { width: 2, height: 1, depth: 8, colour: 0, lines: [[0, 7, 200]] },
    pixels: [7, 7, 7, 255, 200, 200, 200, 255],
  },
  {
    name: 'grey, 1 bit, 9 columns: the ninth is in the second byte',
    image: { width: 9, height: 1, depth: 1, colour: 0, lines: [[0, 0b10000001, 0b10000000]] },
    pixels: [255, 0, 0, 0, 0, 0, 0, 255, 255].flatMap((grey) => [grey, grey, grey, 255]),
  },
  {
    name: 'grey, 2 bits',
    image: { width: 4, height: 1, depth: 2, colour: 0, lines: [[0, 0b00011011]] },
    pixels: [0, 85, 170, 255].flatMap((grey) => [grey, grey, grey, 255]),
  },
  {
    name: 'grey, 16 bits, one grey see-through',
    image: { width: 2, height: 1, depth: 16, colour: 0, lines: [[0, 255, 255, 1, 2]], transparency: [1, 2] },
    pixels: [255, 255, 255, 255, 1, 1, 1, 0],
  },
  {
    name: 'RGB, one colour see-through',
    image: {
      width: 2,
      height: 1,
      depth: 8,
      colour: 2,
      lines: [[0, 1, 2, 3, 1, 2, 4]],
      transparency: [0, 1, 0, 2, 0, 3],
    },
    pixels: [1, 2, 3, 0, 1, 2, 4, 255],
  },
  {
    name: 'palette, 4 bits, with alpha for the first colour only',
    image: {
      width: 3,
      height: 1,
      depth: 4,
      colour: 3,
      lines: [[0, 0x01, 0x10]],
      palette: [10, 20, 30, 40, 50, 60],
      transparency: [99],
    },
    pixels: [10, 20, 30, 99, 40, 50, 60, 255, 40, 50, 60, 255],
  },
  {
    name: 'grey with alpha',
    image: { width: 1, height: 1, depth: 8, colour: 4, lines: [[0, 5, 6]] },
    pixels: [5, 5, 5, 6],
  },
  {
    name: 'RGBA, 16 bits',
    image: { width: 1, height: 1, depth: 16, colour: 6, lines: [[0, 1, 0, 2, 0, 3, 0, 255, 255]] },
    pixels: [1, 2, 3, 255],
  },
  {
    name: 'the filters sub, up, average and Paeth, each on top of the other',
    image: {
      width: 2,
      height: 5,
      depth: 8,
      colour: 0,
      lines: [
        [0, 10, 20],
        [1, 5, 3],
        [2, 1, 250],
        [3, 4, 4],
        [4, 2, 9],
      ],
    },
    // By hand, mod 256: sub 5,8; up 6,2; average 4+3, 4+(7+2>>1); Paeth 2+7, 9+paeth(9,8,7)=9+9.
    pixels: [10, 20, 5, 8, 6, 2, 7, 8, 9, 18].flatMap((grey) => [grey, grey, grey, 255]),
  },
  {
    name: 'interlaced, 3 x 3: passes without a column have no lines',
    image: {
      width: 3,
      height: 3,
      depth: 8,
      colour: 0,
      interlaced: true,
      lines: [
        [0, 1],
        [0, 3],
        [0, 7, 9],
        [0, 2],
        [0, 8],
        [0, 4, 5, 6],
      ],
    },
    pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((grey) => [grey, grey, grey, 255]),
  },
];

for (const { name, image, pixels } of decoded) {
  test(`PNG: ${name}`, () => {
    const { width, height } = image;
    assert.equal(readImage(png(image)), {
      type: 'png',
      width,
      height,
      orientation: 1,
      pixels: Uint8Array.from(pixels),
    });
  });
}

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const FRAME = 'ffc0 000b 08 0010 0020 01 011100'; // 32 wide, 16 high
const exif = (orientation: string) =>
  `ffe1 0022 457869660000 4d4d002a 00000008 0001 0112 0003 00000001 ${orientation} 0000 00000000`;

const measured: Array<[name: string, bytes: Uint8Array, size: [string, number, number]]> = [
  ['JPEG', bytes(`ffd8 ffe0 0004 0000 ${FRAME}`), ['jpeg', 32, 16]],
  ['JPEG with fill bytes', bytes(`ffd8 ffff ${FRAME}`), ['jpeg', 32, 16]],
  ['JPEG, EXIF says upright', bytes(`ffd8 ${exif('0001')} ${FRAME}`), ['jpeg', 32, 16]],
  ['JPEG, EXIF says what does not exist', bytes(`ffd8 ${exif('0009')} ${FRAME}`), ['jpeg', 32, 16]],
  [
    'JPEG, EXIF without an orientation',
    bytes(`ffd8 ${exif('0006').replace('0112', '0110')} ${FRAME}`),
    ['jpeg', 32, 16],
  ],
  [
    'JPEG, XMP where EXIF would be',
    bytes(`ffd8 ${exif('0006').replace('45786966', '68747470')} ${FRAME}`),
    ['jpeg', 32, 16],
  ],
  ['GIF', bytes('474946383961 2000 1000'), ['gif', 32, 16]],
  ['WebP, lossy', bytes('52494646 00000000 57454250 56503820 00000000 000000 9d012a 2000 1000'), ['webp', 32, 16]],
  ['WebP, lossless', bytes('52494646 00000000 57454250 5650384c 00000000 2f 1fc00300'), ['webp', 32, 16]],
  ['WebP, extended', bytes('52494646 00000000 57454250 56503858 00000000 00000000 1f0000 0f0000'), ['webp', 32, 16]],
  [
    'a PNG too large to decode',
    png({ width: 9000, height: 9000, depth: 1, colour: 0, lines: [] }),
    ['png', 9000, 9000],
  ],
  ['a PNG too tall to decode', png({ width: 1, height: 40_000, depth: 1, colour: 0, lines: [] }), ['png', 1, 40_000]],
];

for (const [name, input, [type, width, height]] of measured) {
  test(`size: ${name}`, () => assert.equal(readImage(input), { type, width, height, orientation: 1 }));
}

test('a view into a larger buffer is read at its own place', () => {
  const whole = Buffer.concat([
    Buffer.from('front'),
    png({ width: 1, height: 1, depth: 8, colour: 0, lines: [[0, 9]] }),
  ]);
  assert.equal(readImage(whole.subarray(5)).pixels, Uint8Array.of(9, 9, 9, 255));
});

const sound: Png = { width: 2, height: 1, depth: 8, colour: 0, lines: [[0, 1, 2]] };
const refused: Array<[name: string, bytes: Uint8Array, message: RegExp]> = [
  ['nothing', new Uint8Array(), /0 bytes are no PNG.*begin with nothing/],
  ['text', Buffer.from('<svg></svg>'), /begin with 3c 73 76 67/],
  ['PNG cut off', png(sound).subarray(0, 50), /cut off/],
  ['PNG cut off in its header', png(sound).subarray(0, 20), /cut off after 20 bytes/],
  ['PNG without a side', png({ ...sound, width: 0, lines: [] }), /0 x 1 pixels/],
  ['PNG with too few pixels', png({ ...sound, height: 2 }), /3 bytes of pixels, 6 expected/],
  ['PNG that unpacks to more than it says', png({ ...sound, lines: [Array(1e6).fill(0)] }), /do not unpack/],
  ['PNG with an unknown filter', png({ ...sound, lines: [[5, 1, 2]] }), /no filter 5/],
  ['PNG with an unknown colour type', png({ ...sound, colour: 5 }), /colour type 5 with 8 bits/],
  ['PNG with a depth its colour type lacks', png({ ...sound, depth: 3 }), /colour type 0 with 3 bits/],
  ['PNG with a colour outside its palette', png({ ...sound, colour: 3, palette: [1, 2, 3] }), /no colour 1/],
  ['JPEG cut off', bytes('ffd8 ffe0 0004 0000'), /cut off/],
  ['JPEG whose segments go nowhere', bytes('ffd8 ffe0 0000 0000'), /cut off|no marker/],
  ['JPEG of pixels only', bytes('ffd8 ffda 0000'), /no frame header/],
  ['JPEG, EXIF points beyond the end', bytes('ffd8 ffe1 0010 457869660000 4d4d002a ffffffff'), /cut off/],
  ['GIF of size 0', bytes('474946383961 0000 1000'), /0 x 16/],
  ['WebP with an unknown chunk', bytes('52494646 00000000 57454250 41414141'), /chunk 'AAAA'/],
];

for (const [name, input, message] of refused) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => readImage(input),
      (error: unknown) => error instanceof InputError && message.test(error.message),
    );
  });
}

test.run();
