/** Messages between the server and its model processes: length, kind, id, a JSON header, and bytes that nobody copies. */

import type { Writable } from 'node:stream';

/** Sent by their place in this list. */
const KINDS = [
  // To a model process:
  'init',
  'predict',
  'cancelled',
  'load',
  'stage',
  'refresh',
  // From it:
  'hello',
  'part',
  'done',
  'failed',
  'log',
  'beat',
] as const;

export type Kind = (typeof KINDS)[number];

export interface Frame {
  kind: Kind;
  /** Of the request that it belongs to; 0 for none. */
  id: number;
  header: unknown;
  payload: Buffer;
}

/** Bytes of length, kind, id and header length. */
const PREFIX = 13;
const NOTHING = Buffer.alloc(0);

/** Up to here copying costs less than a second write. */
export const SMALL = 16_384;

/** Pieces to write one after the other. */
export function encodeFrame(kind: Kind, id: number, header?: unknown, payload: Buffer = NOTHING): Buffer[] {
  const text = header === undefined ? '' : JSON.stringify(header);
  const size = Buffer.byteLength(text);
  const inOne = payload.length <= SMALL;
  const start = Buffer.allocUnsafe(PREFIX + size + (inOne ? payload.length : 0));
  start.writeUInt32LE(PREFIX - 4 + size + payload.length, 0);
  start.writeUInt8(KINDS.indexOf(kind), 4);
  start.writeUInt32LE(id, 5);
  start.writeUInt32LE(size, 9);
  start.write(text, PREFIX);
  if (inOne) payload.copy(start, PREFIX + size);
  return inOne ? [start] : [start, payload];
}

export type Send = (kind: Kind, id: number, header?: unknown, payload?: Buffer) => void;

/** Writes frames; those of one turn of the event loop go out together, since each write costs as much as a small request. */
export function createSend(pipe: Writable): Send {
  let corked = false;
  return (kind, id, header, payload) => {
    if (!pipe.writable) return;
    if (!corked) {
      corked = true;
      pipe.cork();
      setImmediate(() => {
        corked = false;
        pipe.uncork();
      });
    }
    for (const piece of encodeFrame(kind, id, header, payload)) pipe.write(piece);
  };
}

/** Puts frames together from chunks of any size, in time linear in their bytes. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes until something can be read. */
  #needed = 4;

  *push(chunk: Buffer): Generator<Frame> {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size >= this.#needed) {
      const bytes = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
      const length = 4 + bytes.readUInt32LE(0);
      this.#chunks = [bytes];
      this.#needed = length;
      if (this.#size < length) return;
      this.#chunks = this.#size > length ? [bytes.subarray(length)] : [];
      this.#size -= length;
      this.#needed = 4;
      yield readFrame(bytes.subarray(4, length));
    }
  }
}

function readFrame(bytes: Buffer): Frame {
  const kind = KINDS[bytes.readUInt8(0)] ?? 'beat';
  const end = 9 + bytes.readUInt32LE(5);
  const header: unknown = end > 9 ? JSON.parse(bytes.toString('utf8', 9, end)) : undefined;
  return { kind, id: bytes.readUInt32LE(1), header, payload: bytes.subarray(end) };
}
