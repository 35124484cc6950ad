/** A classifier as one file: a line of JSON that people can read, then words, word pairs and weights as bytes. */

import { open, readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import { TextClassifier } from './classifier.ts';
import { Vocabulary } from './vocabulary.ts';

const FORMAT = 'text-classifier 1';

/** The first line of the file. */
interface Header {
  format: typeof FORMAT;
  labels: string[];
  words: number;
  pairs: number;
  /** Of the numbers behind the words. */
  byteOrder: 'LE' | 'BE';
  /** Bytes of the words, as UTF-8 with a line for each. */
  wordBytes: number;
  /** Bytes of everything behind the header. */
  bytes: number;
  crc32: number;
}

export async function saveClassifier(
  file: string,
  { labels, vocabulary, bias, weights }: TextClassifier,
): Promise<void> {
  const words = Buffer.from(vocabulary.words.join('\n'));
  const parts = [words, ...[vocabulary.pairs, vocabulary.idf, bias, weights].map(bytesOf)];
  const header: Header = {
    format: FORMAT,
    labels,
    words: vocabulary.words.length,
    pairs: vocabulary.pairs.length / 2,
    byteOrder: endianness(),
    wordBytes: words.length,
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
    crc32: parts.reduce((sum, part) => crc32(part, sum), 0),
  };
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(`${JSON.stringify(header)}\n`);
    for (const part of parts) await handle.writeFile(part);
    // The version that names this file outlives a power cut, and so must the file.
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws Error that names the file and what is wrong with it, when it is not what saveClassifier() wrote */
export async function loadClassifier(file: string): Promise<TextClassifier> {
  const content = await readFile(file);
  const lineEnd = content.indexOf(10);
  const header = parseHeader(file, content.toString('utf8', 0, Math.max(0, lineEnd)));
  const body = content.subarray(lineEnd + 1);
  const { labels, words, pairs, wordBytes, bytes } = header;
  const width = words + pairs;
  if (body.length !== bytes) return refuse(file, `it has ${body.length} bytes of weights instead of ${bytes}`);
  if (crc32(body) !== header.crc32) return refuse(file, 'its bytes are not those that were written');
  if (header.byteOrder !== endianness())
    return refuse(file, 'its numbers are in the byte order of another kind of machine');
  if (bytes !== wordBytes + 4 * (2 * pairs + width + labels.length + width * labels.length)) {
    return refuse(file, 'its first line and its weights do not belong together');
  }
  const spelled = words === 0 ? [] : body.toString('utf8', 0, wordBytes).split('\n');
  let at = wordBytes;
  // Copies, because a view into the file may start between the boundaries that numbers need.
  const next = (count: number): ArrayBuffer => {
    at += 4 * count;
    return new Uint8Array(body.subarray(at - 4 * count, at)).buffer;
  };
  const vocabulary = { pairs: new Uint32Array(next(2 * pairs)), idf: new Float32Array(next(width)) };
  const bias = new Float32Array(next(labels.length));
  const weights = new Float32Array(next(width * labels.length));
  if (new Set(spelled).size !== words || vocabulary.pairs.some((word) => word >= words)) {
    return refuse(file, 'its words do not belong to its weights');
  }
  return new TextClassifier(labels, new Vocabulary(spelled, vocabulary.pairs, vocabulary.idf), bias, weights);
}

function parseHeader(file: string, line: string): Header {
  let header: Partial<Header>;
  try {
    header = JSON.parse(line) as Partial<Header>;
  } catch {
    return refuse(file, 'it does not begin with a line of JSON');
  }
  const { format, labels, byteOrder, ...counts } = header ?? {};
  if (format !== FORMAT) return refuse(file, `its format is ${JSON.stringify(format)}, needed is '${FORMAT}'`);
  if (!Array.isArray(labels) || labels.some((label) => typeof label !== 'string') || labels.length === 0) {
    return refuse(file, 'its labels are not a list of texts');
  }
  const { words, pairs, wordBytes, bytes, crc32: sum } = counts;
  for (const [name, count] of Object.entries({ words, pairs, wordBytes, bytes, crc32: sum })) {
    if (!Number.isSafeInteger(count) || (count as number) < 0) return refuse(file, `its '${name}' is no count`);
  }
  return header as Header;
}

function refuse(file: string, why: string): never {
  throw new Error(`${file} is not a classifier that was saved here: ${why}. Train again to replace it.`);
}

function bytesOf(array: Uint32Array | Float32Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
