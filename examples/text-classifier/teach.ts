/** Plays a labeling server with annotators: asks the running backend, annotates a few hundred texts, asks again. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `Teaches the running backend from texts/packages.tsv and prints how often it is right, before and after.

Usage: node teach.ts [--url http://localhost:9090] [--auth user:password] [--annotations 400]`;

interface Example {
  id: number;
  label: string;
  text: string;
}

interface Project {
  id: number;
  title: string;
  label_config: string;
}

/** Sends JSON, or asks with GET when there is nothing to send. */
type Ask = (path: string, body?: unknown) => Promise<Record<string, unknown>>;

try {
  const { values: flags } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:9090' },
      auth: { type: 'string' },
      annotations: { type: 'string', default: '400' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (flags.help) console.log(USAGE);
  else await teach(createAsk(flags.url, flags.auth), Number(flags.annotations));
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function teach(ask: Ask, annotations: number): Promise<void> {
  const examples = await readExamples(join(import.meta.dirname, 'texts/packages.tsv'));
  if (!(Number.isInteger(annotations) && annotations >= 2 && annotations < examples.length)) {
    throw new Error(`--annotations must be a number from 2 to ${examples.length - 1}`);
  }
  const [lesson, exam] = [examples.slice(0, annotations), examples.slice(annotations)];
  // A project of its own for every run: it begins untaught.
  const project = { id: Math.floor(Date.now() / 1000), title: 'Teach', label_config: createConfig(examples) };

  const before = await examine(ask, project, exam);
  console.log(`before  ${percent(before.right)} of ${exam.length} held-out texts right, version ${before.version}`);

  const started = performance.now();
  for (const example of lesson) await ask('/webhook', createEvent(project, example));
  console.log(`        ${lesson.length} annotations delivered in ${seconds(started)}`);
  await waitForTraining(ask, project);
  const { versions, current_version } = await ask(`/versions?project=${project.id}`);
  console.log(`        learned after ${seconds(started)}, versions: ${[versions].flat().join(', ')}`);
  if (current_version === before.version) throw new Error('no new version came of it: see the log of the backend');

  const after = await examine(ask, project, exam);
  console.log(`after   ${percent(after.right)} of ${exam.length} held-out texts right, version ${after.version}`);
}

/** Every text that is not in the lesson, in one request, preceded by what a server asks before each prediction. */
async function examine(ask: Ask, project: Project, exam: Example[]): Promise<{ right: number; version: unknown }> {
  const uid = `${project.id}.${project.id}`;
  await ask('/health');
  const { model_version: version } = await ask('/setup', { project: uid, schema: project.label_config });
  const tasks = exam.map(({ id, text }) => ({ id, data: { text }, project: project.id }));
  const params = { login: null, password: null, context: null };
  const answer = await ask('/predict', { tasks, project: uid, label_config: project.label_config, params });
  const results = answer.results as Array<{ result: Array<{ value: { choices: string[] } }> }>;
  const right = exam.filter(({ label }, index) => results[index]?.result[0]?.value.choices[0] === label);
  return { right: right.length / exam.length, version };
}

/** What a server sends when an annotator submits. */
function createEvent(project: Project, { id, label, text }: Example): unknown {
  const now = new Date().toISOString();
  const result = [{ id: `r${id}`, from_name: 'topic', to_name: 'text', type: 'choices', value: { choices: [label] } }];
  const dates = { created_at: now, updated_at: now };
  return {
    action: 'ANNOTATION_CREATED',
    annotation: { id, task: id, project: project.id, completed_by: 1, result, was_cancelled: false, ...dates },
    task: { id, project: project.id, data: { text }, meta: {}, is_labeled: true, total_annotations: 1, ...dates },
    project,
  };
}

async function waitForTraining(ask: Ask, { id }: Project): Promise<void> {
  for (let polls = 0; polls < 600; polls++) {
    const { is_training } = await ask(`/is_training?project=${id}`);
    if (is_training === false) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the training has not ended within two minutes');
}

async function readExamples(file: string): Promise<Example[]> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(1);
  return lines.map((line, index) => {
    const [label = '', , text = ''] = line.split('\t');
    return { id: index + 1, label, text };
  });
}

/** The config of these texts, whatever label-config.xml has become. */
function createConfig(examples: Example[]): string {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const choices = labels.map((label) => `<Choice value="${label}"/>`).join('');
  return `<View><Text name="text" value="$text"/><Choices name="topic" toName="text">${choices}</Choices></View>`;
}

function createAsk(url: string, auth: string | undefined): Ask {
  const headers = {
    'content-type': 'application/json',
    ...(auth !== undefined && { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }),
  };
  return async (path, body) => {
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(url.replace(/\/$/, '') + path, init).catch((cause: unknown) => {
      throw new Error(`nothing answers at ${url}: start the backend first (npm start)`, { cause });
    });
    const answer = await response.text();
    if (response.status === 401) throw new Error(`${url} wants a user and a password: --auth user:password`);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${answer.slice(0, 500)}`);
    return JSON.parse(answer) as Record<string, unknown>;
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`.padStart(6);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
