/** Reads a date from a text: of all that it names, the one after the words that such dates stand after. */

import { datesIn, timesIn, wordsOf } from './dates.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** How much more often a word stood before the right date than before another: [['until', 3], ['from', -2], …] */
type Learned = { weights: [word: string, weight: number][] };

/** Before any training, the words of the control's own name. */
const known: Learned['weights'] = wordsOf(control).map((word) => [word, 1]);

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const weights = new Map(this.trainOutput?.weights ?? known);
    return tasks.map((task) => {
      const dates = this.#datesOf(task).map(({ date, before }) => {
        return { date, weight: before.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0) };
      });
      const best = dates.toSorted((a, b) => b.weight - a.weight)[0];
      if (!best) return { result: [] };
      const score = 1 / dates.reduce((sum, { weight }) => sum + Math.exp(weight - best.weight), 0);
      return { result: [this.dateTime(control, best.date, { score })] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const weights = new Map(known);
    for await (const task of tasks) {
      for (const { value } of this.answers(task, control)) {
        for (const { date, before } of this.#datesOf(task)) {
          const right = this.dateTime(control, date).value?.datetime === value?.datetime;
          for (const word of before) weights.set(word, (weights.get(word) ?? 0) + (right ? 1 : -1));
        }
      }
    }
    return { weights: [...weights] };
  }

  /** The dates of a task's text, or its times where the control asks for no more, within the control's min and max. */
  #datesOf(task: Task) {
    const value = this.taskValue(task, control);
    const { only, min = '', max = '~' } = this.control(control).attrs;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return (only === 'time' ? timesIn : datesIn)(text).filter(({ date }) => {
      const iso = date.toISOString().slice(only === 'time' ? 11 : 0);
      return iso >= min && iso.slice(0, max.length) <= max;
    });
  }
}
