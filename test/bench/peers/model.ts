/** The constant Choices model as an author of ours writes it; fit() counts, and takes as long as it is told to. */

import { setTimeout as wait } from 'node:timers/promises';
import { type AnnotatedTask, type Task, WOWAIML } from '../../../runtime/index.ts';

export default class Constant extends WOWAIML<{ annotated: number }> {
  predict(tasks: Task[]) {
    return tasks.map(() => ({ result: [this.choices('sentiment', 'Positive', { score: 0.5 })], score: 0.5 }));
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    let annotated = 0;
    for await (const task of tasks) annotated += task.annotations.length;
    const { idle = 0, busy = 0 } = this.options;
    await wait(Number(idle) * 1000);
    for (const end = performance.now() + Number(busy) * 1000; performance.now() < end; );
    return { annotated };
  }
}
