/** Valid predictions with one field broken: the finding must name that field and say what came and what is known. */

import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { RegionBuilders } from '../../runtime/labeling/regions.ts';
import { validatePrediction } from '../../runtime/labeling/validate.ts';
import type { Task } from '../../runtime/types.ts';
import { CASES } from './built-cases.ts';
import { ANSWER_MISTAKES } from './mistakes-in-answers.ts';
import { SHAPE_MISTAKES } from './mistakes-in-shapes.ts';
import { TYPE_MISTAKES } from './mistakes-of-type.ts';

interface Example {
  config: string;
  task: Task;
  prediction: { result: Record<string, unknown>[] };
}
function readExample(name: string): Example {
  const own = CASES.find(({ title }) => title === name);
  if (own === undefined) {
    return JSON.parse(readFileSync(new URL(`../fixtures/label_types/${name}.json`, import.meta.url), 'utf8'));
  }
  const result = own.act(new RegionBuilders(parseLabelConfig(own.config)));
  return { config: own.config, task: { id: 1, data: own.data }, prediction: { result } };
}

/** Sets what a JSON pointer leads to; undefined removes it. */
function put(root: unknown, pointer: string, value: unknown): void {
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const parent = steps.reduce((node, step) => (node as Record<string, unknown>)[step], root) as Record<string, unknown>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

for (const [name, pointer, value, expected, at = pointer] of [
  ...ANSWER_MISTAKES,
  ...SHAPE_MISTAKES,
  ...TYPE_MISTAKES,
]) {
  test(`${name} ${pointer} = ${JSON.stringify(value)}`, () => {
    const { config: xml, task, prediction } = readExample(name);
    const config = parseLabelConfig(xml);
    const before = validatePrediction(prediction, config, { task }).map(({ code }) => code);
    assert.equal(
      before.filter((code) => code !== 'type-support'),
      [],
    );
    put(prediction, pointer, value);
    const [, severity = '', code = '', sdk = '', message = ''] = /^(\w+) ([\w-]+)(\*?): (.*)$/.exec(expected) ?? [];
    const findings = validatePrediction(prediction, config, { task });
    const found = findings.find((finding) => finding.code === code && finding.message.includes(message));
    assert.equal(
      found && { severity: found.severity, path: found.path, sdk: found.sdk },
      { severity, path: at, sdk: sdk === '*' },
      JSON.stringify(findings, null, 1),
    );
  });
}

test.run();
