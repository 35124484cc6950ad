import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { type Finding, validatePrediction } from '../../runtime/labeling/validate.ts';
import type { Task } from '../../runtime/types.ts';

interface Fixture {
  type: string;
  config: string;
  task: Task;
  prediction: unknown;
  invalid: { prediction: unknown; why: string; caught_by_sdk: boolean | null; sdk_errors: (string | string[])[] }[];
  sdk: { accepts_valid_prediction: boolean; errors: string[] };
}
const folder = new URL('../fixtures/label_types/', import.meta.url);
const fixtures: Fixture[] = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));

const errorsOf = (findings: Finding[]) => findings.filter(({ severity }) => severity === 'error');

test('the fixtures are all there', () => {
  assert.is(fixtures.length, 30);
  assert.is(
    fixtures.reduce((sum, { invalid }) => sum + invalid.length, 0),
    84,
  );
});

for (const { type, config: xml, task, prediction, invalid, sdk } of fixtures) {
  const config = parseLabelConfig(xml);

  test(`${type}: what is valid passes`, () => {
    const findings = validatePrediction(prediction, config, { task });
    // Of types that the SDK refuses, that it does so is all there is to say.
    assert.equal(
      [...new Set(findings.map(({ code, severity }) => `${severity} ${code}`))],
      sdk.accepts_valid_prediction ? [] : ['warning type-support'],
    );
    assert.is(validatePrediction(prediction, config, { mode: 'sdk' }).length, sdk.errors.length);
  });

  for (const { prediction: wrong, why, sdk_errors } of invalid) {
    test(`${type}: ${why}`, () => {
      assert.equal(validatePrediction(wrong, config, { mode: 'sdk' }).length, sdk_errors.flat().length);
      const findings = validatePrediction(wrong, config, { task }).filter(({ code }) => code !== 'type-support');
      assert.ok(findings.length > 0, 'nothing was found');
      for (const { message, path } of findings) {
        assert.ok(message.length > 10 && message.length < 500, message);
        assert.match(path, /^\/(?:score|result)/);
      }
      // What the SDK refuses, the strict rules refuse as well, and say so.
      if (sdk_errors.length > 0 && sdk.accepts_valid_prediction) {
        assert.ok(
          errorsOf(findings).some((finding) => finding.sdk),
          JSON.stringify(findings),
        );
      }
    });
  }
}

test.run();
