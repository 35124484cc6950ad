/** Reads the headers of an MP4: how large and how long its video is, and where each picture stands. Any codec. */

import { fail } from './runtime/errors.ts';

export interface Mp4 {
  /** As shown: what a phone has stored sideways is turned. */
  width: number;
  height: number;
  /** Seconds. */
  duration: number;
  /** How many pictures are stored. */
  pictures: number;
  /** Of the pictures: 'avc1' is H.264. */
  codec: string;
  /** What the codec's decoder needs beforehand. */
  setup: Uint8Array;
  /** The pictures as they are stored, with the seconds at which each one is decoded. */
  samples(): Iterable<{ time: number; bytes: Uint8Array }>;
}

/** @throws InputError when the bytes are no MP4, or a damaged one */
export function readMp4(bytes: Uint8Array): Mp4 {
  const file = new Box(bytes);
  const movie = file.find('moov') ?? fail(`these ${bytes.length} bytes are no MP4: they have no whole 'moov' box`);
  const track = movie
    .children()
    .find(({ name, box }) => name === 'trak' && box.find('mdia', 'hdlr')?.text(8) === 'vide');
  return track ? readTrack(bytes, movie, track.box) : fail('the MP4 has no video track');
}

function readTrack(bytes: Uint8Array, movie: Box, track: Box): Mp4 {
  const need = (...path: string[]) => track.find(...path) ?? fail(`the MP4 is damaged: it has no '${path.join('/')}'`);
  const [media, sizes] = [readDuration(need('mdia', 'mdhd')), need('mdia', 'minf', 'stbl', 'stsz')];
  const pictures = sizes.uint32(8);
  if (pictures === 0) fail('the MP4 is in fragments, and its header does not count them: store it in one piece');
  const [header, whole] = [need('tkhd'), movie.find('mvhd')];
  const duration = (whole && readDuration(whole)) || media;
  // A matrix, then the sides. Version 1 has longer times before; turned by a quarter, the matrix begins with 0.
  const matrix = header.uint8(0) === 1 ? 52 : 40;
  const [width, height] = [header.uint32(matrix + 36) / 0x10000, header.uint32(matrix + 40) / 0x10000];
  if (!(width >= 1 && height >= 1 && duration > 0)) {
    fail(`the MP4 says that it has ${width} x ${height} pixels and takes ${duration} seconds`);
  }
  const [entry] = need('mdia', 'minf', 'stbl', 'stsd').inner(8).children();
  return {
    ...(header.uint32(matrix) === 0 ? { width: height, height: width } : { width, height }),
    duration,
    pictures,
    codec: entry?.name ?? 'none',
    setup: entry?.box.inner(78).find('avcC')?.bytes ?? new Uint8Array(),
    samples: () => listSamples(bytes, need('mdia'), sizes),
  };
}

/** Seconds. Version 1 has 64 bits for times. */
function readDuration(header: Box): number {
  const wide = header.uint8(0) === 1;
  const [scale, units] = wide ? [header.uint32(20), header.uint64(24)] : [header.uint32(12), header.uint32(16)];
  return units / scale || 0;
}

/** Pictures stand in chunks: tables of runs say how many in each, and how long each picture is shown. */
function* listSamples(bytes: Uint8Array, media: Box, sizes: Box) {
  const table = (name: string) => media.find('minf', 'stbl', name);
  const [times, runs, offsets, farOffsets] = [table('stts'), table('stsc'), table('stco'), table('co64')];
  const chunks = farOffsets ?? offsets;
  if (!times || !runs || !chunks) return fail('the MP4 is damaged: it does not say where its pictures are');
  const scale = media.find('mdhd')?.uint32(media.find('mdhd')?.uint8(0) === 1 ? 20 : 12) ?? 1;
  let [picture, ticks, run, timeRun, left] = [0, 0, 0, 0, times.uint32(8)];
  for (let chunk = 0; chunk < chunks.uint32(4); chunk++) {
    if (run + 1 < runs.uint32(4) && runs.uint32(8 + (run + 1) * 12) === chunk + 1) run++;
    let at = farOffsets ? farOffsets.uint64(8 + chunk * 8) : chunks.uint32(8 + chunk * 4);
    for (let k = 0; k < runs.uint32(12 + run * 12) && picture < sizes.uint32(8); k++, picture++) {
      const size = sizes.uint32(4) || sizes.uint32(12 + picture * 4);
      yield { time: ticks / scale, bytes: bytes.subarray(at, at + size) };
      at += size;
      while (left === 0) left = times.uint32(8 + ++timeRun * 8);
      ticks += times.uint32(12 + timeRun * 8);
      left--;
    }
  }
}

/** Boxes hold bytes, or further boxes: a length and a name before each. */
class Box {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  children(): { name: string; box: Box }[] {
    const children = [];
    for (let at = 0; at + 8 <= this.bytes.length; ) {
      // Lengths of 64 bits stand behind the name; 0 is the rest.
      const short = this.uint32(at);
      const [length, header] = short === 1 ? [this.uint64(at + 8), 16] : [short || this.bytes.length - at, 8];
      if (length < header || at + length > this.bytes.length) break;
      children.push({ name: this.text(at + 4), box: new Box(this.bytes.subarray(at + header, at + length)) });
      at += length;
    }
    return children;
  }

  /** The box at a path below this one. */
  find(...path: string[]): Box | undefined {
    return path.reduce<Box | undefined>((box, step) => box?.children().find(({ name }) => name === step)?.box, this);
  }

  /** Without the fields before the boxes in it. */
  inner(from: number): Box {
    return new Box(this.bytes.subarray(from));
  }

  text(at: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + 4));
  }
  uint8(at: number): number {
    return this.#within(at, 1).getUint8(at);
  }
  uint32(at: number): number {
    return this.#within(at, 4).getUint32(at);
  }
  uint64(at: number): number {
    return Number(this.#within(at, 8).getBigUint64(at));
  }

  #within(at: number, length: number): DataView {
    if (at + length > this.bytes.length) fail(`the MP4 is damaged: it ends after ${this.bytes.length} bytes of a box`);
    return this.#view;
  }
}
