/** The training process: takes one order from the server, runs fit() and evaluate(), reports, ends. */

import { parseLabelConfig } from '../labeling/config.ts';
import { Annotations } from '../state/annotations.ts';
import { Database } from '../state/database.ts';
import { Projects } from '../state/projects.ts';
import { createFit, type Learning } from './fit.ts';
import { loadModelClass, readLabelConfig } from './load.ts';
import { endWithParent } from './orphan.ts';
import type { TrainingMessage, TrainingOrder } from './training-process.ts';

/** Milliseconds between two words about progress: a model may have one for every task. */
const PROGRESS_EVERY = 100;

process.once('message', (order) => {
  run(order as TrainingOrder).then(
    (learning) => end({ kind: 'done', learning }),
    (error: unknown) => {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
      end({ kind: 'failed', message, stack });
    },
  );
});
// Ctrl-C reaches the whole process group. When to end is for the server to say: else a training that is to run again
// after the next start would be recorded as one that has failed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// The server is gone: what this would report, nobody could publish.
process.once('disconnect', () => process.exit(1));
endWithParent();

async function run({ training, modelFile, labelConfigFile, settings }: TrainingOrder): Promise<Learning | undefined> {
  const Class = await loadModelClass(modelFile);
  const database = new Database(settings.modelDir);
  const projects = new Projects(database);
  const fit = createFit({
    Class,
    annotations: new Annotations(database),
    strings: (project) => projects.strings(project),
    parseConfig: (xml) => (xml === '' ? readLabelConfig(labelConfigFile) : parseLabelConfig(xml)),
    defaults: { options: settings.options, wowAi: settings.wowAi },
  });
  let told = 0;
  const learning = await fit(training, new AbortController().signal, {
    // Lines of a child are read by the server, which adds time and level.
    line: (level, text) => (level === 'info' ? console.log(text) : console.error(text)),
    progress(share, message) {
      if (share !== 1 && performance.now() - told < PROGRESS_EVERY) return;
      told = performance.now();
      process.send?.({ kind: 'progress', share, message } satisfies TrainingMessage);
    },
  });
  database.close();
  return learning;
}

/** Exits once the message is out, even if the model left timers or sockets open. */
function end(outcome: TrainingMessage): void {
  process.send?.(outcome, () => process.exit(0));
}
