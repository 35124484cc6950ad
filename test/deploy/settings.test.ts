/** What deploy:gcp takes from flags and environment, and what it refuses; patience with Google. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GcloudError, patiently } from '../../templates/base/deploy/gcloud.ts';
import { readSettings, type Settings, shorten } from '../../templates/base/deploy/settings.ts';

const read = (args: string[], env: Record<string, string> = {}) =>
  readSettings(args, env, 'my-backend', (path) => (path === 'key.txt' ? ` the-key\n` : undefined));

test('flags win over the environment; a trailing slash of the host does not count', () => {
  const env = { GCP_PROJECT_ID: 'from-env', GCP_REGION: 'asia-east1', WOW_AI_HOST: 'https://h/', WOW_AI_API_KEY: 'k' };
  const result = read(['--gcp-region=europe-west4', '--memory', '2Gi', '--yes'], env);
  assert.equal(result, {
    settings: {
      project: 'from-env',
      region: 'europe-west4',
      service: 'my-backend',
      wowAiHost: 'https://h',
      wowAiApiKey: 'k',
      basicAuthUser: 'wow-ai',
      basicAuthPass: undefined,
      image: undefined,
      minInstances: 1,
      cpu: 1,
      memory: '2Gi',
      dryRun: false,
      yes: true,
      verbose: false,
      warnings: [],
    } satisfies Settings,
  });
});

const REFUSED: Array<[args: string[], problem: RegExp]> = [
  [[], /--gcp-project-id .* is missing/],
  [['--gcp-project-id', 'My Project'], /must be a project ID .* got 'My Project'/],
  [['--dry-run', '--gcp-project-id'], /--gcp-project-id needs a value/],
  [['--regoin', 'x', '--dry-run'], /unknown flag --regoin \(known: --gcp-project-id/],
  [['--dry-run', '--service', '9lives'], /--service must be .* got '9lives'/],
  [['--dry-run', '--service', 'a'.repeat(50)], /--service must be/],
  [['--dry-run', '--memory', 'lots'], /--memory must be/],
  [['--dry-run', '--min-instances', '2'], /never a second/],
  [['--dry-run', '--gcp-region', 'here; rm -rf'], /--gcp-region must be/],
  [['--dry-run', '--wow-ai-host', 'https://a,B=c'], /--wow-ai-host must be/],
  [['--dry-run', '--wow-ai-api-key-file', 'none.txt'], /none\.txt is not there, or empty/],
  [['--dry-run', '--wow-ai-api-key-file', 'key.txt'], /not where it belongs/],
  [['--dry-run', '--image', 'not an image'], /--image must be/],
];

for (const [args, problem] of REFUSED) {
  test(`refused: ${args.join(' ') || 'nothing'}`, () => {
    const result = read(args);
    assert.ok(typeof result === 'object' && 'problems' in result, JSON.stringify(result));
    assert.is(result.problems.length, args.includes('--regoin') ? 2 : 1, result.problems.join('\n'));
    assert.match(result.problems[0] ?? '', problem);
  });
}

test('long names are cut, and stay two', () => {
  const [one, two] = ['a'.repeat(40), `${'a'.repeat(39)}b`].map((name) => shorten(name, 30));
  assert.is(shorten('short', 30), 'short');
  assert.equal([one?.length, two?.length], [30, 30]);
  assert.is.not(one, two);
});

test('what Google has not heard of yet is tried again, anything else is not', async () => {
  const failing = (text: string, times: number) => {
    let calls = 0;
    return async () => {
      calls += 1;
      if (calls <= times) throw new GcloudError(['x'], text);
      return calls;
    };
  };
  assert.is(await patiently(failing('does not exist', 4), /does not exist/, 1), 5);
  for (const run of [failing('does not exist', 5), failing('forbidden', 1)]) {
    const error = await patiently(run, /does not exist/, 1).catch((reason: unknown) => reason);
    assert.instance(error, GcloudError);
  }
});

test.run();
