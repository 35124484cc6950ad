/** The gcloud commands of a deploy, without the flags that all of them get. Both the dry run and the deploy read these. */

import { type Settings, shorten } from './settings.ts';

export const APIS = ['run', 'cloudbuild', 'artifactregistry', 'secretmanager', 'iam', 'storage'].map(
  (name) => `${name}.googleapis.com`,
);

export interface Names {
  /** The service's own identity: it may read its secrets, and nothing else. */
  account: string;
  email: string;
  apiKey: string;
  password: string;
}

export function namesOf({ service, project }: Settings): Names {
  const account = shorten(`${service}-run`, 30);
  return {
    account,
    email: `${account}@${project}.iam.gserviceaccount.com`,
    apiKey: `${service}-wow-ai-api-key`,
    password: `${service}-basic-auth-pass`,
  };
}

export const describeProject = ({ project }: Settings) => [
  'projects',
  'describe',
  project,
  '--format=value(projectNumber)',
];
export const listApis = () => ['services', 'list', '--enabled', '--format=value(config.name)'];
export const enableApis = () => ['services', 'enable', ...APIS];
export const listRegions = () => ['run', 'regions', 'list', '--format=value(locationId)'];

export const describeAccount = ({ email }: Names) => [
  'iam',
  'service-accounts',
  'describe',
  email,
  '--format=value(email)',
];
export const createAccount = ({ account }: Names) => [
  'iam',
  'service-accounts',
  'create',
  account,
  `--display-name=${account}`,
];

export const describeSecret = (secret: string) => ['secrets', 'describe', secret, '--format=value(name)'];
export const createSecret = (secret: string) => [
  'secrets',
  'create',
  secret,
  '--replication-policy=automatic',
  '--labels=managed-by=wow-ai-ml',
];
export const readSecret = (secret: string) => ['secrets', 'versions', 'access', 'latest', `--secret=${secret}`];
export const latestVersion = (secret: string) => [
  'secrets',
  'versions',
  'describe',
  'latest',
  `--secret=${secret}`,
  '--format=value(name)',
];
/** The value comes on standard input: arguments can be read by everyone on the machine. */
export const addVersion = (secret: string) => [
  'secrets',
  'versions',
  'add',
  secret,
  '--data-file=-',
  '--format=value(name)',
];
export const allowSecret = (secret: string, { email }: Names) => [
  ...['secrets', 'add-iam-policy-binding', secret, `--member=serviceAccount:${email}`],
  ...['--role=roles/secretmanager.secretAccessor', '--condition=None', '--format=none'],
];

/**
 * One instance with its CPU always on: fit() runs between requests, and state is on the instance's disk. Open at Google's
 * edge, since WOW AI can only send basic auth, which the backend itself asks for.
 * @param secrets variable → secret:version
 */
export function deploy(settings: Settings, names: Names, secrets: Record<string, string>): string[] {
  const { service, image, region, cpu, memory, minInstances, basicAuthUser, wowAiHost } = settings;
  const probe = 'httpGet.path=/health,httpGet.port=8080';
  const variables = {
    NODE_ENV: 'production',
    BASIC_AUTH_USER: basicAuthUser,
    ...(wowAiHost && { WOW_AI_HOST: wowAiHost }),
  };
  const pairs = (record: Record<string, string>) =>
    Object.entries(record)
      .map(([name, value]) => `${name}=${value}`)
      .join(',');
  return [
    ...['run', 'deploy', service, image ? `--image=${image}` : '--source=.', `--region=${region}`],
    ...[`--service-account=${names.email}`, '--execution-environment=gen2', '--ingress=all', '--no-invoker-iam-check'],
    ...[`--cpu=${cpu}`, `--memory=${memory}`, '--no-cpu-throttling', '--cpu-boost'],
    ...[`--min-instances=${minInstances}`, '--max-instances=1', '--concurrency=40', '--timeout=300', '--port=8080'],
    // Both replace all that earlier deploys set: a variable that is gone here is gone there.
    ...[`--set-env-vars=${pairs(variables)}`, `--set-secrets=${pairs(secrets)}`],
    `--startup-probe=${probe},initialDelaySeconds=0,timeoutSeconds=2,periodSeconds=3,failureThreshold=40`,
    `--liveness-probe=${probe},timeoutSeconds=10,periodSeconds=30,failureThreshold=4`,
    ...['--update-labels=managed-by=wow-ai-ml', '--format=json'],
  ];
}

export const describeService = ({ service, region }: Settings) => [
  'run',
  'services',
  'describe',
  service,
  `--region=${region}`,
  '--format=json',
];
/** After a rollback, a deploy alone serves 0 percent. */
export const serveLatest = ({ service, region }: Settings) => [
  'run',
  'services',
  'update-traffic',
  service,
  '--to-latest',
  `--region=${region}`,
  '--format=none',
];
export const findBuild = ({ service, region }: Settings) => [
  'builds',
  'list',
  `--region=${region}`,
  `--filter=tags=service_${service}`,
  '--limit=1',
  '--format=value(logUrl)',
];

/** As typed in a shell. */
export function print(args: readonly string[], { project }: Settings): string {
  const quote = (word: string) =>
    /^[\w@%+=:,./-]+$/.test(word)
      ? word
      : word.replace(
          /^(--[\w-]+=)?(.*)$/s,
          (_, flag = '', value: string) => `${flag}'${value.replaceAll("'", "'\\''")}'`,
        );
  return ['gcloud', ...args, `--project=${project}`, '--quiet'].map(quote).join(' ');
}
