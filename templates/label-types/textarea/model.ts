/** Sums a text up: at first by its most telling sentence, then by what people wrote for a text much like it. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

type Learned = { examples: { words: string[]; answer: string[] }[] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    return tasks.map((task) => {
      const text = textOf(this.taskValue(task, control));
      let [answer, score] = [[tellingSentence(text)], 0.5];
      for (const example of this.trainOutput?.examples ?? []) {
        const likeness = overlap(wordsOf(text), example.words);
        if (likeness > score) [answer, score] = [example.answer, likeness];
      }
      return { result: answer[0] ? [this.textArea(control, answer, { score })] : [] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const examples: Learned['examples'] = [];
    for await (const task of tasks) {
      const answer = this.answers(task, control).at(-1)?.value?.text;
      if (answer) examples.push({ words: wordsOf(textOf(this.taskValue(task, control))), answer });
    }
    return { examples };
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const wordsOf = (text: string) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu))];

/** Words in both texts among those of the longer one: 0..1. */
const overlap = (a: string[], b: string[]) =>
  a.filter((word) => b.includes(word)).length / Math.max(1, a.length, b.length);

/** The sentence with the most of the words that the text repeats. */
function tellingSentence(text: string): string {
  const repeats = (word: string) => text.toLowerCase().split(word).length - 2;
  const weight = (sentence: string) => wordsOf(sentence).reduce((sum, word) => sum + repeats(word), 0);
  const sentences = text.match(/\S[^.!?…。]*[.!?…。]*/g) ?? [''];
  return sentences.reduce((best, next) => (weight(next) > weight(best) ? next : best)).trim();
}
