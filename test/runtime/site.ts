/** The toy backend as an app without a port, and what tests read from its answers. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { Backend } from '../../runtime/hosting/backend.ts';
import { readLabelConfig } from '../../runtime/hosting/load.ts';
import { factsOf } from '../../runtime/hosting/runner.ts';
import { createLocalWorkers } from '../../runtime/hosting/start-models.ts';
import { createApp } from '../../runtime/http/app.ts';
import type { Bindings } from '../../runtime/http/body.ts';
import { createLog } from '../../runtime/log.ts';
import Toy from '../fixtures/backends/toy/model.ts';

const fixture = join(import.meta.dirname, '../fixtures/backends/toy');
export const config = readLabelConfig(join(fixture, 'label-config.xml'));

export interface Site {
  lines: string[];
  backend: Backend;
  request: (
    path: string,
    body?: unknown,
    init?: RequestInit,
  ) => Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>;
  /** A page that is no JSON. */
  page: (path: string) => Promise<string>;
  close: () => Promise<void>;
}

/** An app on a directory of its own, around the toy model. */
export function openSite(
  more: {
    basicAuth?: { user: string; password: string };
    bodyLimit?: number;
    predictTimeout?: number;
    options?: Record<string, boolean>;
  } = {},
): Site {
  const lines: string[] = [];
  const modelDir = mkdtempSync(join(tmpdir(), 'app-test-'));
  const log = createLog({
    level: 'debug',
    format: 'plain',
    secrets: ['pa55word'],
    write: (text) => void lines.push(text),
  });
  const settings = {
    basicAuth: undefined,
    bodyLimit: 1_000_000,
    predictTimeout: 5_000,
    modelDir,
    options: {},
    keepVersions: 2,
    validation: 'strict' as const,
    wowAi: { host: undefined, apiKey: undefined },
    ...more,
  };
  const backend = new Backend({
    model: factsOf(Toy),
    settings,
    labelConfig: config,
    log,
    createWorkers: (state) => createLocalWorkers(Toy, settings, log, state),
  });
  const app: Hono<{ Bindings: Bindings }> = createApp({ backend, settings, log });
  return {
    lines,
    backend,
    async request(path, body, init = {}) {
      const sent =
        body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
      const response = await app.request(path, { ...sent, ...init });
      return {
        status: response.status,
        body: (await response.json()) as Record<string, unknown>,
        headers: response.headers,
      };
    },
    async page(path) {
      return (await app.request(path, { headers: { accept: '*/*' } })).text();
    },
    async close() {
      await backend.close();
      rmSync(modelDir, { recursive: true, force: true });
    },
  };
}

export const task = (text: string): Record<string, unknown> => ({ id: 1, data: { text } });
export type Result = { meta: { text: [string] }; value: unknown };
export type Item = { result: Result[]; score: number; model_version: string };
export const seenBy = (body: Record<string, unknown>, index = 0): Record<string, unknown> =>
  JSON.parse((body.results as Item[])[index]?.result[0]?.meta.text[0] ?? '{}') as Record<string, unknown>;
