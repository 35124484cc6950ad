/** The learner as an app without a port, with trainings that a test can put its own in place of. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backend, type BackendParts } from '../../runtime/hosting/backend.ts';
import type { Fit } from '../../runtime/hosting/fit.ts';
import type { ModelClass } from '../../runtime/hosting/load.ts';
import { factsOf } from '../../runtime/hosting/runner.ts';
import { createLocalWorkers } from '../../runtime/hosting/start-models.ts';
import { createApp } from '../../runtime/http/app.ts';
import { createLog } from '../../runtime/log.ts';
import { TRAINING_DEFAULTS, type TrainingSettings } from '../../runtime/training-settings.ts';
import Learner from '../fixtures/backends/learner/model.ts';
import { annotationEvent } from './project.ts';
import { config } from './site.ts';

export interface TrainingSite {
  backend: Backend;
  directory: string;
  /** What was logged so far. */
  log(): string;
  request(path: string, body?: unknown, init?: RequestInit): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Sends an annotation of project 12. */
  annotate(id: number, text: string): Promise<number>;
  /** What was annotated is learned; resolves with the newest job. */
  learn(id: number, text: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export interface TrainingStage {
  Class?: ModelClass;
  fit?: Fit;
  training?: Partial<TrainingSettings>;
  basicAuth?: { user: string; password: string };
  directory?: string;
  complete?: BackendParts['complete'];
  keepVersions?: number;
}

export function openTrainingSite(stage: TrainingStage = {}): TrainingSite {
  const { Class = Learner, fit, training, basicAuth, complete, keepVersions = 10 } = stage;
  const directory = stage.directory ?? mkdtempSync(join(tmpdir(), 'trainings-'));
  const lines: string[] = [];
  const log = createLog({ level: 'debug', format: 'plain', secrets: [], write: (text) => void lines.push(text) });
  const settings = {
    modelDir: directory,
    keepVersions,
    training: { ...TRAINING_DEFAULTS, ...training },
    options: {},
    wowAi: { host: 'http://labels.test', apiKey: 'canary-api-key' },
    validation: 'strict' as const,
    bodyLimit: 1_000_000,
    predictTimeout: 5_000,
    basicAuth,
  };
  const backend = new Backend({
    model: factsOf(Class),
    settings,
    labelConfig: config,
    log,
    createWorkers: (state) => ({ ...createLocalWorkers(Class, settings, log, state), ...(fit && { fit }) }),
    ...(complete && { complete }),
  });
  const app = createApp({ backend, settings, log });
  const request: TrainingSite['request'] = async (path, body, init = {}) => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await app.request(path, { ...sent, ...init });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const annotate: TrainingSite['annotate'] = async (id, text) =>
    (await request('/webhook', annotationEvent(id, text, 'Positive'))).status;
  return {
    backend,
    directory,
    log: () => lines.join(''),
    request,
    annotate,
    async learn(id, text) {
      await annotate(id, text);
      await backend.trained();
      const { jobs } = (await request('/jobs?project=12&limit=1')).body as { jobs: Record<string, unknown>[] };
      return jobs[0] ?? {};
    },
    async close() {
      await backend.close();
      if (stage.directory === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Resolves when `check` holds. */
export async function until(check: () => unknown, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; !(await check()); ) {
    if (Date.now() > end) throw new Error(`not within 20 s: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
