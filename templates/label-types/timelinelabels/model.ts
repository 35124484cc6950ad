/** Marks in a video where something moves, where all is still, and where the scene changes, as people called each of these. */

import { findStretches, KINDS, type Kind, type Stretch } from './motion.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';
import { frameRateOf, readVideo } from './video.ts';

const control = <%- controlLiteral %>;

/** What people call each kind of stretch. */
type Learned = { labels: Partial<Record<Kind, string>> };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const labels = this.labelsOf(control);
    return Array.fromAsync(tasks, async (task) => {
      const result = (await this.#watch(task)).flatMap(({ kind, first, last }) => {
        const learned = this.trainOutput?.labels[kind];
        const known = learned !== undefined && this.isLabel(control, learned);
        const label = known ? learned : labels[KINDS.indexOf(kind)];
        // Frames count from 1, and both are in it.
        return label === undefined
          ? []
          : [this.timelineLabels(control, label, [first, last], { score: known ? 0.9 : 0.4 })];
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const labels: Learned['labels'] = {};
    for await (const task of tasks) {
      const stretches = await this.#watch(task);
      for (const { value } of this.answers(task, control)) {
        const { ranges: [range] = [], timelinelabels: [label] = [] } = value ?? {};
        const [alike] = range ? stretches.toSorted((a, b) => overlap(b, range) - overlap(a, range)) : [];
        if (range && alike && label !== undefined && overlap(alike, range) > 0) labels[alike.kind] = label;
      }
    }
    return { labels };
  }

  async #watch(task: Task) {
    const bytes = await this.readFile(this.taskText(task, control));
    const video = await readVideo(bytes, frameRateOf(this.objectOf(control), task.data));
    if (video.missing) this.log.warn(`task ${task.id}: nothing to see: ${video.missing}`);
    return findStretches(video);
  }
}

/** Frames in both, among those in either: 0 to 1. */
function overlap({ first, last }: Stretch, { start, end }: { start: number; end: number }): number {
  const shared = Math.min(last, end) - Math.max(first, start) + 1;
  return Math.max(0, shared) / (Math.max(last, end) - Math.min(first, start) + 1);
}
