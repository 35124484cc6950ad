/** The validator on anything at all: it never throws, says little, stays fast. */

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { encodeMask } from '../../runtime/labeling/masks/brush-encode.ts';
import { validatePrediction } from '../../runtime/labeling/validate.ts';
import type { Task } from '../../runtime/types.ts';
import { cpuMilliseconds } from '../cpu-time.ts';
import { mutate } from './mutations.ts';
import { createRandom } from './random-configs.ts';

const folder = new URL('../fixtures/label_types/', import.meta.url);
const examples = readdirSync(folder).map((file) => {
  const { config, task, prediction } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return { config: parseLabelConfig(config), task: task as Task, prediction: prediction as { result: object[] } };
});

test('whatever is broken, nothing throws, and what the SDK refuses is told', () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.nat(), ({ config, task, prediction }, seed) => {
      const broken = mutate(prediction, createRandom(seed));
      const strict = validatePrediction(broken, config, { task });
      const sdk = validatePrediction(broken, config, { mode: 'sdk' });
      assert.is(
        strict.some((finding) => finding.sdk),
        sdk.length > 0,
        JSON.stringify({ broken, strict, sdk }),
      );
      for (const { path, message } of strict) assert.ok(message.length < 600 && path.startsWith('/'), message);
    }),
    { numRuns: 2000 },
  );
});

test('any JSON is answered', () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.jsonValue(), ({ config, task }, anything) => {
      for (const given of [anything, { result: anything }, { result: [anything] }, { result: [{ value: anything }] }]) {
        const found = validatePrediction(given, config, { task });
        assert.is(
          found.some(({ sdk }) => sdk),
          validatePrediction(given, config, { mode: 'sdk' }).length > 0,
        );
      }
    }),
    { numRuns: 300 },
  );
});

test('what is no JSON at all does not throw either', () => {
  const odd = fc.oneof(
    fc.anything({
      withBigInt: true,
      withDate: true,
      withNullPrototype: true,
      withTypedArray: true,
      withSparseArray: true,
    }),
    fc.constantFrom(10n, Symbol('x'), () => 1, Object.create(null), new Date(Number.NaN)),
  );
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.nat(), odd, ({ config, task, prediction }, place, anything) => {
      const broken = structuredClone(prediction) as { result: Record<string, Record<string, unknown>>[] };
      const region = broken.result[place % broken.result.length] ?? {};
      const holders = [region, region.value ?? {}, broken as unknown as Record<string, unknown>] as Record<
        string,
        unknown
      >[];
      const holder = holders[place % 3] ?? {};
      holder[Object.keys(holder)[(place >> 4) % Object.keys(holder).length] ?? 'x'] = anything;
      validatePrediction(broken, config, { task });
      validatePrediction(broken, config, { mode: 'sdk' });
    }),
    { numRuns: 3000, includeErrorInReport: true },
  );
});

test('a label that is no text does not throw where a condition lists the labels', () => {
  const config = parseLabelConfig(
    '<View><Image name="i" value="$i"/><RectangleLabels name="box" toName="i"><Label value="Sign"/></RectangleLabels>' +
      '<Choices name="state" toName="i" perRegion="true" whenLabelValue="Sign"><Choice value="Clean"/></Choices></View>',
  );
  for (const odd of [Object.create(null), Symbol('x'), 10n, null]) {
    const box = {
      id: 'r1',
      from_name: 'box',
      to_name: 'i',
      type: 'rectanglelabels',
      value: { rectanglelabels: [odd] },
    };
    const state = { id: 'r1', from_name: 'state', to_name: 'i', type: 'choices', value: { choices: ['Clean'] } };
    const found = validatePrediction({ result: [box, state] }, config);
    assert.ok(found.some(({ path }) => path === '/result/0/value/rectanglelabels/0'));
    assert.match(
      found.find(({ code }) => code === 'condition')?.message ?? '',
      /labeled "Sign" only .* this one has ""/,
    );
  }
});

const text = '<Text name="t" value="$t"/>';
const many = (count: number, item: (at: number) => unknown) => Array.from({ length: count }, (_, at) => item(at));
const wide = parseLabelConfig(
  `<View>${text}<Choices name="c" toName="t" choice="multiple">${many(10_000, (at) => `<Choice value="label number ${at}"/>`).join('')}</Choices>
  <TextArea name="note" toName="t" perRegion="true"/><Relations><Relation value="r"/></Relations></View>`,
);
const choice = (at: number, label: string) => ({
  id: `r${at}`,
  from_name: 'c',
  to_name: 't',
  type: 'choices',
  value: { choices: [label] },
});

/** Much of something, and how much the validator may say about it. */
const HOSTILE: [title: string, result: unknown[]][] = [
  ['unknown labels, each near to thousands', many(3000, (at) => choice(at, `label numbr ${at}`))],
  ['unknown controls', many(20_000, (at) => ({ ...choice(at, 'x'), from_name: `c${'x'.repeat(500)}${at}` }))],
  ['labels in one result', [{ ...choice(0, ''), value: { choices: many(200_000, (at) => `x${at}`) } }]],
  ['the same label again', [{ ...choice(0, ''), value: { choices: many(200_000, () => 'label number 1') } }]],
  [
    'results of one id',
    many(30_000, () => ({ id: 'a', from_name: 'note', to_name: 't', type: 'textarea', value: { text: ['x'] } })),
  ],
  [
    'relations',
    many(30_000, (at) => ({ type: 'relation', from_id: 'a', to_id: `b${at}`, direction: 'right', labels: ['x'] })),
  ],
  ['results that are none', many(200_000, (at) => at)],
  [
    'ids and types of any length',
    many(2000, (at) => ({ ...choice(at, 'label number 1'), id: 'x'.repeat(10_000), type: 'y'.repeat(10_000) })),
  ],
];
for (const [title, result] of HOSTILE) {
  test(`much of it: ${title}`, () => {
    for (const mode of ['strict', 'sdk'] as const) {
      const start = cpuMilliseconds();
      const findings = validatePrediction({ result }, wide, { mode, task: { id: 1, data: { t: 'x' } } });
      const took = cpuMilliseconds() - start;
      assert.ok(took < 2000, `${mode}: ${took} ms`);
      assert.ok(findings.length <= 102, `${findings.length} findings`);
      assert.ok(JSON.stringify(findings).length < 200_000);
    }
  });
}

test('a mask that promises gigabytes costs nothing', () => {
  const config = parseLabelConfig('<View><Image name="i" value="$i"/><Brush name="b" toName="i"/></View>');
  const rle = [255, 255, 255, 252, 57, 27, ...many(3000, () => 255)];
  const region = { id: 'b', from_name: 'b', to_name: 'i', type: 'brush', value: { format: 'rle', rle } };
  const start = cpuMilliseconds();
  const findings = validatePrediction(
    { result: [{ ...region, original_width: 32_768, original_height: 32_768 }] },
    config,
  );
  assert.equal(
    findings.map(({ code }) => code),
    ['rle'],
  );
  assert.ok(cpuMilliseconds() - start < 500);
  const mask = Array.from(encodeMask(new Uint8Array(24).fill(255)));
  const good = { ...region, value: { format: 'rle', rle: mask }, original_width: 6, original_height: 4 };
  assert.equal(validatePrediction({ result: [good] }, config), []);
});

test('a thousand tasks of one region each cost a few milliseconds', () => {
  const chosen = examples.filter(({ prediction }) => prediction.result.length === 1);
  for (const { config, task, prediction } of chosen) validatePrediction(prediction, config, { task });
  // The best of five: another process may have the core.
  for (const { config, task, prediction } of chosen) {
    const times = many(5, () => {
      const start = cpuMilliseconds();
      for (let count = 0; count < 1000; count++) validatePrediction(prediction, config, { task });
      return cpuMilliseconds() - start;
    }) as number[];
    assert.ok(Math.min(...times) < 40, `${config.xml}: ${times}`);
  }
});

test.run();
