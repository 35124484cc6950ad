/** A million annotations: fit() gets them in flat memory, and the first one at once. */

import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Annotations } from '../../runtime/state/annotations.ts';
import { Database } from '../../runtime/state/database.ts';

const TASKS = 500_000;
const PER_TASK = 2;
const CHUNK = 20_000;
/** Growth of memory while streaming, in MB: what the collector leaves for later, not the annotations, of which there are 300. */
const MOST_MB = 96;

interface Streamed {
  tasks: number;
  annotations: number;
  rss: { before: number; most: number };
  firstMs: number;
  seconds: number;
}

if (process.send) {
  const directory = process.argv[2] as string;
  const database = new Database(directory);
  const before = process.memoryUsage.rss();
  let [tasks, annotations, most, firstMs] = [0, 0, 0, 0];
  const started = performance.now();
  const present = new Annotations(database).present('12', undefined);
  for await (const task of present) {
    if (tasks === 0) firstMs = performance.now() - started;
    tasks++;
    annotations += task.annotations.length;
    if (tasks % 1_000 === 0) most = Math.max(most, process.memoryUsage.rss());
  }
  present.close();
  const seconds = (performance.now() - started) / 1000;
  process.send({ tasks, annotations, rss: { before, most }, firstMs, seconds } satisfies Streamed);
  process.disconnect();
} else {
  test('a million annotations are streamed in flat memory', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'million-'));
    try {
      const database = new Database(directory);
      const store = new Annotations(database);
      const result = [{ from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } }];
      for (let from = 0; from < TASKS; from += CHUNK) {
        await database.write(() => {
          for (let task = from; task < from + CHUNK; task++) {
            const body = { id: task, data: { text: `a small text of task ${task}` } };
            const delivered = Array.from({ length: PER_TASK }, (_, index) => ({
              annotation: { id: task * PER_TASK + index, result },
              task: { id: task, body },
            }));
            store.store('12', delivered);
          }
        });
      }
      database.close();
      const { tasks, annotations, rss, firstMs, seconds } = await stream(directory);
      const grown = (rss.most - rss.before) / 1024 / 1024;
      console.log(
        `${annotations} annotations in ${seconds.toFixed(1)} s, first after ${firstMs.toFixed(0)} ms, + ${grown.toFixed(0)} MB`,
      );
      assert.equal([tasks, annotations], [TASKS, TASKS * PER_TASK]);
      assert.ok(grown < MOST_MB, `memory grew by ${grown} MB`);
      assert.ok(firstMs < 1_000, `the first task came after ${firstMs} ms`);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
  test.run();
}

function stream(directory: string): Promise<Streamed> {
  return new Promise((done, reject) => {
    const child = fork(import.meta.filename, [directory]);
    child.once('message', (message) => done(message as Streamed));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}
