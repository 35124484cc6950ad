import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { BUILDERS } from '../../runtime/labeling/regions.ts';
import { validatePrediction } from '../../runtime/labeling/validate.ts';
import { CASES } from './built-cases.ts';
import { createRecorder, FIXTURES } from './built-fixtures.ts';

const folder = new URL('../fixtures/label_types/', import.meta.url);
const called = new Set<string>();

test('every fixture has its builders', () => {
  assert.equal(
    Object.keys(FIXTURES).sort(),
    readdirSync(folder)
      .map((file) => file.replace('.json', ''))
      .sort(),
  );
});

for (const [name, act] of Object.entries(FIXTURES)) {
  test(`builds the fixture ${name}`, () => {
    const { config, task, prediction } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
    const result = act(createRecorder(config, called), task.data);
    // The editor's PNG has four bytes a pixel, ours one bit: the same picture.
    for (const [at, { value }] of result.entries()) {
      if (value?.imageDataURL) value.imageDataURL = prediction.result[at].value.imageDataURL;
    }
    assert.equal(result, prediction.result);
  });
}

for (const { title, config: xml, data, act, values } of CASES) {
  test(`builds ${title}`, () => {
    const result = act(createRecorder(xml, called));
    const config = parseLabelConfig(xml);
    assert.is(result.length, values.length);
    for (const [at, { value }] of result.entries()) {
      const expected = values[at] as Record<string, unknown> | undefined;
      const picked = expected && Object.fromEntries(Object.keys(expected).map((key) => [key, value?.[key]]));
      assert.equal(picked, expected);
    }
    const findings = validatePrediction({ result }, config, { task: { id: 1, data } });
    assert.equal(
      findings.filter(({ code }) => code !== 'type-support'),
      [],
    );
  });
}

test('every tag’s builder was called', () => {
  assert.equal(
    Object.values(BUILDERS).filter((name) => !called.has(name)),
    [],
  );
});

test('what stands beside the value', () => {
  const at = (title: string) => {
    const found = CASES.find((one) => one.title === title);
    return found?.act(createRecorder(found.config, called)) ?? [];
  };
  const [audio, said] = at('audio with channels, and a transcript of the region');
  assert.equal([audio?.original_length, said?.original_length, said?.id === audio?.id], [12.4, 12.4, true]);
  const [ellipse, polygon] = at('shapes without labels, named beside');
  assert.is(polygon?.parentID, ellipse?.id);
  assert.equal(
    at('a list of images').map(({ item_index }) => item_index),
    [1, 0],
  );
  const [tag] = at('names of a Repeater');
  assert.equal([tag?.from_name, tag?.to_name], ['tag_1', 'line_1']);
  const [lane] = at('labels beside a video vector, in one result');
  assert.equal([lane?.type, lane?.from_name], ['videovectorlabels', 'lane']);
});

test.run();
