/** The training process: takes one order from the server, runs fit(), reports, ends. */

import { parseLabelConfig } from '../labeling/config.ts';
import { Annotations } from '../state/annotations.ts';
import { Database } from '../state/database.ts';
import { Projects } from '../state/projects.ts';
import { createFit } from './fit.ts';
import { loadModelClass, readLabelConfig } from './load.ts';
import type { TrainingOrder, TrainingOutcome } from './training-process.ts';

process.once('message', (order) => {
  run(order as TrainingOrder).then(
    (output) => report({ kind: 'done', output }),
    (error: unknown) => {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
      report({ kind: 'failed', message, stack });
    },
  );
});
// Ctrl-C reaches the whole process group. When to end is for the server to say: else a training that is to run again
// after the next start would be recorded as one that has failed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// The server is gone: what this would report, nobody could publish.
process.once('disconnect', () => process.exit(1));

async function run({
  training,
  modelFile,
  labelConfigFile,
  settings,
}: TrainingOrder): Promise<Record<string, unknown> | undefined> {
  const Class = await loadModelClass(modelFile);
  const database = new Database(settings.modelDir);
  const projects = new Projects(database);
  // Lines of a child are read by the server, which adds time and level.
  const line = (message: string, fields?: Record<string, unknown>): void =>
    console.log(message, ...(fields ? [JSON.stringify(fields)] : []));
  const fit = createFit({
    Class,
    annotations: new Annotations(database),
    strings: (project) => projects.strings(project),
    parseConfig: (xml) => (xml === '' ? readLabelConfig(labelConfigFile) : parseLabelConfig(xml)),
    defaults: {
      options: settings.options,
      wowAi: settings.wowAi,
      log: { debug: () => {}, info: line, warn: line, error: line },
    },
  });
  const output = await fit(training, new AbortController().signal);
  database.close();
  return output;
}

/** Exits once the message is out, even if the model left timers or sockets open. */
function report(outcome: TrainingOutcome): void {
  process.send?.(outcome, () => process.exit(0));
}
