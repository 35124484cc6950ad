/** What every backend must keep, and what this classifier is for. `npm test` runs all *.test.ts files. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import Model from './model.ts';
import type { AnnotatedTask } from './runtime/index.ts';
import { contract, createTestBackend, type TestBackend } from './runtime/testing.ts';

contract(test, Model);

/** Names from label-config.xml, so that the tests stay true when it changes. */
function namesOf({ config }: TestBackend): { control: string; object: string; key: string; labels: string[] } {
  const choices = [...config.controls.values()].find(({ type }) => type === 'choices');
  const object = config.objects.get(choices?.toName[0] ?? '');
  return {
    control: choices?.name ?? '',
    object: object?.name ?? '',
    key: object?.dataKey ?? '',
    labels: choices?.flat ?? [],
  };
}

/** Twelve texts about tea or rain, annotated with the first and the second label. */
function annotated({ control, object, key }: ReturnType<typeof namesOf>, labels: string[]): AnnotatedTask[] {
  return Array.from({ length: 12 }, (_, index) => ({
    id: index + 1,
    data: { [key]: index % 2 === 0 ? `a pot of green tea, cup ${index}` : `heavy rain and wind on day ${index}` },
    annotations: [
      {
        result: [
          {
            from_name: control,
            to_name: object,
            type: 'choices',
            value: { choices: [labels[index % labels.length]] },
          },
        ],
      },
    ],
  }));
}

test('before any annotation a text goes under the label that it names', async () => {
  const backend = await createTestBackend(Model);
  const { key, labels } = namesOf(backend);
  const { results } = await backend.predict(labels.map((label, id) => ({ id, data: { [key]: `all about ${label}` } })));
  await backend.close();
  assert.equal(
    results.map(({ result }) => result[0]?.value?.choices),
    labels.map((label) => [label]),
  );
});

test('a text goes where people put texts like it, with a probability', async () => {
  const backend = await createTestBackend(Model);
  const names = namesOf(backend);
  const taught = names.labels.slice(0, 2);
  const version = await backend.train(annotated(names, taught));
  const { results } = await backend.predict([
    { id: 20, data: { [names.key]: 'rain' } },
    { id: 21, data: { [names.key]: 'green tea' } },
    { id: 22, data: { [names.key]: '' } },
  ]);
  await backend.close();
  assert.is(version, 'v1');
  const [rain, tea, empty] = results;
  assert.equal(
    [rain, tea].map((one) => one?.result[0]?.value?.choices),
    [[taught[1]], [taught[0]]],
  );
  for (const one of [rain, tea]) assert.ok((one?.score ?? 0) > 0.6 && (one?.score ?? 1) < 1, `score ${one?.score}`);
  assert.ok(Math.abs((empty?.score ?? 0) - 0.5) < 0.1, `an empty text is as likely one as the other: ${empty?.score}`);
});

test('one label alone teaches nothing, and the version stays', async () => {
  const backend = await createTestBackend(Model);
  const names = namesOf(backend);
  const version = await backend.train(annotated(names, names.labels.slice(0, 1)));
  await backend.close();
  assert.is(version, '0.0.1');
});

test.run();
