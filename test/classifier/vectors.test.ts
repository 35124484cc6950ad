/** Text to numbers: words in any script, TF-IDF weights, a bounded vocabulary. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { learnTerms } from '../../examples/text-classifier/src/terms.ts';
import { wordsOf } from '../../examples/text-classifier/src/words.ts';
import { corpusOf } from './corpora.ts';

const rounded = (numbers: Iterable<number>, digits = 4): number[] =>
  Array.from(numbers, (number) => Number(number.toFixed(digits)));

test('words in any script', () => {
  const cases: Array<[text: string, words: string[]]> = [
    ['Hello, WORLD-wide 42!', ['hello', 'world', 'wide', '42']],
    ['Größe ÉTÉ', ['größe', 'été']],
    // Composed and decomposed, ligatures and full-width letters are the same word.
    ['e\u0301te\u0301 ﬁn Ａ', ['été', 'fin', 'a']],
    ['привет, мир', ['привет', 'мир']],
    ['हिन्दी भाषा', ['हिन्दी', 'भाषा']],
    ['東京タワー', ['東', '京', 'タ', 'ワ', 'ー']],
    ['Tokyo東京 2x', ['tokyo', '東', '京', '2x']],
    [' \n\t…!?🎉', []],
    ['', []],
    ['x'.repeat(65), []],
    ['x'.repeat(64), ['x'.repeat(64)]],
  ];
  for (const [text, words] of cases) assert.equal(wordsOf(text), words, JSON.stringify(text));
  assert.is(wordsOf('word '.repeat(1_000_000)).length, 40_000);
});

test('weights are those of TF-IDF, on a vector of length one', () => {
  const corpus = corpusOf('a: red red fish', 'a: blue fish swims', 'a: red fish');
  const { vocabulary } = learnTerms(corpus, corpus.all(), 100);
  assert.equal(vocabulary.words, ['red', 'fish', 'blue', 'swims']);
  assert.equal([...vocabulary.pairs], [0, 1], 'only "red fish" is in two documents');
  const idf = [Math.log(4 / 3) + 1, 1, Math.log(4 / 2) + 1, Math.log(4 / 2) + 1, 0.5 * (Math.log(4 / 3) + 1)];
  assert.equal(rounded(vocabulary.idf), rounded(idf));

  const { columns, values } = vocabulary.vectorOf('Red red fish, unknown whale');
  const raw = [(1 + Math.log(2)) * (Math.log(4 / 3) + 1), 1, 0.5 * (Math.log(4 / 3) + 1)];
  assert.equal([...columns], [0, 1, 4]);
  assert.equal(rounded(values), rounded(raw.map((value) => value / Math.hypot(...raw))));
  assert.equal(vocabulary.vectorOf('unknown whale'), { columns: new Uint32Array(), values: new Float32Array() });
});

test('a full vocabulary keeps the terms of the most documents', () => {
  const corpus = corpusOf('x: a b c', 'x: a b', 'x: b d', 'x: a e');
  const limits: Array<[most: number, words: string[], pairs: number[]]> = [
    [2, ['a'], []],
    [3, ['a', 'b'], [0, 1]],
    [6, ['a', 'b', 'c'], [0, 1]],
    [100, ['a', 'b', 'c', 'd', 'e'], [0, 1]],
  ];
  for (const [most, words, pairs] of limits) {
    const { vocabulary } = learnTerms(corpus, corpus.all(), most);
    assert.equal([vocabulary.words, [...vocabulary.pairs]], [words, pairs], `at most ${most}`);
  }
});

test.run();
