/** `npm run deploy:gcp`: shows the plan, asks once, deploys to Cloud Run, says how to connect. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseEnv } from 'node:util';
import { apply, Refusal } from './apply.ts';
import * as commands from './commands.ts';
import { explain } from './explain.ts';
import { createGcloud, GcloudError } from './gcloud.ts';
import { FLAGS, readSettings, type Settings } from './settings.ts';

const project = dirname(import.meta.dirname);
const say = (text = '') => console.log(text);

// pnpm and Yarn hand the -- on that npm takes.
process.exitCode = await main(process.argv.slice(2).filter((arg) => arg !== '--'));

async function main(args: string[]): Promise<number> {
  const readText = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  const { name } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { name: string };
  const env = { ...parseEnv(readText(join(project, '.env')) ?? ''), ...process.env };
  const read = readSettings(args, env, name, (path) => readText(resolve(path)));
  if (read === 'help') return help();
  if ('problems' in read) {
    for (const problem of read.problems) console.error(`✗ ${problem}`);
    return 2;
  }
  const { settings } = read;
  for (const warning of settings.warnings) console.error(`! ${warning}`);
  if (settings.dryRun) return dryRun(settings);
  showPlan(settings);
  if (!settings.yes && process.stdin.isTTY && process.stdout.isTTY && !(await confirm('Go on?'))) {
    say('Nothing was changed.');
    return 1;
  }
  try {
    const note = (line: readonly string[]) => settings.verbose && console.error(`  $ gcloud ${line.join(' ')}`);
    showResult(await apply(settings, createGcloud(settings.project, project, note), showStep), settings);
    return 0;
  } catch (error) {
    if (error instanceof GcloudError) console.error(explain(error, settings));
    else if (error instanceof Refusal) console.error(`✗ ${error.message}`);
    else throw error;
    return 1;
  }
}

function showPlan(settings: Settings): void {
  const { service, region, image, cpu, memory, minInstances, wowAiHost, wowAiApiKey } = settings;
  const gib = memory.endsWith('Mi') ? Number.parseInt(memory, 10) / 1024 : Number.parseInt(memory, 10);
  // Instance-based billing of a tier 1 region: US$ per second of a CPU and of a GiB.
  const price = Math.round((cpu * 0.000018 + gib * 0.000002) * 30.4 * 86_400);
  say(`${service} on Cloud Run, project ${settings.project}, region ${region}`);
  say(`  from      ${image ?? 'this folder, built by Cloud Build'}`);
  say(`  runs on   ${cpu} CPU, ${memory}, one instance at most`);
  say(
    `  costs     ${minInstances === 1 ? `about US$ ${price} a month: one instance stays on` : 'nothing while idle'}, before any free tier`,
  );
  say(`  lets in   user ${settings.basicAuthUser} with a password from Secret Manager`);
  say(
    `  WOW AI    ${wowAiHost ?? 'not given: the model cannot read uploaded files'}${wowAiHost && !wowAiApiKey ? ' (with the API key of an earlier deploy, if there is one)' : ''}`,
  );
  say('  NOTE      state and trained versions lie on the disk of the instance, which is memory: a deploy or a restart');
  say(
    `            begins with the untrained model${minInstances === 0 ? ', and so does every start after idling' : ''}. Annotations are safe in WOW AI: start a training there.`,
  );
  say();
}

async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question(`${question} (y/N) `);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function showStep<T>(title: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  say(`• ${title} …`);
  const result = await run();
  say(`  done (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}

function showResult(url: string, settings: Settings): void {
  const { service, region } = settings;
  const names = commands.namesOf(settings);
  const where = `--region=${region} --project=${settings.project}`;
  say(`
✔ Model endpoint: ${url}

Connect it in WOW AI: Settings > Model > Connect Model
  URL        ${url}
  user       ${settings.basicAuthUser}
  password   ${commands.print(commands.readSecret(names.password), settings)}

Logs         gcloud run services logs tail ${service} ${where}
Remove       gcloud run services delete ${service} ${where}`);
}

/** Every command that a first deploy runs, to be read or pasted. */
function dryRun(settings: Settings): number {
  const names = commands.namesOf(settings);
  const line = (args: string[]) => commands.print(args, settings);
  const group = (comment: string, ...lines: string[]) => say(`# ${comment}\n${lines.join('\n')}\n`);
  const secret = (name: string, value: string) =>
    group(
      'a secret: made if it is not there yet, a version added if its value is new',
      line(commands.describeSecret(name)),
      line(commands.createSecret(name)),
      `${value} | ${line(commands.addVersion(name))}`,
      line(commands.allowSecret(name, names)),
    );
  const start = [commands.describeProject(settings), commands.enableApis(), commands.listRegions()];
  group('the project, its APIs, the region', ...start.map(line));
  const account = [commands.describeAccount(names), commands.createAccount(names)];
  group("the service's own identity: made if it is not there yet", ...account.map(line));
  secret(names.password, `node -e 'process.stdout.write(crypto.randomBytes(24).toString("base64url"))'`);
  if (settings.wowAiApiKey) secret(names.apiKey, 'printf %s "$WOW_AI_API_KEY"');
  const key: Record<string, string> = settings.wowAiApiKey ? { WOW_AI_API_KEY: `${names.apiKey}:1` } : {};
  const secrets = { BASIC_AUTH_PASS: `${names.password}:1`, ...key };
  group(
    'build and deploy; :1 is the version that the secret was given',
    line(commands.deploy(settings, names, secrets)),
  );
  group('after a rollback only: all requests to the newest revision', line(commands.serveLatest(settings)));
  return 0;
}

function help(): number {
  const rows = FLAGS.map(({ flag, value, text, env }) => [
    `--${flag} ${value}`.trim(),
    text + (env[0] ? ` [${env[0]}]` : ''),
  ]);
  const width = Math.max(...rows.map(([name = '']) => name.length)) + 2;
  say(
    `Deploys this backend to Google Cloud Run. Variables are read from .env, too.\n\nUsage: npm run deploy:gcp -- --gcp-project-id ID [flags]\n`,
  );
  for (const [name = '', text] of rows) say(`  ${name.padEnd(width)}${text}`);
  return 0;
}
