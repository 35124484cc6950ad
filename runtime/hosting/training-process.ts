/** fit() in a child process: whatever it does to CPU, memory or itself, the server goes on answering. */

import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { constants, setPriority } from 'node:os';
import type { Settings } from '../env.ts';
import { ModelError } from '../errors.ts';
import { copyLines, environmentOf } from './children.ts';
import type { Fit, Learning, Training } from './fit.ts';

export interface TrainingOrder {
  training: Training;
  modelFile: string;
  labelConfigFile: string;
  settings: Pick<Settings, 'modelDir' | 'options' | 'wowAi'>;
}

export type TrainingMessage =
  | { kind: 'progress'; share: number | undefined; message: string | undefined }
  | { kind: 'done'; learning: Learning | undefined }
  | { kind: 'failed'; message: string; stack: string | undefined };

/** The process ended before fit() did: it crashed, or the system took it away. Another try may fare better. */
export class TrainingCutOff extends ModelError {}

/** Milliseconds from the end of a process to the end of its output, which something it started may keep open. */
const LAST_WORDS = 1_000;

/** A Fit that forks for every training and ends the child when it is aborted. */
export function createTrainingProcess(order: Omit<TrainingOrder, 'training'>): Fit {
  return (training, signal, report) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const child = fork(new URL('./train.ts', import.meta.url), [], {
        // What the server has compiled, the child need not.
        env: environmentOf(getCompileCacheDir()),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // A process group of its own: what fit() has started ends with it.
        detached: true,
      });
      try {
        if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
      } catch {
        // A training that is as eager as the server still trains.
      }
      let outcome: Exclude<TrainingMessage, { kind: 'progress' }> | undefined;
      const stop = (): void => killGroup(child);
      signal.addEventListener('abort', stop, { once: true });
      copyLines(child.stdout, (line) => report.line('info', line));
      copyLines(child.stderr, (line) => report.line('warn', line));
      child.on('message', (message: TrainingMessage) => {
        if (message.kind === 'progress') report.progress(message.share, message.message);
        else outcome = message;
      });
      child.on('error', reject);
      child.on('exit', () => {
        setTimeout(() => {
          child.stdout?.destroy();
          child.stderr?.destroy();
        }, LAST_WORDS).unref();
      });
      // 'close' comes after the last line of output, 'exit' may not.
      child.on('close', (code, killedBy) => {
        signal.removeEventListener('abort', stop);
        if (signal.aborted) reject(signal.reason);
        else if (outcome?.kind === 'done') resolve(outcome.learning);
        else if (outcome)
          reject(Object.assign(new ModelError(outcome.message), outcome.stack && { stack: outcome.stack }));
        else
          reject(
            new TrainingCutOff(`the training process ended without a result (${killedBy ?? `exit code ${code}`})`),
          );
      });
      child.send({ ...order, training } satisfies TrainingOrder);
    });
}

function killGroup(child: ChildProcess): void {
  try {
    // Windows has no process groups.
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
  child.kill('SIGKILL');
}
