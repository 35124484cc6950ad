/** PNG bytes to RGBA pixels: every colour type, bit depth and filter, interlaced or not; sizes are checked before memory is taken. */

import { inflateSync } from 'node:zlib';
import { fail } from './errors.ts';

interface Header {
  width: number;
  height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  depth: number;
  colour: keyof typeof COLOURS;
  interlaced: boolean;
}

/** PNG's colour types: samples per pixel, and the depths that the format allows. */
const COLOURS = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** First column, first row, column step, row step of the passes of an interlaced image; a plain one is a single pass. */
const ADAM7: ReadonlyArray<readonly [number, number, number, number]> = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];
const ONE_PASS: typeof ADAM7 = [[0, 0, 1, 1]];

/** RGBA, four bytes a pixel, row by row. @throws InputError on anything that is not a whole, sound PNG. */
export function decodePng(bytes: Uint8Array): Uint8Array {
  const { header, palette, transparency, data } = readChunks(bytes);
  const { width, height, depth, colour } = header;
  const { samples } = COLOURS[colour];
  const passes = header.interlaced ? ADAM7 : ONE_PASS;
  const sizes = passes.map(([left, top, across, down]) => ({
    columns: Math.max(0, Math.ceil((width - left) / across)),
    rows: Math.max(0, Math.ceil((height - top) / down)),
  }));
  const lineLength = (columns: number) => Math.ceil((columns * samples * depth) / 8);
  const expected = sizes.reduce(
    (sum, { columns, rows }) => sum + (columns > 0 ? rows * (lineLength(columns) + 1) : 0),
    0,
  );
  const packed = inflate(data, expected);
  const writePixel = pixelWriter(header, palette, transparency);
  const pixels = new Uint8Array(width * height * 4);
  const pixelBytes = Math.max(1, (samples * depth) >> 3);
  let at = 0;
  for (const [pass, [left, top, across, down]] of passes.entries()) {
    const { columns, rows } = sizes[pass] ?? { columns: 0, rows: 0 };
    if (columns === 0) continue;
    let above: Uint8Array = new Uint8Array(lineLength(columns));
    for (let row = 0; row < rows; row++) {
      const line = packed.subarray(at + 1, at + 1 + lineLength(columns));
      unfilter(packed[at] ?? 0, line, above, pixelBytes);
      for (let column = 0; column < columns; column++) {
        writePixel(line, column, pixels, ((top + row * down) * width + left + column * across) * 4);
      }
      above = line;
      at += line.length + 1;
    }
  }
  return pixels;
}

function readChunks(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let header: Header | undefined;
  let palette = new Uint8Array();
  let transparency = new Uint8Array();
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.slice(at + 8, at + 8 + length);
    if (body.length < length) fail(`the PNG is cut off: chunk ${type} wants ${length} bytes, ${body.length} are there`);
    if (type === 'IHDR') header = readHeader(body);
    else if (type === 'PLTE') palette = body;
    else if (type === 'tRNS') transparency = body;
    else if (type === 'IDAT') parts.push(body);
    else if (type === 'IEND') break;
    at += length + 12;
  }
  if (!header) fail('the PNG has no header (IHDR)');
  return { header, palette, transparency, data: Buffer.concat(parts) };
}

function readHeader(body: Uint8Array): Header {
  if (body.length !== 13) fail(`the PNG's header must have 13 bytes, it has ${body.length}`);
  const view = new DataView(body.buffer, body.byteOffset);
  const [depth, colour, interlace] = [view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  if (!isColour(colour) || !COLOURS[colour].depths.includes(depth)) {
    fail(`the PNG has colour type ${colour} with ${depth} bits, which the format does not know`);
  }
  return { width: view.getUint32(0), height: view.getUint32(4), depth, colour, interlaced: interlace === 1 };
}

function isColour(value: number): value is Header['colour'] {
  return Object.hasOwn(COLOURS, value);
}

/** No more than the size promises is ever unpacked, so a bomb costs what an honest image of that size costs. */
function inflate(data: Uint8Array, expected: number): Uint8Array {
  let packed: Uint8Array;
  try {
    packed = inflateSync(data, { maxOutputLength: Math.max(expected, 1) });
  } catch {
    fail('the PNG is damaged: its pixels do not unpack');
  }
  if (packed.length !== expected) fail(`the PNG is damaged: ${packed.length} bytes of pixels, ${expected} expected`);
  return packed;
}

/** Undoes a line's filter in place. `above` is the finished line before it, `step` the bytes from a pixel to the next. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, step: number): void {
  if (filter > 4) fail(`the PNG is damaged: there is no filter ${filter}`);
  for (let i = 0; filter > 0 && i < line.length; i++) {
    const left = i >= step ? (line[i - step] ?? 0) : 0;
    const up = above[i] ?? 0;
    const corner = i >= step ? (above[i - step] ?? 0) : 0;
    const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
    line[i] = (line[i] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}

/** Writes one pixel of a line to `to`, as RGBA. */
type WritePixel = (line: Uint8Array, column: number, to: Uint8Array, at: number) => void;

function pixelWriter({ depth, colour }: Header, palette: Uint8Array, transparency: Uint8Array): WritePixel {
  const { samples } = COLOURS[colour];
  const most = 2 ** depth - 1;
  const sample = (line: Uint8Array, index: number): number => {
    if (depth === 8) return line[index] ?? 0;
    if (depth === 16) return ((line[index * 2] ?? 0) << 8) | (line[index * 2 + 1] ?? 0);
    const bit = index * depth;
    return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & most;
  };
  const to8 = (value: number) => (depth === 8 ? value : Math.round((value * 255) / most));
  if (colour === 3) {
    return (line, column, to, at) => {
      const index = sample(line, column);
      if (index * 3 + 2 >= palette.length) fail(`the PNG is damaged: its palette has no colour ${index}`);
      for (let i = 0; i < 3; i++) to[at + i] = palette[index * 3 + i] ?? 0;
      to[at + 3] = transparency[index] ?? 255;
    };
  }
  const grey = colour === 0 || colour === 4;
  const hasAlpha = colour === 4 || colour === 6;
  // One colour of an image without alpha may be declared see-through.
  const clear = [0, 2, 4]
    .filter((i) => i + 1 < transparency.length)
    .map((i) => ((transparency[i] ?? 0) << 8) | (transparency[i + 1] ?? 0));
  return (line, column, to, at) => {
    const first = column * samples;
    for (let i = 0; i < 3; i++) to[at + i] = to8(sample(line, grey ? first : first + i));
    if (hasAlpha) to[at + 3] = to8(sample(line, first + samples - 1));
    else
      to[at + 3] =
        clear.length >= samples && clear.every((v, i) => i >= samples || v === sample(line, first + i)) ? 0 : 255;
  };
}
