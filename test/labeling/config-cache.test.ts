/** Configs are parsed once while they are in use, and forgotten when there are too many. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../runtime/errors.ts';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { createConfigCache } from '../../runtime/labeling/config-cache.ts';

const xml = (label: string) =>
  `<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="${label}"/></Choices></View>`;

function counting() {
  const parsed: string[] = [];
  const read = createConfigCache((source) => {
    parsed.push(source);
    return parseLabelConfig(source);
  });
  return { parsed, read };
}

test('10,000 requests with two configs in turn parse two, and give the same objects', () => {
  const { parsed, read } = counting();
  const [a, b] = [read(xml('a')), read(xml('b'))];
  for (let request = 0; request < 10_000; request++) {
    // Each request brings a string of its own.
    const source = Buffer.from(xml(request % 2 === 0 ? 'a' : 'b')).toString();
    assert.is(read(source), request % 2 === 0 ? a : b);
  }
  assert.equal(parsed, [xml('a'), xml('b')]);
  assert.equal(
    [a, b].map(({ controls }) => controls.get('c')?.flat),
    [['a'], ['b']],
  );
});

test('of 1,000 different ones the last 64 are kept, and one that stays in use', () => {
  const { parsed, read } = counting();
  for (let at = 0; at < 1000; at++) {
    read(xml('in use'));
    read(xml(`${at}`));
  }
  assert.is(parsed.length, 1001);
  for (let at = 999; at > 999 - 63; at--) read(xml(`${at}`));
  assert.is(parsed.length, 1001, 'these are kept');
  read(xml('in use'));
  read(xml(`${999 - 63}`));
  assert.equal(parsed.slice(1001), [xml(`${999 - 63}`)]);
});

test('large ones push out others earlier', () => {
  const { parsed, read } = counting();
  const large = (name: string, characters: number) =>
    xml(name).replace('</View>', `<!--${'x'.repeat(characters)}--></View>`);
  for (const name of ['a', 'b', 'a', 'b', 'c', 'b', 'a']) read(large(name, 1_500_000));
  assert.is(parsed.length, 4, 'two fit');
  for (const _ of ['read', 'kept']) read(large('huge', 3_990_000));
  assert.is(parsed.length, 5, 'one that is nearly as long as all may be stays');
  for (const name of ['a', 'b']) read(large(name, 1_500_000));
  assert.is(parsed.length, 7, 'beside it, no other has stayed');
});

test('a malformed one is refused each time', () => {
  const { parsed, read } = counting();
  for (let time = 0; time < 2; time++)
    assert.throws(
      () => read('<View>'),
      (error: unknown) => error instanceof InputError,
    );
  assert.is(parsed.length, 2);
});

test.run();
