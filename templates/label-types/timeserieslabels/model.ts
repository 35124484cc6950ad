/** Marks where a series is far from what is usual around it; how far that is, and what to call it, it learns from people. */

import { findAnomalies, peaksWithin, rollingScores } from './anomalies.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';
import { readSeries } from './series.ts';

const control = <%- controlLiteral %>;

/** How far off the channels were where people marked something, in standard deviations. */
type Learned = { marked: { label: string; peaks: number[] }[] };

/** Before people have marked anything. */
const THRESHOLD = 6;

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const marked = this.trainOutput?.marked.filter(({ label }) => this.isLabel(control, label)) ?? [];
    const labels = this.labelsOf(control);
    // What is a little less off than all that people marked is marked, too.
    const threshold = marked.length > 0 ? 0.9 * Math.min(...marked.map(({ peaks }) => height(peaks))) : THRESHOLD;
    return Array.fromAsync(tasks, async (task) => {
      const { times, scores } = await this.#measure(task);
      const result = findAnomalies(scores, Math.max(2, threshold)).flatMap(({ first, last, peaks }) => {
        const [nearest] = marked.toSorted((a, b) => likeness(b.peaks, peaks) - likeness(a.peaks, peaks));
        const label = nearest?.label ?? labels[sideOf(peaks)] ?? labels[0];
        const score = nearest ? (1 + likeness(nearest.peaks, peaks)) / 2 : 0.4;
        const [start, end] = [times[first], times[last]];
        if (label === undefined || start === undefined || end === undefined) return [];
        // Values of the time column, not indices.
        return [this.timeSeriesLabels(control, label, { start, end }, { score })];
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const marked: Learned['marked'] = [];
    for await (const task of tasks) {
      const { times, scores } = await this.#measure(task);
      for (const { value } of this.answers(task, control)) {
        const { start, end, timeserieslabels: [label] = [] } = value ?? {};
        if (start === undefined || end === undefined || label === undefined) continue;
        const [first, last] = [indexOf(times, start), indexOf(times, end)];
        const peaks = peaksWithin(scores, first, last);
        if (height(peaks) > 0) marked.push({ label, peaks });
      }
    }
    return { marked };
  }

  /** A task has its columns, or the URL of a CSV file. */
  async #measure(task: Task) {
    const data = this.taskValue(task, control);
    const file = typeof data === 'string' ? new TextDecoder().decode(await this.readFile(data)) : data;
    const { times, channels } = readSeries(file, this.objectOf(control));
    if (times.length === 0 || channels.length === 0) {
      this.log.warn(`task ${task.id}: it lacks the time column or the channels that the labeling config names`);
    }
    return { times, scores: channels.map(rollingScores) };
  }
}

const height = (peaks: readonly number[]) => Math.max(0, ...peaks.map(Math.abs));

/** Which label without any training: the first for peaks, the second for drops. */
const sideOf = (peaks: readonly number[]) => (Math.max(0, ...peaks) === height(peaks) ? 0 : 1);

/** Which channels are off, and to which side: 1 the same, -1 the opposite. */
function likeness(a: readonly number[], b: readonly number[]): number {
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b)) || 0;
}

const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, at) => sum + x * (b[at] ?? 0), 0);

/** The last time that is not after one: people mark between the values. */
function indexOf(times: readonly (number | string)[], time: number | string): number {
  const exact = times.findIndex((each) => String(each) === String(time));
  const before = times.findLastIndex((each) => each <= time);
  return exact === -1 ? Math.max(0, before) : exact;
}
