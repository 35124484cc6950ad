/** Marks names in a text: at first whatever is capitalised, then also the phrases that people have marked, as they marked them. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** Marked phrases and the label that each got last: [['Ada Lovelace', 'Person'], …] */
type Learned = { phrases: [phrase: string, label: string][] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const labels = this.labelsOf(control);
    const known = new Map(this.trainOutput?.phrases.filter(([, label]) => this.isLabel(control, label)));
    const longestFirst = [...known.keys()].sort((a, b) => b.length - a.length);
    // Alternatives are tried in order: a known phrase, else capitalised words up to the next known phrase.
    const phrase = `(?:${longestFirst.map(escapeRegExp).join('|') || '(?!)'})(?![\\p{L}\\p{N}])`;
    const word = `(?!${phrase})\\p{Lu}[\\p{L}\\p{N}]+`;
    const names = new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrase}|${word}(?: ${word})+|(?<!^|[.!?…]\\s+)${word})`, 'gu');
    return tasks.map((task) => {
      const text = this.taskText(task, control);
      const result = [...text.matchAll(names)].flatMap(({ 0: name, index }) => {
        const label = known.get(name) ?? labels[0];
        const span = { text, start: index, end: index + name.length };
        return label ? [this.labels(control, label, span, { score: known.has(name) ? 0.9 : 0.3 })] : [];
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const phrases = new Map<string, string>();
    for await (const task of tasks) {
      const characters = [...this.taskText(task, control)];
      for (const { value } of this.answers(task, control)) {
        // Stored offsets count whole characters, not UTF-16 units.
        const name = characters.slice(Number(value?.start), Number(value?.end)).join('').trim();
        const [label] = value?.labels ?? [];
        if (name && label) phrases.set(name, label);
      }
    }
    return { phrases: [...phrases] };
  }
}

const escapeRegExp = (text: string) => text.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&');
