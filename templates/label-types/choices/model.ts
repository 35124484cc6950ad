/** Puts a text under the choice whose words it shares: at first the choice's own name, then the texts people put there. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** How often "word choice" was seen, { "parcel Delivery": 3 }, and under " choice" how many words in all. */
type Learned = { counts: Record<string, number> };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const counts = new Map(Object.entries(this.trainOutput?.counts ?? {}));
    return tasks.map((task) => {
      const words = wordsOf(this.taskValue(task, control));
      const choices = this.labelsOf(control).map((label) => {
        const own = wordsOf(label);
        const seen = (word: string) => (counts.get(`${word} ${label}`) ?? 0) + (own.includes(word) ? 1 : 0);
        const rates = words.map((word) => Math.log((1 + seen(word)) / (100 + seen('') + own.length)));
        return { label, weight: rates.reduce((sum, rate) => sum + rate, 0) };
      });
      const best = choices.toSorted((a, b) => b.weight - a.weight)[0];
      if (!best) return { result: [] };
      const score = 1 / choices.reduce((sum, { weight }) => sum + Math.exp(weight - best.weight), 0);
      return { result: [this.choices(control, best.label, { score })], score };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const counts: Record<string, number> = {};
    for await (const task of tasks) {
      const words = wordsOf(this.taskValue(task, control));
      for (const label of this.answers(task, control).flatMap((answer) => answer.value?.choices ?? [])) {
        for (const word of words) counts[`${word} ${label}`] = (counts[`${word} ${label}`] ?? 0) + 1;
        counts[` ${label}`] = (counts[` ${label}`] ?? 0) + words.length;
      }
    }
    return { counts };
  }
}

function wordsOf(value: unknown): string[] {
  return (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
