/** The steps of a deploy, in order. Each looks first and changes only what differs, so that any of them can run again. */

import { randomBytes } from 'node:crypto';
import * as commands from './commands.ts';
import { find, type Gcloud, GcloudError, patiently } from './gcloud.ts';
import type { Settings } from './settings.ts';

/** Shows a step's title while it runs, and how it ended. */
export type Step = <T>(title: string, run: () => Promise<T>) => Promise<T>;

/** Something that gcloud is fine with, but we are not: what happened, and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** @returns the URL of the service. @throws GcloudError | Refusal */
export async function apply(settings: Settings, gcloud: Gcloud, step: Step): Promise<string> {
  const names = commands.namesOf(settings);
  await step(`Checking project ${settings.project}`, () => gcloud(commands.describeProject(settings)));
  await step('Turning on the Google APIs', async () => {
    const on = (await gcloud(commands.listApis())).split(/\s+/);
    if (!commands.APIS.every((api) => on.includes(api))) await gcloud(commands.enableApis());
  });
  await step(`Checking region ${settings.region}`, () => checkRegion(settings, gcloud));
  await step(`Account ${names.account}`, async () => {
    if ((await find(gcloud, commands.describeAccount(names))) === undefined)
      await gcloud(commands.createAccount(names));
  });
  const secrets = await step('Secrets', () => storeSecrets(settings, names, gcloud));
  const what = settings.image
    ? `Deploying ${settings.image}`
    : 'Building and deploying (2 to 4 minutes the first time)';
  const service = await step(what, () => deployService(settings, names, secrets, gcloud));
  if (!servesLatest(service)) await step('Sending all requests to it', () => gcloud(commands.serveLatest(settings)));
  const url = urlOf(service);
  await step(`Asking ${url}/health`, () => checkAnswers(url));
  return url;
}

async function checkRegion(settings: Settings, gcloud: Gcloud): Promise<void> {
  const regions = (await gcloud(commands.listRegions())).split(/\s+/).filter((name) => name !== '');
  if (regions.length > 0 && !regions.includes(settings.region)) {
    throw new Refusal(`Cloud Run has no region ${settings.region}\n  --gcp-region takes one of ${regions.join(', ')}`);
  }
}

/** Variable → secret:version. A pinned version belongs to its revision: rolling back brings the key of then. */
async function storeSecrets(
  settings: Settings,
  names: commands.Names,
  gcloud: Gcloud,
): Promise<Record<string, string>> {
  const wanted: [variable: string, secret: string, value: string | undefined, make: boolean][] = [
    ['BASIC_AUTH_PASS', names.password, settings.basicAuthPass, true],
    ['WOW_AI_API_KEY', names.apiKey, settings.wowAiApiKey, false],
  ];
  const pinned: Record<string, string> = {};
  for (const [variable, secret, value, make] of wanted) {
    const version = await storeSecret(secret, value, make, names, gcloud);
    if (version !== undefined) pinned[variable] = `${secret}:${version}`;
  }
  return pinned;
}

async function storeSecret(
  secret: string,
  value: string | undefined,
  make: boolean,
  names: commands.Names,
  gcloud: Gcloud,
): Promise<string | undefined> {
  const exists = (await find(gcloud, commands.describeSecret(secret))) !== undefined;
  const stored = exists ? await find(gcloud, commands.readSecret(secret)) : undefined;
  const wanted = value ?? stored ?? (make ? randomBytes(24).toString('base64url') : undefined);
  if (wanted === undefined) return undefined;
  if (!exists) await gcloud(commands.createSecret(secret));
  const name =
    stored === wanted
      ? await gcloud(commands.latestVersion(secret))
      : await gcloud(commands.addVersion(secret), { input: wanted });
  await patiently(() => gcloud(commands.allowSecret(secret, names)), /does not exist|not found/i);
  return /(\d+)$/.exec(name)?.[1] ?? 'latest';
}

interface Service {
  metadata?: { annotations?: Record<string, string> };
  status?: { url?: string; traffic?: { latestRevision?: boolean; percent?: number }[] };
}

async function deployService(
  settings: Settings,
  names: commands.Names,
  secrets: Record<string, string>,
  gcloud: Gcloud,
): Promise<Service> {
  try {
    const run = () => gcloud(commands.deploy(settings, names, secrets), { progress: true });
    return JSON.parse(await patiently(run, /Permission denied on secret|does not exist/)) as Service;
  } catch (error) {
    // gcloud names the log of a failed build only on a terminal.
    if (!(error instanceof GcloudError) || !/[Bb]uild failed/.test(error.output)) throw error;
    const log = await gcloud(commands.findBuild(settings)).catch(() => '');
    throw new GcloudError(error.args, `${error.output.trim()}\n${log}`);
  }
}

function servesLatest({ status }: Service): boolean {
  return status?.traffic?.some(({ latestRevision, percent }) => latestRevision === true && percent === 100) === true;
}

function urlOf({ metadata, status }: Service): string {
  const urls = metadata?.annotations?.['run.googleapis.com/urls'];
  const [first] = urls === undefined ? [] : (JSON.parse(urls) as string[]);
  const url = first ?? status?.url;
  if (url === undefined)
    throw new Refusal('the service was deployed, but gcloud tells no URL\n  see it in the console');
  return url;
}

/** Up, and closed to strangers. */
async function checkAnswers(url: string): Promise<void> {
  const ask = async (path: string) => (await fetch(url + path, { signal: AbortSignal.timeout(15_000) })).status;
  let status: number | string = 0;
  for (let attempt = 1; attempt <= 5; attempt++) {
    status = await ask('/health').catch((error: unknown) => String(error));
    if (status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, attempt * 2_000));
  }
  if (status === 403) {
    throw new Refusal(
      'Google itself refuses callers (403)\n  a new service may need a minute; else a policy of your organisation keeps services private',
    );
  }
  if (status !== 200)
    throw new Refusal(
      `${url}/health does not answer 200: ${status}\n  gcloud run services logs read shows what the backend says`,
    );
  const open = await ask('/');
  if (open !== 401)
    throw new Refusal(
      `${url} lets in callers without a password (${open})\n  take it down, and look at BASIC_AUTH_USER and BASIC_AUTH_PASS of the service`,
    );
}
