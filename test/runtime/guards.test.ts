import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { config, openSite, type Site, task } from './site.ts';

const test = suite<{ site: Site }>('guards');
test.before.each((context) => {
  context.site = openSite();
});
test.after.each(({ site }) => site.close());

test('a model that fails, and a caller who errs, are told apart; no stack and no secret leaves', async ({ site }) => {
  const cases: Array<[string, unknown, number, RegExp]> = [
    ['/predict', { tasks: [task('throw')] }, 500, /the model failed; .* request_id [0-9a-f]{12}/],
    ['/predict', { tasks: [task('short')] }, 500, /1 tasks came, 0 predictions returned/],
    [
      '/predict',
      { tasks: [{ id: 4, data: { other: 1 } }] },
      400,
      /task 4 has no data 'text', which control 'sentiment' needs \(it has: other\)/,
    ],
    ['/predict', { tasks: [{ id: 4 }] }, 400, /"tasks\[0\]" must have "data"/],
    ['/predict', { tasks: 'all' }, 400, /"tasks" must be a list, got string "all"/],
    ['/predict', { tasks: [], params: 3 }, 400, /"params" must be an object, got number 3/],
    ['/predict', '{"password": "pa55word",', 400, /not valid JSON/],
    ['/predict', '[]', 400, /must be a JSON object, got a list/],
    ['/predict', '', 400, /not valid JSON.*0 bytes/],
    ['/train', { annotations: [] }, 400, /No annotations found/],
    [
      '/train',
      { annotations: [{ id: 1, data: {}, annotations: [{ result: 'x' }] }] },
      400,
      /result" must be a list of regions, got string "x"/,
    ],
    ['/webhook', {}, 400, /needs "action".*keys: none/],
  ];
  for (const [path, body, status, detail] of cases) {
    const answer = await site.request(path, body);
    assert.is(answer.status, status, JSON.stringify([body, answer.body]));
    assert.match(String(answer.body.detail), detail);
    assert.not.match(JSON.stringify(answer.body), /secret-in-an-error|pa55word|app\.ts|node_modules/);
  }
  await new Promise(setImmediate);
  assert.not.ok(
    process.getActiveResourcesInfo().includes('Timeout'),
    'no deadline of an answered request is waited for',
  );
  assert.match(site.lines.join(''), /secret-in-an-error/, 'the reason is in the log');
  assert.not.match(site.lines.join(''), /pa55word/);
});

test('basic auth guards all but /health; too large a body and a late answer are refused', async () => {
  const site = openSite({ basicAuth: { user: 'ann', password: 'pä:ss' }, bodyLimit: 100, predictTimeout: 50 });
  const header = (text: string): RequestInit => ({
    headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
  });
  try {
    for (const path of ['/', '/versions', '/is_training', '/metrics'])
      assert.is((await site.request(path)).status, 401, path);
    for (const path of ['/setup', '/predict', '/train', '/webhook'])
      assert.is((await site.request(path, {})).status, 401, path);
    assert.is((await site.request('/health')).status, 200);
    assert.is((await site.request('/nothing-here')).status, 401, 'an unknown path tells a stranger nothing');
    const unknown = await site.request('/nothing-here', undefined, header('ann:pä:ss'));
    assert.is(unknown.status, 404);
    await new Promise(setImmediate);
    const id = unknown.headers.get('x-request-id');
    assert.match(site.lines.join(''), new RegExp(`WARN GET \\(unknown path\\) status=404 .*request_id=${id}`));
    const wrong = ['ann:wrong', 'ann', ':', 'ann:pä:ss2', 'bob:pä:ss'].map(header);
    for (const init of [
      ...wrong,
      { headers: { authorization: 'Bearer x' } },
      { headers: { authorization: 'Basic ' } },
    ]) {
      const answer = await site.request('/versions', undefined, init);
      assert.equal([answer.status, answer.headers.get('www-authenticate')], [401, 'Basic realm="Login required"']);
    }
    assert.is((await site.request('/versions', undefined, header('ann:pä:ss'))).status, 200);
    const large = await site.request('/predict', { tasks: [task('x'.repeat(100))] }, header('ann:pä:ss'));
    assert.equal([large.status, /too large: \d+ bytes/.test(String(large.body.detail))], [413, true]);
    const late = await site.request('/predict', { tasks: [task('wait')] }, header('ann:pä:ss'));
    assert.equal([late.status, /took longer than 0.05 s/.test(String(late.body.detail))], [503, true]);
  } finally {
    await site.close();
  }
});

test('a model whose setup() throws makes /setup and /predict fail, and its secret stays in the log', async () => {
  const site = openSite({ options: { broken: true } });
  try {
    for (const [path, body] of [
      ['/setup', { schema: config.xml }],
      ['/predict', { tasks: [task('good')] }],
    ] as const) {
      const answer = await site.request(path, body);
      assert.is(answer.status, 500);
      assert.not.match(JSON.stringify(answer.body), 'secret-in-an-error');
    }
    assert.is((await site.request('/setup', { schema: '<View></View>' })).status, 200);
  } finally {
    await site.close();
  }
});

test.run();
