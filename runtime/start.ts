/** `npm start`: reads flags and environment, serves ./model.ts, prints how to send it a task. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSettings, type Settings, SettingsError, VARIABLES } from './env.ts';
import { InputError, ModelError } from './errors.ts';
import { FLAGS } from './flags.ts';
import { createLog } from './log.ts';

const project = dirname(import.meta.dirname);

// A model may leave timers and sockets open; a drained server ends all the same.
process.exit(await main(process.argv.slice(2)));

async function main(args: string[]): Promise<number> {
  // What is exported wins over the file; the model may keep its own keys there too.
  if (existsSync(join(project, '.env'))) process.loadEnvFile(join(project, '.env'));
  let settings: Settings | 'help';
  try {
    settings = readSettings(args, process.env, process.stdout.isTTY === true);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const problem of error.problems) process.stderr.write(`✗ ${problem}\n`);
    return 2;
  }
  if (settings === 'help') {
    process.stdout.write(helpText());
    return 0;
  }
  return serve(settings);
}

async function serve(settings: Settings): Promise<number> {
  const { logLevel: level, logFormat: format, wowAi, basicAuth } = settings;
  const log = createLog({
    level,
    format,
    secrets: [wowAi.apiKey, basicAuth?.password].filter((text) => text !== undefined),
  });
  try {
    const { startServer } = await import('./server.ts');
    const files = { model: modelFile(), labelConfig: join(project, 'label-config.xml') };
    const { url, close } = await startServer(files, settings, log);
    log.info(`ML backend is listening on ${url}`, { auth: basicAuth ? 'basic' : 'none' });
    log.flush();
    // Not a log line: it is there to be pasted. Machines that read JSON are spared.
    if (format !== 'json') process.stdout.write(`Send it a task:\n  ${curl(url, basicAuth?.user)}\n`);
    const signal = await stopSignal();
    log.info(`${signal}: finishing what is under way`);
    await close();
    log.info('stopped');
    return 0;
  } catch (error) {
    // What the user can mend is a sentence; what the model file throws needs its stack.
    const known = error instanceof SettingsError || error instanceof ModelError || error instanceof InputError;
    log.error(`cannot start: ${error instanceof Error ? error.message : String(error)}`, known ? {} : { error });
    return 1;
  } finally {
    log.flush();
  }
}

/**
 * Listens on after the first: Ctrl-C reaches the whole process group, and npm hands its own on as well. A second signal
 * that nobody listens to would end the process in the middle of draining.
 */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });
}

/** model.ts, or the script that the project was made from. */
function modelFile(): string {
  const names = ['model.ts', 'model.mts', 'model.js', 'model.mjs'];
  return join(project, names.find((name) => existsSync(join(project, name))) ?? 'model.ts');
}

/** A command that works when pasted: the first sample task, sent to /predict; all of them from their file where one is large. */
function curl(url: string, user: string | undefined): string {
  const auth = user === undefined ? '' : ` -u '${user}:<password>'`;
  const send = `curl ${url}/predict${auth} -H 'content-type: application/json'`;
  const file = join(project, 'tasks.json');
  const task = firstTask(file);
  const body = JSON.stringify({ tasks: [task] });
  // A task with an embedded image would fill the screen.
  if (body.length <= 1_000) return `${send} -d ${quoted(body)}`;
  return `(echo '{"tasks":'; cat ${quoted(file)}; echo '}') | ${send} -d @-`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function firstTask(file: string): unknown {
  try {
    const [first] = JSON.parse(readFileSync(file, 'utf8')) as Array<{ data?: unknown }>;
    return { id: 1, data: first?.data ?? {} };
  } catch {
    return { data: {} };
  }
}

function helpText(): string {
  const rows = FLAGS.map((row) => ({
    name: `${'short' in row ? `-${row.short}, ` : ''}--${row.flag} ${row.value}`.trim(),
    text: row.text + (row.env.length > 0 ? ` [${row.env[0]}]` : ''),
  }));
  const width = Math.max(...rows.map(({ name }) => name.length), ...VARIABLES.map(({ name }) => name.length)) + 2;
  const line = ({ name, text }: { name: string; text: string }): string => `  ${name.padEnd(width)}${text}\n`;
  return `Serves model.ts as an ML backend.\n\nUsage: npm start -- [flags]\n\n${rows.map(line).join('')}\nEnvironment:\n${VARIABLES.map(line).join('')}`;
}
