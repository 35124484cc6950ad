/** deploy:gcp on a stage: what it asks gcloud for, at first and again, and how it explains what fails. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KEY, onStage, type Run } from './stage.ts';

const DEPLOY = ['--gcp-project-id', 'my-project', '--wow-ai-host', 'https://wow.example'];
const WITH_KEY = [...DEPLOY, '--wow-ai-api-key-file', 'key.txt'];
const wordsOf = ({ calls }: Run) => calls.map(({ words }) => words);
const deployed = ({ calls }: Run) => calls.find(({ words }) => words.startsWith('run deploy'))?.args ?? [];

test('the first deploy makes everything; values go to gcloud by standard input alone', async () => {
  await onStage(async ({ run }) => {
    const first = await run(WITH_KEY);
    assert.is(first.code, 0, first.output);
    const account = 'my-backend-run@my-project.iam.gserviceaccount.com';
    assert.equal(wordsOf(first), [
      'projects describe my-project',
      'services list',
      'services enable run.googleapis.com cloudbuild.googleapis.com artifactregistry.googleapis.com secretmanager.googleapis.com iam.googleapis.com storage.googleapis.com',
      'run regions list',
      `iam service-accounts describe ${account}`,
      'iam service-accounts create my-backend-run',
      'secrets describe my-backend-basic-auth-pass',
      'secrets create my-backend-basic-auth-pass',
      'secrets versions add my-backend-basic-auth-pass',
      'secrets add-iam-policy-binding my-backend-basic-auth-pass',
      'secrets describe my-backend-wow-ai-api-key',
      'secrets create my-backend-wow-ai-api-key',
      'secrets versions add my-backend-wow-ai-api-key',
      'secrets add-iam-policy-binding my-backend-wow-ai-api-key',
      'run deploy my-backend',
    ]);
    assert.ok(first.calls.every(({ all }) => all.includes('--project=my-project') && all.includes('--quiet')));
    const [password = '', key] = first.calls.filter(({ stdin }) => stdin !== '').map(({ stdin }) => stdin);
    assert.is(key, KEY);
    assert.match(password, /^[\w-]{32}$/);
    const shown = first.output + JSON.stringify(first.calls.map(({ all }) => all));
    assert.not.ok(shown.includes(KEY) || shown.includes(password), 'a secret was shown, or was an argument');
    for (const flag of [
      '--source=.',
      `--service-account=${account}`,
      '--no-invoker-iam-check',
      '--no-cpu-throttling',
      '--max-instances=1',
      '--set-env-vars=NODE_ENV=production,BASIC_AUTH_USER=wow-ai,WOW_AI_HOST=https://wow.example',
      '--set-secrets=BASIC_AUTH_PASS=my-backend-basic-auth-pass:1,WOW_AI_API_KEY=my-backend-wow-ai-api-key:1',
    ]) {
      assert.ok(deployed(first).includes(flag), `${flag} of ${deployed(first).join(' ')}`);
    }
    assert.match(first.output, /Model endpoint: http:\/\/127\.0\.0\.1:\d+\n/);
    assert.match(first.output, /begins with the untrained model/);
  });
});

test('a repeat changes nothing; a new key is a new version; without a key the stored one stays', async () => {
  await onStage(async ({ run }) => {
    await run(WITH_KEY);
    const env = {
      STUB_APIS: ['run', 'cloudbuild', 'artifactregistry', 'secretmanager', 'iam', 'storage']
        .map((api) => `${api}.googleapis.com`)
        .join(),
    };
    const again = await run(WITH_KEY, env);
    assert.equal(
      wordsOf(again).filter((words) => / (create|add|enable) /.test(`${words} `)),
      [],
    );
    const pinned = (run: Run) => deployed(run).find((flag) => flag.startsWith('--set-secrets='));
    const before =
      '--set-secrets=BASIC_AUTH_PASS=my-backend-basic-auth-pass:1,WOW_AI_API_KEY=my-backend-wow-ai-api-key:1';
    assert.is(pinned(again), before);
    assert.is(pinned(await run(DEPLOY, { ...env, WOW_AI_API_KEY: 'another' })), before.replace(/1$/, '2'));
    assert.is(pinned(await run(DEPLOY, env)), before.replace(/1$/, '2'));
  });
});

test('a service that a rollback has pinned serves the new revision again', async () => {
  await onStage(async ({ run }) => {
    const result = await run(DEPLOY, { STUB_TRAFFIC: '{"revisionName":"r1","percent":100}' });
    assert.equal(wordsOf(result).slice(-1), ['run services update-traffic my-backend']);
    assert.is(result.code, 0);
  });
});

test('a service that lets in anyone is a failure', async () => {
  await onStage(async ({ run }) => {
    const result = await run(DEPLOY);
    assert.is(result.code, 1);
    assert.match(result.output, /lets in callers without a password \(200\)/);
  }, 200);
});

test('an image is deployed as it is', async () => {
  await onStage(async ({ run }) => {
    const image = 'us-docker.pkg.dev/my-project/models/backend@sha256:'.padEnd(115, 'a');
    const args = deployed(await run([...DEPLOY, '--image', image, '--gcp-region', 'europe-west1']));
    assert.equal(
      args.filter((arg) => /^--(image|source|region)/.test(arg)),
      [`--image=${image}`, '--region=europe-west1'],
    );
  });
});

test('the dry run calls nothing and shows no key', async () => {
  await onStage(async ({ run }) => {
    const { code, output, calls } = await run(['--', ...WITH_KEY, '--dry-run'], { PATH: '' });
    assert.equal([code, calls], [0, []]);
    assert.is(output.match(/^gcloud|\| gcloud/gm)?.length, 15);
    assert.not.match(output, new RegExp(KEY));
  });
});

const FAILURES: Array<[name: string, fail: string, message: RegExp]> = [
  [
    'not logged in',
    'projects|You do not currently have an active account selected.',
    /not logged in\n {2}gcloud auth login/,
  ],
  [
    'wrong project',
    'projects|[me] does not have permission to access projects instance [my-project] (or it may not exist)',
    /no project my-project, or your account may not see it/,
  ],
  [
    'may not enable',
    'services enable|Permission denied to enable service [run.googleapis.com] PERMISSION_DENIED',
    /you may not turn on APIs/,
  ],
  [
    'no billing',
    'services enable|FAILED_PRECONDITION: Billing must be enabled',
    /no billing account\n {2}link one: https/,
  ],
  ['API not ready', 'secrets|SERVICE_DISABLED: has not been used in project 1 before', /an API is on, but not ready/],
  [
    'build',
    'run deploy|Build failed; check build logs for details',
    /could not be built[\s\S]*\| https:\/\/console\.example\/build\/1/,
  ],
  [
    'crash on boot',
    'run deploy|The user-provided container failed to start and listen on the port',
    /does not start\n/,
  ],
  [
    'actAs',
    "run deploy|Permission 'iam.serviceaccounts.actAs' denied on service account",
    /you may not run services as my-backend-run@/,
  ],
  ['policy', 'run deploy|violates constraints/run.managed.requireInvokerIam', /policy of your organisation/],
  [
    'unknown',
    'run deploy|Something new',
    /gcloud run deploy my-backend failed\n {2}\| ERROR: \(gcloud\) Something new/,
  ],
];

for (const [name, fail, message] of FAILURES) {
  test(`a failure is explained: ${name}`, async () => {
    await onStage(async ({ run }) => {
      const { code, output } = await run(WITH_KEY, { STUB_FAIL: fail });
      assert.is(code, 1);
      assert.match(output, message);
      assert.not.match(output, /\n {4}at /);
    });
  });
}

test('without gcloud, and in a region that Cloud Run does not have', async () => {
  await onStage(async ({ run }) => {
    const none = await run(DEPLOY, { PATH: '' });
    assert.is(none.code, 1);
    assert.match(none.output, /gcloud is not installed\n {2}install it: https/);
    const region = await run([...DEPLOY, '--gcp-region', 'mars-north1']);
    assert.match(region.output, /no region mars-north1\n {2}--gcp-region takes one of us-central1, europe-west1/);
  });
});

test.run();
