/** What a model needs of an image's bytes: the size that the editor shows, and the pixels of a PNG. No dependency. */

import { fail } from './errors.ts';
import type { Orientation } from './labeling/build/exif.ts';
import type { ImageSize } from './labeling/build/image-size.ts';
import { decodePng } from './png.ts';

export interface Image {
  type: 'png' | 'jpeg' | 'gif' | 'webp';
  /** Natural size in pixels, as browsers show the image: original_width and original_height of a region. */
  width: number;
  height: number;
  /**
   * How the pixels of the file have to be turned to be shown so: 1 as they are, 6 and 8 by a quarter. What a decoder found
   * in pixels as stored needs it as the builders' `exif`; after a decoder that turns them itself, leave that out. Of JPEGs;
   * always 1 for the other formats, where browsers differ.
   */
  orientation: Orientation;
  /** RGBA, four bytes a pixel, row by row: of PNGs within the limits below. Other formats need a decoder of your own. */
  pixels?: Uint8Array;
}

/** Larger PNGs are measured, not decoded: 40 megapixels are 160 MB of RGBA, and a few bytes can promise them. */
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 32_768;

/** @throws InputError when the bytes are no PNG, JPEG, GIF or WebP, or a damaged one. */
export function readImage(bytes: Uint8Array): Image {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
  try {
    if (text(0, 8) === '\x89PNG\r\n\x1a\n' && text(12, 4) === 'IHDR') {
      const size = checked({ type: 'png', width: view.getUint32(16), height: view.getUint32(20), orientation: 1 });
      const tooLarge = size.width * size.height > MOST_PIXELS || Math.max(size.width, size.height) > LONGEST_SIDE;
      return tooLarge ? size : { ...size, pixels: decodePng(bytes) };
    }
    if (text(0, 3) === '\xff\xd8\xff') return checked(readJpeg(view));
    if (text(0, 4) === 'GIF8') {
      return checked({ type: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true), orientation: 1 });
    }
    if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') {
      return checked({ type: 'webp', ...readWebpSize(view, text(12, 4)), orientation: 1 });
    }
  } catch (error) {
    // DataView's way of saying that the bytes end too early.
    if (error instanceof RangeError) fail(`the image is cut off after ${bytes.length} bytes`);
    throw error;
  }
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return fail(
    `these ${bytes.length} bytes are no PNG, JPEG, GIF or WebP image (they begin with ${start || 'nothing'})`,
  );
}

function checked(image: Image): Image {
  const { type, width, height } = image;
  // PNG's own limit; it also keeps width * height an exact number.
  const sound = (side: number) => side > 0 && side <= 0x7fffffff;
  return sound(width) && sound(height) ? image : fail(`the ${type} image says it is ${width} x ${height} pixels`);
}

/** Walks the markers to the frame header. Cameras store photos sideways and say so in EXIF, which browsers follow. */
function readJpeg(view: DataView): Image {
  let orientation: Orientation | undefined;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) fail('the JPEG is damaged: no marker where one must be');
    const marker = view.getUint8(at + 1);
    // 0xff fills up, 0xd0..0xd8 and 0x01 stand alone.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const size = (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
      return { type: 'jpeg', ...size, orientation: orientation ?? 1 };
    } else {
      if (marker === 0xda || marker === 0xd9) fail('the JPEG is damaged: no frame header before its pixels');
      if (marker === 0xe1) orientation ??= readOrientation(view, at + 4, view.getUint16(at + 2) - 2);
      at += 2 + Math.max(2, view.getUint16(at + 2));
    }
  }
}

/** EXIF's orientation tag; undefined where there is none, or one that does not exist. 5 to 8 are turned by a quarter. */
function readOrientation(view: DataView, start: number, length: number): Orientation | undefined {
  if (length < 14 || view.getUint32(start) !== 0x45786966) return undefined;
  const tiff = start + 6;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  const end = start + length;
  if (directory + 2 > end) return undefined;
  const entries = view.getUint16(directory, little);
  for (let at = directory + 2; at + 12 <= Math.min(end, directory + 2 + entries * 12); at += 12) {
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return ([1, 2, 3, 4, 5, 6, 7, 8] as const).find((known) => known === value);
  }
  return undefined;
}

function readWebpSize(view: DataView, chunk: string): ImageSize {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (chunk === 'VP8X') return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return fail(`the WebP image begins with a chunk '${chunk}', which no decoder knows`);
}
