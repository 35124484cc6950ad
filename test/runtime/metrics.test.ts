/** GET /metrics: every family named, described and typed; counts that follow what was done. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Metrics } from '../../runtime/http/metrics.ts';
import { openSite, type Site, task } from './site.ts';

const test = suite<{ site: Site }>('metrics');
test.before.each((context) => {
  context.site = openSite();
});
test.after.each(({ site }) => site.close());

const numberIn = (page: string, line: string): number =>
  Number(
    page
      .split('\n')
      .find((one) => one.startsWith(`${line} `))
      ?.slice(line.length + 1) ?? Number.NaN,
  );

test('requests, tasks and predictions that were left empty are counted', async ({ site }) => {
  for (const text of ['good', 'bad']) await site.request('/predict', { tasks: [task(text), task('throw')] });
  await site.request('/predict', { tasks: 'all' });
  const page = await site.page('/metrics');
  assert.is(numberIn(page, 'ml_backend_requests_total{path="/predict",method="POST",status="200"}'), 2);
  assert.is(numberIn(page, 'ml_backend_requests_total{path="/predict",method="POST",status="400"}'), 1);
  assert.is(numberIn(page, 'ml_backend_tasks_total'), 4);
  assert.is(numberIn(page, 'ml_backend_invalid_predictions_total{outcome="left_empty"}'), 2);
  assert.is(numberIn(page, 'ml_backend_request_duration_seconds_bucket{path="/predict",le="+Inf"}'), 3);
});

test('what strangers write becomes no label, however much of it', async ({ site }) => {
  for (let n = 0; n < 300; n++) await site.request(`/nothing-${n}"\n`);
  const page = await site.page('/metrics');
  assert.is(page.split('\n').filter((line) => line.startsWith('ml_backend_requests_total')).length, 1);
  assert.is(numberIn(page, 'ml_backend_requests_total{path="(unknown path)",method="GET",status="404"}'), 300);
});

test('each time falls into the first bucket that holds it, and buckets add up', () => {
  const metrics = new Metrics([]);
  for (const ms of [0, 5, 5.1, 99_999, 100_001]) metrics.request('/p', 'GET', 200, ms);
  const page = metrics.text();
  const bucket = (le: string): number =>
    numberIn(page, `ml_backend_request_duration_seconds_bucket{path="/p",le="${le}"}`);
  assert.equal(['0.005', '0.01', '60', '100', '+Inf'].map(bucket), [2, 3, 3, 4, 5]);
  assert.is(numberIn(page, 'ml_backend_request_duration_seconds_count{path="/p"}'), 5);
});

test.run();
