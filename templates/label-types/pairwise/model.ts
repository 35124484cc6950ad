/** Picks the better of two texts by a few features, and learns from people's choices what each of them is worth. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

type Learned = { weights: number[] };

/** What texts are judged by, its worth before any training; `around` are the words of the task's other texts. */
const features: { worth: number; of: (words: string[], around: string[]) => number }[] = [
  // Length
  { worth: 1, of: (words) => Math.log(1 + words.length) },
  // Variety: the part of the words that are not said before
  { worth: 2, of: (words) => share(words, (word, i) => words.indexOf(word) === i) },
  // Relevance: the part of a question, or whatever else the task shows, that the text takes up
  { worth: 3, of: (words, around) => share(around, (word) => words.includes(word)) },
];
const untrained = features.map(({ worth }) => worth);

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const weights = this.trainOutput?.weights ?? untrained;
    return tasks.map((task) => {
      const left = chanceOfLeft(this.#leadOf(task), weights);
      const [side, score] = left >= 0.5 ? (['left', left] as const) : (['right', 1 - left] as const);
      return { result: [this.pairwise(control, side, { score })] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const examples: { lead: number[]; left: number }[] = [];
    for await (const task of tasks) {
      const lead = this.#leadOf(task);
      for (const { value } of this.answers(task, control)) {
        examples.push({ lead, left: value?.selected === 'left' ? 1 : 0 });
      }
    }
    let weights = untrained;
    for (let round = 0; round < 300; round++) {
      for (const { lead, left } of examples) {
        const error = left - chanceOfLeft(lead, weights);
        weights = weights.map((weight, i) => weight + 0.3 * error * (lead[i] ?? 0));
      }
    }
    return { weights };
  }

  /** By how much the left text leads in each feature. */
  #leadOf(task: Task): number[] {
    const texts = this.control(control).toName.map((to) => textOf(this.taskValue(task, control, to)));
    const all = Object.values(task.data).map(textOf);
    const around = wordsOf(all.filter((text) => !texts.includes(text)).join(' '));
    const [left = [], right = []] = texts.map(wordsOf);
    return features.map(({ of }) => of(left, around) - of(right, around));
  }
}

const chanceOfLeft = (lead: number[], weights: number[]) =>
  1 / (1 + Math.exp(-lead.reduce((sum, feature, i) => sum + feature * (weights[i] ?? 0), 0)));

const share = (words: string[], counts: (word: string, i: number) => boolean) =>
  words.filter(counts).length / Math.max(1, words.length);
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
