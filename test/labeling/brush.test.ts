import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeMask, decodeRle, inspectRle } from '../../runtime/labeling/masks/brush-decode.ts';
import { encodeMask, encodeRle } from '../../runtime/labeling/masks/brush-encode.ts';
import { cpuMilliseconds } from '../cpu-time.ts';
import { refusal } from './refusal.ts';

interface Vector {
  kind: 'mask' | 'raw' | 'runs';
  name: string;
  width: number;
  height: number;
  mask: number[][];
  values: number[];
  runs: [value: number, length: number][];
  values_length: number;
  rle_python_sdk: number[];
  rle_js_editor: number[];
  js_roundtrip?: boolean | string;
}
const { vectors, invalid } = JSON.parse(
  readFileSync(new URL('../fixtures/brush_rle.json', import.meta.url), 'utf8'),
) as { vectors: Vector[]; invalid: { name: string; rle: number[] }[] };

const wordsOf = ({ kind, values, runs, mask }: Vector): Uint8Array => {
  if (kind === 'raw') return Uint8Array.from(values);
  if (kind === 'runs') return Uint8Array.from(runs.flatMap(([value, length]) => Array(length).fill(value)));
  return Uint8Array.from(mask.flat().flatMap((value) => [value, value, value, value]));
};

test('the recordings are all there', () => assert.equal([vectors.length, invalid.length], [9, 2]));

for (const vector of vectors) {
  test(`both encoders’ bytes: ${vector.name}`, () => {
    const words = wordsOf(vector);
    assert.is(words.length, vector.values_length);
    assert.equal([...encodeRle(words, 'sdk')], vector.rle_python_sdk);
    // The editor's encoder loses the last word of 65,536·k + 1 equal ones; a mask never has so many.
    const lossy = typeof vector.js_roundtrip === 'string';
    assert.is(JSON.stringify([...encodeRle(words)]) === JSON.stringify(vector.rle_js_editor), !lossy);
    for (const bytes of [encodeRle(words), vector.rle_python_sdk, ...(lossy ? [] : [vector.rle_js_editor])]) {
      assert.ok(Buffer.from(decodeRle(bytes)).equals(words));
    }
    if (vector.kind !== 'mask') return;
    const mask = Uint8Array.from(vector.mask.flat());
    assert.equal([...encodeMask(mask, 'sdk')], vector.rle_python_sdk);
    assert.equal([...encodeMask(mask)], vector.rle_js_editor);
    assert.equal(decodeMask(vector.rle_js_editor, vector), mask);
    assert.equal(inspectRle(vector.rle_js_editor), { words: words.length, painted: mask.some((value) => value > 0) });
  });
}

/** Recorded from rle-pack 3.2.12: the words, and the bytes after the first six of the header. */
const SINGLES: [words: number[], bytes: number[]][] = [
  [
    [1, 2],
    [248, 32, 32, 64],
  ],
  [
    [7, 7, 8, 9, 9],
    [252, 32, 224, 4, 66, 18],
  ],
  [
    [3, 4, 5, 5],
    [248, 32, 96, 144, 130, 128],
  ],
  [
    [1, 1, 2],
    [252, 32, 48, 1, 0],
  ],
  [
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [249, 128, 16, 32, 48, 64, 80, 96, 112, 128, 144],
  ],
];
for (const [words, bytes] of SINGLES) {
  test(`the editor’s way with single words: ${words}`, () => {
    assert.equal([...encodeRle(Uint8Array.from(words))].slice(6), bytes);
  });
}

const header = [0, 0, 0, 4, 57, 27];
const REFUSED: [bytes: unknown[], message: string][] = [
  [[], 'brush: rle must begin with a header of 7 bytes, got 0'],
  [[0, 0, 0, 4, 57, 27], 'got 6'],
  [[...header, 252], 'brush: rle is cut off after 0 of 4 words'],
  [[...header, 252, 96], 'cut off after 0 of 4 words'],
  [[0, 0, 0, 8, 57, 27, 252, 127, 224], 'cut off after 4 of 8 words'],
  [[...header, 248, 127, 0], 'cut off after 0 of 4 words'],
  [[...header, 252, 255, 224], 'brush: rle has more than the 4 words that its header promises'],
  [[...header, 252, 0, 256], 'brush: rle must be whole numbers 0..255, number 8 is 256'],
  [[...header, 252, 0, -1], 'number 8 is -1'],
  [[...header, 252, 0, 1.5], 'number 8 is 1.5'],
  [[...header, 252, 0, '1'], 'number 8 is "1"'],
  [[...header, 252, 0, null], 'number 8 is null'],
  [[0, 0, 0, 4, 121, 27, 252, 127, 224], 'brush: words of 16 bits; masks have words of 8'],
  [[255, 255, 255, 255, 57, 27, 255, 255, 255, 0], 'promises 4294967295 words, at most 1073741824 are accepted'],
];
for (const [bytes, message] of REFUSED) {
  test(`refuses ${JSON.stringify(bytes)}`, () => {
    assert.match(
      refusal(() => decodeRle(bytes as number[])),
      message,
    );
  });
}
test('the recorded invalid ones are refused', () => {
  for (const { rle } of invalid) refusal(() => decodeRle(rle));
  assert.is(
    refusal(() => decodeMask([...header, 252, 127, 224], { width: 2, height: 1 })),
    'brush: the encoding is of 1 pixels, the image has 2 × 1 = 2',
  );
  assert.match(
    refusal(() => encodeMask(new Uint8Array(0))),
    'brush: nothing to encode, or too much for the format: 0 words',
  );
});

test('a size promised without bytes behind it costs no memory', () => {
  const before = process.memoryUsage().arrayBuffers;
  refusal(() => inspectRle([255, 255, 255, 252, 57, 27, 255, 255, 255, 0]));
  assert.ok(process.memoryUsage().arrayBuffers - before < 1e6);
});

/** Few values, long and short runs, lengths around the classes' limits. */
const runs = fc.array(
  fc.tuple(fc.constantFrom(0, 1, 128, 255), fc.constantFrom(1, 2, 3, 7, 8, 9, 16, 17, 255, 256, 257, 16_384, 16_385)),
  { minLength: 1, maxLength: 12 },
);
const bytesOf = (parts: [number, number][]) =>
  Buffer.concat(parts.map(([value, length]) => Buffer.alloc(length, value)));

test('words and masks, there and back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 300 }), runs.map(bytesOf)), (words) => {
      for (const encoder of ['editor', 'sdk'] as const) {
        assert.ok(Buffer.from(decodeRle(encodeRle(words, encoder))).equals(words));
        const encoded = encodeMask(words, encoder);
        assert.ok(Buffer.from(decodeMask(encoded, { width: words.length, height: 1 })).equals(words));
        assert.is(
          inspectRle(encoded).painted,
          words.some((word) => word > 0),
        );
        // A mask is its four channels.
        const channels = Uint8Array.from({ length: words.length * 4 }, (_, at) => words[at >> 2] ?? 0);
        assert.ok(Buffer.from(encodeRle(channels, encoder)).equals(encoded));
        assert.ok(Buffer.from(encodeMask(new Uint8Array([9, ...words]).subarray(1), encoder)).equals(encoded));
      }
    }),
    { numRuns: 60 },
  );
});

test('any bytes decode or are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
      for (const bytes of [noise, [0, 0, 0, 60, 57, 27, ...noise]]) {
        try {
          decodeRle(bytes, 100_000);
        } catch (error) {
          assert.is((error as Error).name, 'InputError');
        }
      }
    }),
  );
});

test('4096 × 4096 pixels in milliseconds', () => {
  const side = 4096;
  const mask = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const half = Math.floor(Math.sqrt(Math.max(0, 1800 ** 2 - (y - 2048) ** 2)));
    mask.fill(255, y * side + 2048 - half, y * side + 2048 + half);
  }
  // The best of three: another process may have the core.
  const times = [1, 2, 3].map(() => {
    const start = cpuMilliseconds();
    const encoded = encodeMask(mask);
    const middle = cpuMilliseconds();
    const decoded = decodeMask(encoded, { width: side, height: side });
    const end = cpuMilliseconds();
    assert.ok(Buffer.from(decoded).equals(mask));
    return [middle - start, end - middle] as const;
  });
  const [encoding, decoding] = [0, 1].map((part) => Math.min(...times.map((both) => both[part] ?? 0)));
  assert.ok((encoding ?? 0) < 150 && (decoding ?? 0) < 150, JSON.stringify(times));
});

test.run();
