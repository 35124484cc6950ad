/** What to deploy and where: flags and environment, read once into settings; all that is wrong with them is reported together. */

import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface Settings {
  project: string;
  region: string;
  service: string;
  /** The labeling server. */
  wowAiHost: string | undefined;
  /** undefined: the one that an earlier deploy has stored stays. */
  wowAiApiKey: string | undefined;
  basicAuthUser: string;
  /** undefined: the stored one stays; the first deploy makes one. */
  basicAuthPass: string | undefined;
  /** An image that is already built, instead of this folder. */
  image: string | undefined;
  minInstances: number;
  cpu: number;
  memory: string;
  dryRun: boolean;
  yes: boolean;
  verbose: boolean;
  /** Things to know before going on. */
  warnings: string[];
}

export type Environment = Record<string, string | undefined>;

/** One row a flag: parsing and --help read this table. The first variable that is set counts; a flag wins. */
export const FLAGS = [
  { flag: 'gcp-project-id', value: 'ID', env: ['GCP_PROJECT_ID', 'GCP_PROJECT'], text: 'the Google Cloud project' },
  { flag: 'gcp-region', value: 'REGION', env: ['GCP_REGION'], text: 'where to run (default us-central1)' },
  { flag: 'service', value: 'NAME', env: [], text: "name of the service (default: this project's)" },
  { flag: 'wow-ai-host', value: 'URL', env: ['WOW_AI_HOST'], text: 'the labeling server, to read files from' },
  { flag: 'wow-ai-api-key-file', value: 'FILE', env: [], text: 'a file with its API key' },
  { flag: 'wow-ai-api-key', value: 'KEY', env: ['WOW_AI_API_KEY'], text: 'the key itself; rather set WOW_AI_API_KEY' },
  { flag: 'min-instances', value: '0|1', env: [], text: 'instances that stay on: 1, or 0 to pay nothing while idle' },
  { flag: 'cpu', value: 'N', env: [], text: 'CPUs: 1, 2, 4, 6 or 8 (default 1)' },
  { flag: 'memory', value: 'SIZE', env: [], text: 'such as 512Mi or 2Gi (default 1Gi); files count too' },
  { flag: 'image', value: 'URI', env: [], text: 'deploy this image instead of building this folder' },
  { flag: 'dry-run', value: '', env: [], text: 'print the commands; needs neither gcloud nor a login' },
  { flag: 'yes', value: '', env: [], text: 'do not ask before applying the plan' },
  { flag: 'verbose', value: '', env: [], text: 'show every gcloud command as it runs' },
  { flag: 'help', value: '', env: [], text: 'this text' },
] as const;

type Flag = (typeof FLAGS)[number]['flag'];

/** @param readText reads a file, undefined when it is not there @returns 'help', the settings, or what is wrong */
export function readSettings(
  args: readonly string[],
  env: Environment,
  packageName: string,
  readText: (path: string) => string | undefined,
): 'help' | { settings: Settings } | { problems: string[] } {
  const problems: string[] = [];
  const values = parseFlags(args, problems);
  if (values.has('help')) return 'help';
  const read = (flag: Flag): string | undefined => {
    const names = FLAGS.find((row) => row.flag === flag)?.env ?? [];
    return values.get(flag) || names.map((name) => env[name]).find((value) => value !== undefined && value !== '');
  };
  /** The value, held against a pattern; what it must be is said when it is not. */
  const check = (flag: Flag, value: string, pattern: RegExp, needed: string): string => {
    if (!pattern.test(value)) problems.push(`--${flag} must be ${needed}, got '${value}'`);
    return value;
  };
  const dryRun = values.has('dry-run');
  const project = read('gcp-project-id');
  if (project === undefined && !dryRun)
    problems.push('--gcp-project-id (or GCP_PROJECT_ID) is missing: gcloud projects list shows yours');
  const keyFile = read('wow-ai-api-key-file');
  const fileKey = keyFile === undefined ? undefined : readText(keyFile)?.trim();
  if (keyFile !== undefined && !fileKey) problems.push(`--wow-ai-api-key-file ${keyFile} is not there, or empty`);
  const host = read('wow-ai-host')?.replace(/\/+$/, '');
  const settings: Settings = {
    // The server's own limits are stricter than what gcloud lets through.
    project: check(
      'gcp-project-id',
      project ?? 'project-id',
      /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
      'a project ID (neither its name nor its number)',
    ),
    region: check(
      'gcp-region',
      read('gcp-region') ?? 'us-central1',
      /^[a-z]+-[a-z]+\d+$/,
      'a region such as europe-west1',
    ),
    service: check(
      'service',
      read('service') ?? packageName,
      /^[a-z](?:[a-z0-9-]{0,47}[a-z0-9])?$/,
      'up to 49 of a-z, 0-9 and -, from a letter on',
    ),
    wowAiHost:
      host === undefined
        ? undefined
        : check(
            'wow-ai-host',
            host,
            /^https?:\/\/[\w.:[\]-]+(?:\/[\w./~-]*)?$/,
            'a URL such as https://tool.example.com',
          ),
    wowAiApiKey: fileKey || read('wow-ai-api-key'),
    basicAuthUser: env.BASIC_AUTH_USER || 'wow-ai',
    basicAuthPass: env.BASIC_AUTH_PASS || undefined,
    image: values.has('image')
      ? check(
          'image',
          values.get('image') ?? '',
          /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)+(?::[\w.-]+|@sha256:[0-9a-f]{64})?$/,
          'an image such as REGION-docker.pkg.dev/PROJECT/REPO/NAME:TAG',
        )
      : undefined,
    minInstances: Number(
      check(
        'min-instances',
        read('min-instances') ?? '1',
        /^[01]$/,
        '0 or 1: state is on the disk of one instance, so there is never a second',
      ),
    ),
    cpu: Number(check('cpu', read('cpu') ?? '1', /^[12468]$/, '1, 2, 4, 6 or 8')),
    memory: check('memory', read('memory') ?? '1Gi', /^(?:512Mi|(?:[1-9]|[12]\d|3[0-2])Gi)$/, '512Mi, or 1Gi to 32Gi'),
    dryRun,
    yes: values.has('yes'),
    verbose: values.has('verbose'),
    warnings: [],
  };
  if (!/^[\w.@-]+$/.test(settings.basicAuthUser))
    problems.push(`BASIC_AUTH_USER must be letters, digits and . @ _ -, got '${settings.basicAuthUser}'`);
  if (values.get('wow-ai-api-key'))
    settings.warnings.push(
      '--wow-ai-api-key stays in the history of your shell: next time set WOW_AI_API_KEY, or use --wow-ai-api-key-file',
    );
  if (settings.wowAiApiKey && !host)
    problems.push('an API key is given, but not where it belongs: --wow-ai-host (or WOW_AI_HOST)');
  return problems.length > 0 ? { problems } : { settings };
}

function parseFlags(args: readonly string[], problems: string[]): Map<string, string> {
  const rows = new Map<string, (typeof FLAGS)[number]>(FLAGS.map((row) => [row.flag, row]));
  const options = Object.fromEntries(
    FLAGS.map(({ flag, value }) => [flag, { type: value ? ('string' as const) : ('boolean' as const) }]),
  );
  const values = new Map<string, string>();
  for (const token of parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional') problems.push(`unexpected argument '${token.value}' (see --help)`);
    if (token.kind !== 'option') continue;
    const row = rows.get(token.name);
    if (row === undefined)
      problems.push(`unknown flag ${token.rawName} (known: ${[...rows.keys()].map((name) => `--${name}`).join(', ')})`);
    else if (row.value !== '' && (!token.value || token.value.startsWith('--')))
      problems.push(`--${token.name} needs a value: ${row.value}`);
    else values.set(token.name, token.value ?? '');
  }
  return values;
}

/** Cut to a length limit; what is cut off counts in six hexadecimal digits, so that two long names stay two. */
export function shorten(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return `${name.slice(0, limit - 7).replace(/-+$/, '')}-${mark}`;
}
