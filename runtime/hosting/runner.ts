/** Where models live and predict: in this process, or in child processes. The server knows only this. */

import type { TrainEvery } from '../state/jobs.ts';
import { parseBody, parsePredict } from '../wire/requests.ts';
import type { ModelClass, ServedVersion } from './load.ts';
import type { Predictor } from './predictor.ts';
import type { Sink, Work } from './work.ts';

/** What the server has to know of a model class, which it never runs itself. */
export interface ModelFacts {
  /** The class's name. */
  name: string;
  /** The version before any training. */
  version: string;
  /** Whether there is a fit(). */
  trains: boolean;
  trainEvery: TrainEvery | undefined;
}

export function factsOf({ name, version, trainEvery, prototype }: ModelClass): ModelFacts {
  return { name, version, trains: typeof prototype.fit === 'function', trainEvery };
}

export interface ProcessStatus {
  pid: number;
  state: 'starting' | 'up' | 'stopping' | 'gone';
  /** Requests that it has not answered yet. */
  pending: number;
  /** Bytes of memory, as it last said; 0 before that. */
  rss: number;
  /** Model instances loaded, and calls of predict() that wait for a place. */
  models: number;
  waiting: number;
}

export interface Runner {
  /** Parses a /predict body, predicts, and hands over the results as they come. @throws InputError on a wrong body */
  run(body: Buffer, work: Work, sink: Sink): Promise<void>;
  /** Resolves when a project's model is loaded everywhere. */
  load(projectId: string): Promise<void>;
  /** Loads a version's model everywhere, before it is served. Rejects with what setup() throws. */
  stage(projectId: string, version: ServedVersion): Promise<void>;
  /** What the state says of a project has changed. */
  refresh(projectId: string): void;
  /** @throws UnavailableError when there is no room for a request of so many bytes, or nobody to take it */
  admit(bytes: number): void;
  /** Of each model process; none where models live in this one. */
  status(): ProcessStatus[];
  /** Model processes that had to be replaced. */
  readonly restarts: number;
  close(): Promise<void>;
}

/** Models in this process: for tests, for trivial models, and inside of each model process. */
export function createLocalRunner(predictor: Predictor): Runner {
  return {
    // Async, so that a wrong body rejects like everything else.
    run: async (body, work, sink) => predictor.run(parsePredict(parseBody(body.toString('utf8'))), work, sink),
    load: (projectId) => predictor.load(projectId),
    stage: (projectId, version) => predictor.stage(projectId, version),
    // The predictor asks the registry that was changed.
    refresh: () => {},
    admit: () => {},
    status: () => [],
    restarts: 0,
    close: async () => {},
  };
}
