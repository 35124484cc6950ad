/** From gcloud's words to what happened and what to do. */

import { namesOf } from './commands.ts';
import type { GcloudError } from './gcloud.ts';
import type { Settings } from './settings.ts';

interface Trouble {
  pattern: RegExp;
  what: string;
  todo: string;
}

/** The first row that fits counts: gcloud wraps some of these into one another. */
function troubles(settings: Settings): Trouble[] {
  const { project, region, service } = settings;
  const console_ = 'https://console.cloud.google.com';
  return [
    {
      pattern: /do not currently have an active account|gcloud auth login|Reauthentication/,
      what: 'gcloud is not logged in',
      todo: 'gcloud auth login',
    },
    {
      pattern: /UREQ_PROJECT_BILLING_NOT_FOUND|[Bb]illing (account|must be enabled)|BILLING_DISABLED/,
      what: `project ${project} has no billing account`,
      todo: `link one: ${console_}/billing/linkedaccount?project=${project}`,
    },
    {
      pattern: /Permission denied to enable service/,
      what: `you may not turn on APIs in ${project}`,
      todo: 'ask an owner of the project to run the gcloud services enable line of --dry-run',
    },
    {
      pattern: /SERVICE_DISABLED|has not been used in project/,
      what: 'an API is on, but not ready yet',
      todo: 'wait a minute and run this again',
    },
    {
      pattern: /does not have permission to access projects? (instance )?|may not exist/,
      what: `there is no project ${project}, or your account may not see it`,
      todo: 'gcloud projects list shows the ones you may use; gcloud auth list shows who you are',
    },
    {
      pattern: /[Bb]uild failed/,
      what: 'the image could not be built',
      todo: `read the log of the build; docker build . shows the same here. If it says that permissions are missing, give the builder its role: gcloud projects add-iam-policy-binding ${project} --member=serviceAccount:PROJECT_NUMBER-compute@developer.gserviceaccount.com --role=roles/run.builder`,
    },
    {
      pattern: /failed to start and listen on the port/,
      what: 'the container was built, but does not start',
      todo: `docker compose up --build shows why, or: gcloud run services logs read ${service} --region=${region} --project=${project}`,
    },
    {
      pattern: /Permission denied on secret/,
      what: 'the service may not read its secrets yet',
      todo: 'new grants take a minute to spread: run this again',
    },
    {
      pattern: /actAs/,
      what: `you may not run services as ${namesOf(settings).email}`,
      todo: `ask an owner of the project for the role Service Account User (roles/iam.serviceAccountUser) on it`,
    },
    {
      pattern: /requireInvokerIam|invoker[- ]iam/i,
      what: 'a policy of your organisation keeps services private, and WOW AI cannot sign in to those',
      todo: 'ask an administrator for an exception from constraints/run.managed.requireInvokerIam for this project',
    },
    {
      pattern: /PERMISSION_DENIED|forbidden/i,
      what: 'your account lacks a permission',
      todo: 'the last lines of gcloud name it; ask an owner of the project',
    },
    {
      pattern: /ENOTFOUND|Unable to find the server|Network is unreachable|Max retries exceeded/i,
      what: 'Google cannot be reached',
      todo: 'check the network, then run this again',
    },
  ];
}

/** What to print instead of a stack: two lines, then gcloud's own last ones. */
export function explain(error: GcloudError, settings: Settings): string {
  if (error.missing) return '✗ gcloud is not installed\n  install it: https://cloud.google.com/sdk/docs/install';
  const row = troubles(settings).find(({ pattern }) => pattern.test(error.output));
  const last = error.output
    .trim()
    .split('\n')
    .slice(-6)
    .map((line) => `  | ${line}`)
    .join('\n');
  return `✗ ${row?.what ?? error.message}${row ? `\n  ${row.todo}` : ''}\n${last}`;
}
