import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nearest, unknownName } from '../../runtime/errors.ts';

test('the nearest name is near, or there is none', () => {
  const known = ['Positive', 'Negative', 'Neutral', 'OK'];
  const cases: Array<[string, string[]]> = [
    ['Positve', ['Positive']],
    ['negative', ['Negative']],
    ['ok', ['OK']],
    ['Something else', []],
    ['', []],
    ['KO', []],
    ['OKA', ['OK']],
    ['x'.repeat(100_000), []],
  ];
  for (const [name, wanted] of cases) assert.equal(nearest(name, known), wanted, name.slice(0, 20));
});

test('a message names what came, the nearest and the known, and stays readable with ten thousand of them', () => {
  assert.is(
    unknownName('label', 'Positve', ['Positive', 'Negative']),
    "unknown label 'Positve'; did you mean 'Positive'? (known: Positive, Negative)",
  );
  assert.is(unknownName('control', 'x', []), "unknown control 'x' (known: none)");
  const many = Array.from({ length: 10_000 }, (_, index) => `label number ${index}`);
  assert.match(
    unknownName('label', 'label numbr 77', many),
    /did you mean 'label number 7?77?'\? \(known: .* and 9980 more\)$/,
  );
});

test.run();
