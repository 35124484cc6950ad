/** From many opinions to one, from probabilities to an answer, and from a label's name to a first guess. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { agree } from '../../examples/text-classifier/src/agreement.ts';
import { TextClassifier } from '../../examples/text-classifier/src/classifier.ts';
import { createGuess } from '../../examples/text-classifier/src/cold-start.ts';
import { judge } from '../../examples/text-classifier/src/verdict.ts';
import { corpusOf } from './corpora.ts';

test('one answer, or all that apply, among the labels that are allowed', () => {
  const rain = ['wet+windy: rain wind', 'wet: rain'];
  const sun = ['dry: sun', 'dry: sun', 'dry+windy: wind sun'];
  const classifier = TextClassifier.train(corpusOf(...rain, ...rain, ...rain, ...rain, ...sun));
  const cases: Array<[text: string, allowed: string[], several: boolean, labels: string[]]> = [
    ['rain wind', ['wet', 'windy', 'dry'], true, ['wet', 'windy']],
    ['sun', ['wet', 'windy', 'dry'], true, ['dry']],
    ['rain', ['dry'], true, []],
    ['rain', ['wet', 'dry'], false, ['wet']],
    ['rain', ['dry', 'unheard of'], false, ['dry']],
    ['rain', [], false, []],
  ];
  for (const [text, allowed, several, labels] of cases) {
    const verdict = judge(classifier, text, { allowed: new Set(allowed), several });
    assert.equal(verdict.labels, labels, `${text} among ${allowed}`);
    assert.ok(verdict.score >= 0 && verdict.score <= 1, `${text} among ${allowed}: ${verdict.score}`);
  }
  assert.is(judge(classifier, 'rain', { allowed: new Set(['dry']), several: false }).score, 1);
});

test('annotators of one task count as one opinion', () => {
  const cases: Array<[answers: string[][], several: boolean, agreed: string[]]> = [
    [[['a']], false, ['a']],
    [[['a'], ['b'], ['a']], false, ['a']],
    [[['a'], ['b']], false, ['b']],
    [[['b'], ['a']], false, ['a']],
    [[], false, []],
    [[[]], false, []],
    [[['a', 'b'], ['a']], true, ['a', 'b']],
    [[['a', 'b'], ['a'], ['c']], true, ['a']],
    [[['a', 'a'], ['b'], ['b']], true, ['b']],
    [[['a'], [], []], true, ['a']],
    [[], true, []],
  ];
  for (const [answers, several, agreed] of cases)
    assert.equal(agree(answers, several), agreed, JSON.stringify(answers));
});

test('before any annotation: a label that the text names, with the score of a guess', () => {
  const labels = ['Games', 'Mail', 'IT'];
  const cases: Array<[text: string, labels: string[], label: string[], score: number]> = [
    ['A game of chess', labels, ['Games'], 2 / 4],
    ['mailbox and mails', labels, ['Mail'], 3 / 5],
    ['an item, it is', labels, ['IT'], 2 / 4],
    ['nothing of these', labels, ['Games'], 1 / 3],
    ['', labels, ['Games'], 1 / 3],
    ['anything', [], [], 0],
  ];
  for (const [text, known, label, score] of cases) {
    assert.equal(createGuess(known)(text), { labels: label, score }, text);
  }
});

test.run();
