/** Rates a text by its words: each adds to the stars or takes from them, at first by two lists, then as people rate. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** What a word adds, where 0 is the fewest stars and 1 is all of them; a text begins in the middle. */
type Learned = { weights: [word: string, weight: number][] };

const lists = {
  good: 'beautiful best easy excellent fast friendly good great happy helpful love lovely nice perfect recommend',
  bad: 'awful bad broken disappointed hate late loud poor refund rude slow terrible ugly useless waste worst wrong',
};
const known: Learned['weights'] = [
  ...lists.good.split(' ').map((word): [string, number] => [word, 0.25]),
  ...lists.bad.split(' ').map((word): [string, number] => [word, -0.25]),
];

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const weights = new Map(this.trainOutput?.weights ?? known);
    const most = this.numberOf(control, 'maxRating', 5);
    return tasks.map((task) => {
      const words = wordsOf(this.taskValue(task, control));
      const telling = words.filter((word) => weights.has(word));
      if (telling.length === 0) return { result: [] };
      const level = Math.min(1, Math.max(0, levelOf(words, weights)));
      const stars = 1 + Math.round(level * (most - 1));
      return { result: [this.rating(control, stars, { score: telling.length / words.length })] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const most = this.numberOf(control, 'maxRating', 5);
    const examples: { words: string[]; level: number }[] = [];
    for await (const task of tasks) {
      const words = wordsOf(this.taskValue(task, control));
      for (const { value } of this.answers(task, control)) {
        const stars = value?.rating;
        if (typeof stars === 'number') examples.push({ words, level: (stars - 1) / Math.max(1, most - 1) });
      }
    }
    const weights = new Map(known);
    // The words of a text share what it is off by, again and again until little is left: least squares, by small steps.
    for (let round = 0; round < 50; round++) {
      for (const { words, level } of examples) {
        const step = (0.5 * (level - levelOf(words, weights))) / words.length;
        for (const word of words) weights.set(word, (weights.get(word) ?? 0) + step);
      }
    }
    return { weights: [...weights] };
  }
}

const levelOf = (words: string[], weights: Map<string, number>) =>
  words.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0.5);

/** Each word once. */
function wordsOf(value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu))];
}
