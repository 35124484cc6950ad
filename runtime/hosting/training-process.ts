/** fit() in a child process: whatever it does to CPU, memory or itself, the server goes on answering. */

import { fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { constants, setPriority } from 'node:os';
import type { Settings } from '../env.ts';
import { ModelError } from '../errors.ts';
import type { Log } from '../log.ts';
import { copyLines, environmentOf } from './children.ts';
import type { Fit, Training } from './fit.ts';

export interface TrainingOrder {
  training: Training;
  modelFile: string;
  labelConfigFile: string;
  settings: Pick<Settings, 'modelDir' | 'options' | 'wowAi'>;
}

export type TrainingOutcome =
  | { kind: 'done'; output: Record<string, unknown> | undefined }
  | { kind: 'failed'; message: string; stack: string | undefined };

/** A Fit that forks for every training and ends the child when it is aborted. */
export function createTrainingProcess(order: Omit<TrainingOrder, 'training'>, log: Log): Fit {
  return (training, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const child = fork(new URL('./train.ts', import.meta.url), [], {
        // What the server has compiled, the child need not.
        env: environmentOf(getCompileCacheDir()),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      try {
        if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
      } catch {
        // A training that is as eager as the server still trains.
      }
      let outcome: TrainingOutcome | undefined;
      const stop = (): void => void child.kill('SIGKILL');
      signal.addEventListener('abort', stop, { once: true });
      copyLines(child.stdout, (line) => log.info(line, { job: training.job.id }));
      copyLines(child.stderr, (line) => log.warn(line, { job: training.job.id }));
      child.on('message', (message: TrainingOutcome) => {
        outcome = message;
      });
      child.on('error', reject);
      // 'close' comes after the last line of output, 'exit' may not.
      child.on('close', (code, killedBy) => {
        signal.removeEventListener('abort', stop);
        if (signal.aborted) reject(signal.reason);
        else if (outcome?.kind === 'done') resolve(outcome.output);
        else if (outcome)
          reject(Object.assign(new ModelError(outcome.message), outcome.stack && { stack: outcome.stack }));
        else reject(new ModelError(`the training process ended without a result (${killedBy ?? `exit code ${code}`})`));
      });
      child.send({ ...order, training } satisfies TrainingOrder);
    });
}
