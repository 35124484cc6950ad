/** The settings of trainings, as the environment has them. */

import type { TrainEvery } from './state/jobs.ts';

export interface TrainingSettings {
  /** Milliseconds that a training may take; 0 for no limit. */
  timeout: number;
  /** How often a training is tried again that was cut off. */
  retries: number;
  /** Wins over the model class's own. */
  every: TrainEvery;
}

export const TRAINING_DEFAULTS: TrainingSettings = { timeout: 86_400_000, retries: 2, every: {} };

export const TRAINING_VARIABLES = [
  {
    name: 'TRAIN_EVERY_ANNOTATIONS',
    text: 'annotations that start a training (default: the model says, else each one)',
  },
  { name: 'TRAIN_EVERY_SECONDS', text: 'or so long after the first of them (default: the model says, else at once)' },
  { name: 'TRAIN_TIMEOUT', text: 'seconds until a training is given up (default 86400, a day; 0: never)' },
  { name: 'TRAIN_RETRIES', text: 'tries more for a training that was cut off, by a crash or the system (default 2)' },
] as const;

/** Reads a variable as a whole number within limits; undefined where it is not set. */
type ReadNumber = (name: string, least: number, most: number) => number | undefined;

export function readTrainingSettings(number: ReadNumber): TrainingSettings {
  const { timeout, retries } = TRAINING_DEFAULTS;
  const seconds = number('TRAIN_TIMEOUT', 0, 2_000_000);
  return {
    timeout: seconds === undefined ? timeout : seconds * 1000,
    retries: number('TRAIN_RETRIES', 0, 100) ?? retries,
    every: {
      annotations: number('TRAIN_EVERY_ANNOTATIONS', 1, 1_000_000_000),
      seconds: number('TRAIN_EVERY_SECONDS', 1, 31_536_000),
    },
  };
}
