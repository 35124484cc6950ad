/** What a newcomer does when a server has started: copies the command that it prints, and pastes it. */

import * as assert from 'uvu/assert';
import type { Place, Running } from './place.ts';

interface Answer {
  results: { result: { from_name: string; type: string; value: { choices: string[] } }[]; score: number }[];
  model_version: string;
}

/** What the printed command is answered, whatever the model. */
export async function pastePrinted(place: Place, running: Running): Promise<Answer> {
  const printed = /^ +((?:\(echo .+\) \| )?curl .+)$/m;
  const line = await running.until('a command to send a task', () => printed.exec(running.output())?.[1]);
  const { stdout } = await place.expect('sh', ['-c', line.replace('curl ', 'curl --silent --show-error --fail ')]);
  return JSON.parse(stdout) as Answer;
}

/** Asserts that the printed command answers with a prediction of one task. */
export async function sendPrinted(place: Place, running: Running): Promise<void> {
  const { results, model_version: version } = await pastePrinted(place, running);
  const [{ result: [region] = [], score = -1 } = {}] = results;
  assert.equal([results.length, version, region?.from_name, region?.type], [1, '0.0.1', 'topic', 'choices']);
  assert.is(region?.value.choices.length, 1);
  assert.ok(score > 0 && score < 1, `score ${score}`);
}
