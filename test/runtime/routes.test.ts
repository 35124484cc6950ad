import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { config, type Item, openSite, type Site, seenBy, task } from './site.ts';

const test = suite<{ site: Site }>('routes');
test.before.each((context) => {
  context.site = openSite();
});
test.after.each(({ site }) => site.close());

test('paths, methods and trailing slashes: always a JSON object, never a redirect', async ({ site }) => {
  const cases: Array<[string, RequestInit, number, Record<string, unknown>]> = [
    ['/health', {}, 200, { status: 'UP', model_class: 'Toy' }],
    ['/health/', {}, 200, { status: 'UP' }],
    ['/', {}, 200, { status: 'UP', model_version: '0.0.1' }],
    ['/metrics', {}, 200, {}],
    ['/is_training?project=12.5', {}, 200, { is_training: false, backend: 'sqlite', model_version: '0.0.1' }],
    ['/versions', {}, 200, { versions: ['0.0.1'], current_version: '0.0.1' }],
    [
      '/versions',
      { method: 'POST', body: '{"project":"12.1654592272"}' },
      200,
      { versions: ['0.0.1'], current_version: '0.0.1' },
    ],
    ['/setup', {}, 405, { status: 405, detail: '/setup takes POST, got GET' }],
    ['/predictt', { method: 'POST', body: '{}' }, 404, { status: 404 }],
  ];
  for (const [path, init, status, wanted] of cases) {
    const answer = await site.request(path, undefined, init);
    assert.is(answer.status, status, path);
    for (const [key, value] of Object.entries(wanted)) assert.equal(answer.body[key], value, `${path} ${key}`);
  }
});

test('/setup accepts a project in all its forms, and every kind of extra_params', async ({ site }) => {
  const bodies: Array<[Record<string, unknown>, number]> = [
    [
      {
        project: '12.1654592272',
        schema: config.xml,
        hostname: 'http://localhost:8080',
        access_token: 'x',
        model_version: null,
        extra_params: null,
      },
      200,
    ],
    [{ project: 12, schema: '' }, 200],
    [{ project: { id: 12 }, schema: '<View></View>', extra_params: { a: [1] } }, 200],
    [{ schema: null, extra_params: 'plain text', force_reload: true, ml_id: 5 }, 200],
    [{ project: '1.10', schema: config.xml, model_version: 'undefined' }, 200],
    [{ project: '../etc', schema: config.xml }, 400],
    [{ project: '12', schema: '<View><Text' }, 400],
    [{ project: '12', schema: 5 }, 400],
  ];
  for (const [body, status] of bodies) {
    const answer = await site.request('/setup', body);
    assert.is(answer.status, status, JSON.stringify([body, answer.body]));
    if (status === 200) assert.is(answer.body.model_version, '0.0.1');
    else assert.type(answer.body.detail, 'string');
  }
});

test('/predict answers one item a task under one version, whatever the model returned', async ({ site }) => {
  const params = { login: null, password: null, context: null, hostname: 'http://h', future: 1 };
  const { status, body } = await site.request('/predict', {
    project: '12.5',
    tasks: [task('good'), task('bad'), task('nan'), task('list')],
    label_config: config.xml,
    params,
  });
  assert.is(status, 200);
  const items = body.results as Item[];
  assert.equal(
    items.map((item) => (Array.isArray(item) ? item.map(({ score }) => score) : item.score)),
    [0.5, 0.5, 0.5, [0, 1]],
  );
  assert.equal(new Set(items.flat().map((item) => item.model_version)), new Set(['0.0.1']));
  assert.equal(seenBy(body).params, { login: null, password: null, hostname: 'http://h', future: 1 });
  // An old server, known by model_version, and an annotator who waits lose lists: they get the first.
  for (const more of [{ model_version: null }, { params: { context: { result: [{ type: 'x' }] } } }]) {
    const { body: single } = await site.request('/predict', { project: '12', tasks: [task('list')], ...more });
    assert.equal(single.results, [{ result: [], score: 0, model_version: '0.0.1' }]);
  }
});

test('one instance serves a project until its version or labeling config changes', async ({ site }) => {
  const builtAt = async (body: Record<string, unknown>): Promise<unknown> =>
    seenBy((await site.request('/predict', { tasks: [task('good')], ...body })).body).builtAt;
  const first = await builtAt({ project: '12.5', label_config: config.xml });
  assert.is(await builtAt({ project: '12.5', label_config: config.xml }), first);
  assert.is(await builtAt({ project: 12, label_config: '' }), first);
  assert.is.not(await builtAt({ project: '13' }), first);
  assert.is.not(await builtAt({ project: '12', label_config: config.xml.replace('<View>', '<View >') }), first);
});

test.run();
