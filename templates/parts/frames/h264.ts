/** Decodes the simplest H.264: pictures of raw blocks, of blocks that moved, and of blocks that go on as their neighbours do. */

import { Bits } from './bits.ts';
import { type Block, isNextToRaw, motionOf, moved, type Picture, paint, skippedMotionOf } from './blocks.ts';
import { fail } from './runtime/errors.ts';

interface Stream {
  columns: number;
  rows: number;
  /** Bits of a picture's number. */
  numberBits: number;
}

/** What the sample tasks use. Nearly every other video has more, and is for ffmpeg. */
function expect(holds: boolean, what: string): void {
  if (!holds) fail(`this H.264 has ${what}, which takes a full decoder: install ffmpeg`);
}

/**
 * @param setup as the MP4 has it
 * @returns a function from stored pictures to pixels, to be called in order
 * @throws InputError for most H.264: baseline profile, one slice, no residuals, no filter, no fractions of pixels
 */
export function createDecoder(setup: Uint8Array): (sample: Uint8Array) => Picture {
  const stream = readSetup(setup);
  let last: Picture | undefined;
  return (sample) => {
    const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
    for (let at = 0; at + 5 <= sample.length; at += 4 + view.getUint32(at)) {
      const unit = sample.subarray(at + 4, at + 4 + view.getUint32(at));
      const [header = 0] = unit;
      // Type 5 stands alone, type 1 refers to the picture before; other units hold no pixels.
      const type = header & 31;
      if (type === 5 || type === 1) last = decodePicture(new Bits(unit.subarray(1)), stream, type === 5, last);
    }
    return last ?? fail('the H.264 stream does not begin with a picture');
  };
}

function readSetup(setup: Uint8Array): Stream {
  const size = ((setup[6] ?? 0) << 8) | (setup[7] ?? 0);
  const sequence = new Bits(setup.subarray(9, 8 + size));
  expect(((setup[4] ?? 0) & 3) === 3, 'short lengths');
  expect(sequence.read(8) === 66, 'more than the baseline profile');
  sequence.read(16);
  sequence.unsigned();
  const numberBits = sequence.unsigned() + 4;
  expect(sequence.unsigned() === 2, 'pictures out of order');
  expect(sequence.unsigned() === 1, 'several pictures to refer to');
  sequence.read(1);
  const [columns, rows] = [sequence.unsigned() + 1, sequence.unsigned() + 1];
  expect(columns * rows <= 8192, 'more than 2 megapixels');
  expect((sequence.read(3) & 0b101) === 0b100, 'fields, or a crop');

  const pictures = new Bits(setup.subarray(12 + size));
  pictures.unsigned();
  pictures.unsigned();
  expect(pictures.read(2) === 0 && pictures.unsigned() === 0, 'CABAC, or groups of slices');
  expect(pictures.unsigned() + pictures.unsigned() + pictures.read(3) === 0, 'weights');
  for (let parameter = 0; parameter < 3; parameter++) pictures.signed();
  expect(pictures.read(3) === 0b100, 'no say about filters');
  return { columns, rows, numberBits };
}

function decodePicture(bits: Bits, stream: Stream, alone: boolean, last: Picture | undefined): Picture {
  const { columns, rows, numberBits } = stream;
  expect(bits.unsigned() === 0, 'several slices');
  const refers = bits.unsigned() % 5 === 0;
  bits.unsigned();
  bits.read(numberBits);
  if (alone) bits.unsigned();
  if (refers) expect(bits.read(2) === 0, 'references in another order');
  expect(bits.read(alone ? 2 : 1) === 0, 'marked references');
  bits.signed();
  expect(bits.unsigned() === 1, 'the deblocking filter');

  const [width, height] = [columns * 16, rows * 16];
  const planes = [4, 1, 1].map((share) => new Uint8Array((width * height * share) / 4)) as Picture['planes'];
  const picture: Picture = { width, height, planes };
  const blocks: Block[] = [];
  const add = (block: Block) => {
    paint(picture, blocks.length, block, last);
    blocks.push(block);
  };
  while (blocks.length < columns * rows) {
    if (refers) {
      for (let skipped = bits.unsigned(); skipped > 0 && blocks.length < columns * rows; skipped--) {
        add(moved(skippedMotionOf(blocks, columns)));
      }
    }
    if (blocks.length < columns * rows) add(readBlock(bits, refers, blocks, columns));
  }
  return picture;
}

function readBlock(bits: Bits, refers: boolean, blocks: readonly Block[], columns: number): Block {
  const type = bits.unsigned();
  if (refers && type === 0) {
    const [x, y] = motionOf(blocks, columns);
    const motion = [x + bits.signed(), y + bits.signed()] as const;
    expect(bits.unsigned() === 0, 'residuals');
    // In quarters of a pixel; colours have half the pixels.
    expect(
      motion.every((quarters) => quarters % 8 === 0),
      'fractions of pixels',
    );
    return moved(motion);
  }
  const own = refers ? type - 5 : type;
  if (own === 25) return { kind: 'raw', bytes: bits.bytes(384) };
  expect(own === 1 || own === 2, 'residuals');
  const kind = own === 1 ? 'above' : 'left';
  expect(bits.unsigned() === (kind === 'above' ? 2 : 1) && bits.signed() === 0, 'residuals');
  const raw = isNextToRaw(blocks, columns);
  expect(bits.read(raw ? 6 : 1) === (raw ? 0b000011 : 1), 'residuals');
  return { kind };
}
