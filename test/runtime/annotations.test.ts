import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Annotations } from '../../runtime/state/annotations.ts';
import { Database } from '../../runtime/state/database.ts';
import type { AnnotatedTask } from '../../runtime/types.ts';
import { openTrainingSite } from './training-site.ts';

/** What fit() would get: task by task, the annotations' ids with what they say. */
async function presentIn(directory: string, project = '12'): Promise<Record<string, string[]>> {
  const database = new Database(directory);
  const tasks = new Annotations(database).present(project, undefined);
  const found: Record<string, string[]> = {};
  for await (const { data, annotations } of tasks as AsyncIterable<AnnotatedTask>) {
    found[String(data.text)] = annotations.map(
      ({ id, result, ground_truth }) => `${id}:${result[0]?.value?.mark}${ground_truth ? ' truth' : ''}`,
    );
  }
  tasks.close();
  database.close();
  return found;
}

interface Mark {
  id: number;
  task: number;
  mark: number;
  skipped: boolean;
  truth: boolean;
}

const annotation = ({ id, task, mark, skipped, truth }: Mark) => ({
  id,
  task,
  result: skipped ? [] : [{ type: 'choices', value: { mark } }],
  was_cancelled: skipped,
  ground_truth: truth,
});
const project = { id: 12 };
const taskOf = ({ task }: Mark) => ({ id: task, data: { text: `t${task}` } });

const id = fc.integer({ min: 1, max: 6 });
const mark = fc.record({
  id,
  // An annotation stays with its task.
  mark: fc.nat(99),
  skipped: fc.boolean(),
  truth: fc.boolean(),
});
const marked = mark.map((one): Mark => ({ ...one, task: (one.id % 3) + 1 }));
const event = fc.oneof(
  fc.record({ kind: fc.constantFrom('ANNOTATION_CREATED', 'ANNOTATION_UPDATED'), one: marked }),
  fc.record({ kind: fc.constant('ANNOTATIONS_CREATED'), many: fc.array(marked, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant('ANNOTATIONS_DELETED'), ids: fc.array(id, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('TASKS_DELETED'), tasks: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1 }) }),
);

test('whatever comes in whatever order: fit() gets exactly the present set', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25, size: 'max' }), async (events) => {
      const directory = mkdtempSync(join(tmpdir(), 'present-'));
      const site = openTrainingSite({ directory, training: { every: { annotations: 1_000 } } });
      const model = new Map<number, Mark>();
      try {
        for (const one of events) {
          let body: Record<string, unknown> = { action: one.kind, project };
          if ('one' in one) {
            body = { ...body, annotation: annotation(one.one), task: taskOf(one.one) };
            model.set(one.one.id, one.one);
          } else if ('many' in one) {
            body = { ...body, annotation: one.many.map(annotation), task: one.many.map(taskOf) };
            for (const each of one.many) model.set(each.id, each);
          } else if ('ids' in one) {
            body = { ...body, annotations: one.ids.map((each) => ({ id: each })) };
            for (const each of one.ids) model.delete(each);
          } else {
            body = { ...body, tasks: one.tasks.map((each) => ({ id: each })) };
            for (const each of [...model.values()]) if (one.tasks.includes(each.task)) model.delete(each.id);
          }
          const { status } = await site.request('/webhook', body);
          assert.ok(status === 200 || status === 201);
        }
        const wanted: Record<string, Set<string>> = {};
        for (const { id, task, mark, skipped, truth } of model.values()) {
          if (skipped) continue;
          wanted[`t${task}`] ??= new Set();
          wanted[`t${task}`]?.add(`${id}:${mark}${truth ? ' truth' : ''}`);
        }
        const found = await presentIn(directory);
        const sets = Object.fromEntries(Object.entries(found).map(([text, list]) => [text, new Set(list)]));
        assert.equal(sets, wanted);
        for (const list of Object.values(found)) assert.is(new Set(list).size, list.length, 'twice in the set');
      } finally {
        await site.close();
        rmSync(directory, { recursive: true, force: true });
      }
    }),
    { numRuns: 40 },
  );
});

test('annotations that come as ids alone are not kept as empty ones; the log says what to do', async () => {
  const site = openTrainingSite();
  await site.learn(1, 'one');
  for (const body of [
    { action: 'ANNOTATION_UPDATED', project, annotation: { id: 1 } },
    { action: 'ANNOTATIONS_CREATED', project, annotation: [1, { id: 2, task: 2 }], task: [{ id: 1 }, { id: 2 }] },
  ]) {
    const { status, body: answer } = await site.request('/webhook', body);
    assert.is(status, 200);
    assert.match(String(answer.detail), 'annotations came as ids alone: switch on "send payload" in the webhook');
  }
  assert.equal(Object.keys(await presentIn(site.directory)), ['one']);
  await new Promise(setImmediate);
  assert.match(
    site.log(),
    /WARN .?annotations came as ids alone and are not kept: .*send payload.*project=12 annotations=.*1.*2/,
  );
  await site.close();
});

test('what can be looked up is: the hook gets the ids, and its answer is kept like an event', async () => {
  const asked: unknown[] = [];
  const complete = async (project: string, ids: readonly string[]) => {
    asked.push(project, [...ids]);
    if (ids.includes('9')) throw new Error('the server is down');
    return ids.map((one) => ({
      annotation: { id: one, result: [{ type: 'choices', value: { mark: 5 } }] },
      task: { id: 1, body: { id: 1, data: { text: 'fetched' } } },
    }));
  };
  const site = openTrainingSite({ complete });
  const send = (ids: number[]) => site.request('/webhook', { action: 'ANNOTATIONS_CREATED', project, annotation: ids });
  assert.is((await send([3, 4])).status, 201);
  assert.equal(asked, ['12', ['3', '4']]);
  assert.is((await send([9])).status, 200, 'an event is never refused');
  await site.backend.trained();
  assert.equal(await presentIn(site.directory), { fetched: ['3:5', '4:5'] });
  assert.match(site.log(), /could not be looked up.*the server is down/);
  await site.close();
});

test('an annotation whose task never came waits for it', async () => {
  const site = openTrainingSite();
  const lone = { id: 1, task: 7, result: [{ type: 'choices', value: { mark: 1 } }] };
  await site.request('/webhook', { action: 'ANNOTATION_CREATED', project, annotation: lone });
  assert.equal(await presentIn(site.directory), {});
  await new Promise(setImmediate);
  assert.match(site.log(), /annotations came without their task's data/);
  const other = { ...lone, id: 2 };
  const task = { id: 7, data: { text: 'there' } };
  await site.request('/webhook', { action: 'ANNOTATION_CREATED', project, annotation: other, task });
  await site.backend.trained();
  assert.equal(await presentIn(site.directory), { there: ['1:1', '2:1'] });
  await site.close();
});

test.run();
