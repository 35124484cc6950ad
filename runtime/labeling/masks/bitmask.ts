/** Masks as the PNG data URLs of <Bitmask>: black where painted, clear elsewhere. One bit a pixel, so that large ones stay small. */

import { crc32, deflateSync } from 'node:zlib';
import { fail } from '../../errors.ts';
import { decodePng } from '../../png.ts';
import { checkImageSize, type ImageSize } from '../build/image-size.ts';
import { show } from '../validate/findings.ts';

const PREFIX = 'data:image/png;base64,';
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Larger ones are measured, not decoded: RGBA of 64 megapixels takes 256 MB. */
const MOST_PIXELS = 67_108_864;

/** A mask of one byte a pixel, row by row; anything but 0 is painted. @throws InputError when size and length differ */
export function encodeBitmask(mask: Uint8Array | Uint8ClampedArray, size: ImageSize): string {
  checkImageSize(size);
  const { width, height } = size;
  if (mask.length !== width * height) {
    fail(`bitmask: a mask of ${mask.length} pixels for an image of ${width} × ${height} = ${width * height}`);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // One bit a pixel, indices into a palette.
  header.set([1, 3], 8);
  const png = Buffer.concat([
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    // Two blacks; the first of them is clear.
    chunk('PLTE', new Uint8Array(6)),
    chunk('tRNS', Uint8Array.of(0, 255)),
    chunk('IDAT', deflateSync(packRows(mask, width, height), { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
  return PREFIX + png.toString('base64');
}

function packRows(mask: Uint8Array | Uint8ClampedArray, width: number, height: number): Uint8Array {
  const rowLength = Math.ceil(width / 8) + 1;
  const rows = new Uint8Array(rowLength * height);
  for (let y = 0, at = 0; y < height; y++) {
    // The row's first byte says that it is not filtered.
    const start = y * rowLength + 1;
    for (let x = 0; x < width; x++, at++) {
      if (mask[at] !== 0) rows[start + (x >> 3)] = (rows[start + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return rows;
}

function chunk(type: string, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(body.length + 12);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, body.length + 8)), body.length + 8);
  return bytes;
}

/** The size that a data URL's PNG says it has. Reads its head only. @throws InputError when it is none */
export function readBitmaskSize(url: string): ImageSize {
  if (typeof url !== 'string' || !url.startsWith(PREFIX)) {
    fail(`bitmask: needs a data URL that begins with ${PREFIX}, got ${show(url)}`);
  }
  // Signature, and a header chunk of 25 bytes: 33, in 44 characters.
  const characters = url.slice(PREFIX.length, PREFIX.length + 44);
  const head = Buffer.from(characters, 'base64');
  const sound = /^[A-Za-z0-9+/]{44}$/.test(characters) && SIGNATURE.every((byte, at) => head[at] === byte);
  if (!sound || head.toString('latin1', 12, 16) !== 'IHDR') fail('bitmask: the data URL holds no PNG');
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
}

/** The mask, one byte a pixel, row by row: each pixel's opacity. @throws InputError when the PNG is damaged or too large */
export function decodeBitmask(url: string): ImageSize & { mask: Uint8Array } {
  const { width, height } = readBitmaskSize(url);
  if (width * height > MOST_PIXELS) fail(`bitmask: ${width} × ${height} pixels, at most ${MOST_PIXELS} are decoded`);
  const pixels = decodePng(Buffer.from(url.slice(PREFIX.length), 'base64'));
  const mask = new Uint8Array(width * height);
  for (let at = 0; at < mask.length; at++) mask[at] = pixels[at * 4 + 3] ?? 0;
  return { width, height, mask };
}
