/** Marks the sounds of a recording, and names each by its pitch: as people named sounds that are about as high. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';
import { findSounds, pitchOf } from './sounds.ts';
import { readWav } from './wav.ts';

const control = <%- controlLiteral %>;

/** Pitches of sounds that people marked, and how they named them. */
type Learned = { heard: { label: string; hertz: number }[] };

/** Labels that nobody has given yet share what lies between these two, the first of them the deepest. */
const [LOWEST, HIGHEST] = [100, 4000];

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const heard = this.trainOutput?.heard.filter(({ label }) => this.isLabel(control, label)) ?? [];
    const labels = this.labelsOf(control);
    const supposed = labels.flatMap((label, at) => {
      const hertz = LOWEST * (HIGHEST / LOWEST) ** ((at + 0.5) / labels.length);
      return heard.some((sound) => sound.label === label) ? [] : [{ label, hertz }];
    });
    const known = [...heard, ...supposed];
    return Array.fromAsync(tasks, async (task) => {
      const recording = await this.#listen(task);
      const result = findSounds(recording).flatMap(({ seconds, hertz }) => {
        // 1 where they are the same, 0.5 an octave apart.
        const likeness = (other: { hertz: number }) => Math.min(hertz, other.hertz) / Math.max(hertz, other.hertz) || 0;
        const [nearest] = known.toSorted((a, b) => likeness(b) - likeness(a));
        if (nearest === undefined) return [];
        const { duration } = recording;
        return [this.labels(control, nearest.label, { seconds, duration }, { score: likeness(nearest) })];
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const heard: Learned['heard'] = [];
    for await (const task of tasks) {
      const recording = await this.#listen(task);
      for (const { value } of this.answers(task, control)) {
        const { start, end, labels: [label] = [] } = value ?? {};
        const hertz = pitchOf(recording, [Number(start), Number(end)]);
        if (label !== undefined && hertz > 0) heard.push({ label, hertz });
      }
    }
    return { heard };
  }

  async #listen(task: Task) {
    return readWav(await this.readFile(this.taskText(task, control)));
  }
}
