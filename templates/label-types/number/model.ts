/** Reads a quantity from a text: of its numbers, the one beside the words that quantities stand beside. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** How much more often a word stood beside the quantity than beside other numbers: [['parcels', 3], …] */
type Learned = { weights: [word: string, weight: number][] };

/** Before any training, the words of the control's own name. */
const known: Learned['weights'] = wordsOf(control).map((word) => [word, 1]);

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const weights = new Map(this.trainOutput?.weights ?? known);
    return tasks.map((task) => {
      const numbers = this.#numbersOf(task).map(({ quantity, beside }) => {
        return { quantity, weight: beside.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0) };
      });
      const best = numbers.toSorted((a, b) => b.weight - a.weight)[0];
      if (!best) return { result: [] };
      const score = 1 / numbers.reduce((sum, { weight }) => sum + Math.exp(weight - best.weight), 0);
      return { result: [this.number(control, best.quantity, { score })] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const weights = new Map(known);
    for await (const task of tasks) {
      for (const { value } of this.answers(task, control)) {
        for (const { quantity, beside } of this.#numbersOf(task)) {
          const change = quantity === value?.number ? 1 : -1;
          for (const word of beside) weights.set(word, (weights.get(word) ?? 0) + change);
        }
      }
    }
    return { weights: [...weights] };
  }

  /** The numbers of a task's text that the control takes. */
  #numbersOf(task: Task) {
    const value = this.taskValue(task, control);
    const min = this.numberOf(control, 'min', -Infinity);
    // step="any" is none.
    const step = Number(this.control(control).attrs.step) || 0;
    const max = this.numberOf(control, 'max', Infinity);
    return numbersIn(typeof value === 'string' ? value : JSON.stringify(value)).filter(({ quantity }) => {
      const steps = step === 0 ? 0 : (quantity - this.numberOf(control, 'min', 0)) / step;
      return quantity >= min && quantity <= max && Math.abs(steps - Math.round(steps)) < 1e-6;
    });
  }
}

/** Numbers such as 7, -0.5 and 1,200, each with the words right before it and right after it. */
function numbersIn(text: string) {
  const numbers = text.matchAll(/(?<![\p{L}\p{N}.,-])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/gu);
  return [...numbers].map(({ 0: digits, index }) => {
    const end = index + digits.length;
    const before = /\p{L}+(?=[^\p{L}\p{N}]*$)/u.exec(text.slice(Math.max(0, index - 40), index));
    const after = /(?<=^[^\p{L}\p{N}]*)\p{L}+/u.exec(text.slice(end, end + 40));
    const beside = [before, after].flatMap((found) => found?.[0].toLowerCase() ?? []);
    return { quantity: Number(digits.replaceAll(',', '')), beside };
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
