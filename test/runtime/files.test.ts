import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createReadFile } from '../../runtime/wow-ai/files.ts';

interface Site {
  server: Server;
  host: string;
  requests: Array<{ url: string; authorization: string | undefined; body: string }>;
}

const test = suite<Site>('files');
const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), 'sig'].map((part) => Buffer.from(part).toString('base64url')).join('.');
const access = jwt({ exp: Math.floor(Date.now() / 1000) + 300 });

test.before.each(async (context) => {
  context.requests = [];
  context.server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = request.url ?? '';
    context.requests.push({ url, authorization: request.headers.authorization, body });
    if (url === '/api/token/refresh/') return response.end(JSON.stringify({ access }));
    if (url.includes('moved'))
      return response
        .writeHead(302, {
          location: `http://localhost:${(context.server.address() as AddressInfo).port}/data/upload/1/a.txt`,
        })
        .end();
    if (url.includes('missing')) return response.writeHead(401).end();
    return response.end(`bytes of ${url}`);
  });
  await new Promise<void>((done) => context.server.listen(0, '127.0.0.1', done));
  context.host = `http://127.0.0.1:${(context.server.address() as AddressInfo).port}`;
});
test.after.each((context) => void context.server.close());

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

test('server paths, full URLs of the server and data: URIs are read; the key goes along', async ({
  host,
  requests,
}) => {
  const read = createReadFile({ host, apiKey: 'legacy-token' });
  const cases = [
    ['/data/upload/1/a.txt', 'bytes of /data/upload/1/a.txt'],
    ['upload/1/a.txt', 'bytes of /data/upload/1/a.txt'],
    [`${host}/data/local-files/?d=a%20b.txt`, 'bytes of /data/local-files/?d=a%20b.txt'],
    ['data:text/plain;base64,aGk=', 'hi'],
  ] as const;
  for (const [url, wanted] of cases) assert.is(text(await read(url)), wanted);
  assert.equal(new Set(requests.map(({ authorization }) => authorization)), new Set(['Token legacy-token']));
});

test('a personal access token is exchanged once for many readers, and never sent as it is', async ({
  host,
  requests,
}) => {
  const token = jwt({ token_type: 'refresh', exp: 9_999_999_999 });
  const read = createReadFile({ host, apiKey: token });
  await Promise.all(['/a', '/b', '/c'].map((url) => read(url)));
  const [first, ...rest] = requests;
  assert.equal(
    [first?.url, first?.body, first?.authorization],
    ['/api/token/refresh/', JSON.stringify({ refresh: token }), undefined],
  );
  assert.equal(new Set(rest.map(({ authorization }) => authorization)), new Set([`Bearer ${access}`]));
});

test('a redirect to another origin loses the key', async ({ host, requests }) => {
  await createReadFile({ host, apiKey: 'legacy-token' })('/moved');
  assert.equal(
    requests.map(({ authorization }) => authorization),
    ['Token legacy-token', undefined],
  );
});

test('other hosts, other schemes and refusals are explained, without the key', async ({ host }) => {
  const read = createReadFile({ host, apiKey: 'legacy-token' });
  const cases: Array<[string, RegExp]> = [
    ['http://169.254.169.254/latest/meta-data', /files are read from WOW_AI_HOST/],
    ['//evil.test/a', /files are read from WOW_AI_HOST/],
    [`${host}@evil.test/a`, /files are read from WOW_AI_HOST/],
    [`${host}.evil.test/a`, /files are read from WOW_AI_HOST/],
    ['file:///etc/passwd', /files are read from WOW_AI_HOST/],
    ['s3://bucket/key', /files are read from WOW_AI_HOST/],
    ['/missing', /answered 401; the key in WOW_AI_API_KEY was sent/],
  ];
  for (const [url, wanted] of cases) {
    const failure = await read(url).then(() => 'it was read', String);
    assert.match(failure, wanted, url);
    assert.not.match(failure, 'legacy-token');
  }
  const unset = createReadFile({ host: undefined, apiKey: undefined });
  assert.match(await unset('/a').then(() => 'it was read', String), /set WOW_AI_HOST/);
});

test.run();
