import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseConfig, parseLabelConfig } from '../../runtime/labeling/config.ts';
import { cpuMilliseconds } from '../cpu-time.ts';
import { refusal } from './refusal.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const readJson = (name: string) => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8'));
const readFolder = (name: string) =>
  readdirSync(new URL(name, fixtures)).map((file) => ({ why: file, ...readJson(name + file) }));

/** Recorded from the reference SDK. */
const recorded = [...readFolder('parse_config/'), ...readJson('parse_config_own.json')];
for (const { why, config, parsed } of recorded) {
  test(`the reference dict: ${why}`, () => {
    assert.equal(parseConfig(config), parsed);
    assert.equal(parseLabelConfig(config ?? '').parsed, parsed);
    for (const name of Object.keys(parsed)) {
      assert.equal(Object.keys(parseConfig(config)[name] ?? {}).sort(), Object.keys(parsed[name]).sort());
    }
  });
}

const errors = readFolder('parse_config_errors/').filter(({ error }) => error.type !== 'ValueError');
for (const { why, config } of errors) {
  test(`refused by the reference, and here: ${why}`, () => {
    for (const parse of [parseConfig, parseLabelConfig]) {
      assert.match(
        refusal(() => parse(config)),
        /^labeling config: not well-formed XML at line 1, column \d+: /,
      );
    }
  });
}

test('the recordings are all there', () => {
  assert.is(recorded.length, 54 + 30);
  assert.is(errors.length, 4);
});

test('an encoding declaration is accepted, though the reference refuses it in a str', () => {
  assert.equal(parseConfig(readJson('parse_config_errors/xml_encoding_declaration.json').config), {});
});

test('hostile numbers of index flags are refused, real ones are not', () => {
  const flags = (count: number) =>
    `<V>${Array.from({ length: count }, (_, i) => `<R indexFlag="${i}"/>`).join('')}</V>`;
  assert.equal(parseConfig(flags(64)), {});
  assert.is(
    refusal(() => parseConfig(flags(65))),
    'labeling config: more than 64 different indexFlag values',
  );
  assert.equal(parseConfig(`<V>${'<R indexFlag="{{idx}}"/>'.repeat(1000)}</V>`), {});
});

test('10,000 labels take well under a second', () => {
  const choices = Array.from({ length: 10_000 }, (_, i) => `<Choice value="label ${i}" background="#123456"/>`).join(
    '',
  );
  const xml = `<View><Text name="t" value="$t"/><Choices name="c" toName="t">${choices}</Choices></View>`;
  // The best of three: another process may have the core.
  const times = [1, 2, 3].map(() => {
    const start = cpuMilliseconds();
    assert.is(parseLabelConfig(xml).controls.get('c')?.flat.length, 10_000);
    return cpuMilliseconds() - start;
  });
  assert.ok(Math.min(...times) < 400, times.join(', '));
});

test.run();
