import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTextOffsets } from '../../runtime/labeling/text-offsets.ts';
import { cpuMilliseconds } from '../cpu-time.ts';
import { createRandom } from './random-configs.ts';
import { refusal } from './refusal.ts';

/** What Python counts: by iteration, the slow way. */
const slowCodePoint = (text: string, utf16: number) => [...text.slice(0, utf16)].length;

const TEXTS = [
  '',
  'plain',
  'é',
  '😀',
  'a😀b',
  '😀😀',
  '👩‍👩‍👧',
  'e\u0301',
  '\uD83D',
  '\uDE00\uD83D',
  'a\uD83Db😀',
  'x\r\ny',
];

for (const text of TEXTS) {
  test(`every position of ${JSON.stringify(text)}, there and back`, () => {
    const offsets = createTextOffsets(text);
    assert.is(offsets.codePoints, [...text].length);
    for (let utf16 = 0; utf16 <= text.length; utf16++) {
      const inside = utf16 > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(utf16 - 1, utf16 + 1));
      if (inside) {
        assert.match(
          refusal(() => offsets.toCodePoint(utf16)),
          `offset ${utf16} is inside of '`,
        );
        continue;
      }
      assert.is(offsets.toCodePoint(utf16), slowCodePoint(text, utf16));
      assert.is(offsets.toUtf16(slowCodePoint(text, utf16)), utf16);
    }
  });
}

test('random texts, there and back', () => {
  const random = createRandom(5);
  for (let round = 0; round < 200; round++) {
    const characters = Array.from({ length: 40 }, () => (random() < 0.5 ? '😀' : random() < 0.5 ? 'a' : 'é'));
    const offsets = createTextOffsets(characters.join(''));
    const cut = Math.floor(random() * 41);
    const utf16 = characters.slice(0, cut).join('').length;
    assert.equal([offsets.toCodePoint(utf16), offsets.toUtf16(cut)], [cut, utf16]);
  }
});

test('a million characters, ten thousand questions', () => {
  const start = cpuMilliseconds();
  const offsets = createTextOffsets('ab😀'.repeat(300_000));
  for (let k = 0; k < 10_000; k++) assert.is(offsets.toCodePoint(k * 4), k * 3);
  assert.ok(cpuMilliseconds() - start < 1000, `${cpuMilliseconds() - start} ms`);
});

test('what is not a text', () => {
  assert.is(
    refusal(() => createTextOffsets(undefined as unknown as string)),
    'a span needs the whole text, got undefined',
  );
});

test.run();
