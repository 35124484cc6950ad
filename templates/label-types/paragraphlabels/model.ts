/** Marks sentences of a dialogue: at first questions, then also what reads like the spans that people have marked. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

type Learned = { marked: { text: string; label: string }[] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const marked = this.trainOutput?.marked.filter(({ label }) => this.isLabel(control, label)) ?? [];
    const examples = marked.map(({ text, label }) => ({ words: wordsOf(text), label }));
    const asking = marked.findLast(({ text }) => isQuestion(text))?.label ?? this.labelsOf(control)[0];
    const judge = (sentence: string) => {
      const words = wordsOf(sentence);
      const best = { label: isQuestion(sentence) ? asking : undefined, score: 0.5 };
      for (const example of examples) {
        const score = likeness(words, example.words);
        if (score > best.score) Object.assign(best, { label: example.label, score });
      }
      return best;
    };
    return Array.fromAsync(tasks, async (task) => {
      const { dialogue, texts } = await this.#readDialogue(task);
      const result = texts.flatMap((text, item) =>
        [...text.matchAll(SENTENCE)].flatMap(({ 0: sentence, index: start }) => {
          const { label, score } = judge(sentence);
          // item: the index of the paragraph; start and end: positions in its text.
          const span = { dialogue, item, start, end: start + sentence.length };
          return label === undefined ? [] : [this.paragraphLabels(control, label, span, { score })];
        }),
      );
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const marked: Learned['marked'] = [];
    for await (const task of tasks) {
      const { texts } = await this.#readDialogue(task);
      for (const { value } of this.answers(task, control)) {
        const { start, end, startOffset, endOffset, paragraphlabels: [label] = [] } = value ?? {};
        // Stored offsets count whole characters, not UTF-16 units.
        const characters = [...(texts[Number(start)] ?? '')];
        const text = characters.slice(startOffset, start === end ? endOffset : undefined).join('');
        if (label !== undefined && text.trim() !== '') marked.push({ text, label });
      }
    }
    return { marked };
  }

  /** What is said, paragraph by paragraph; a task has its dialogue, or the URL of one as JSON. */
  async #readDialogue(task: Task) {
    const { textKey = 'text' } = this.objectOf(control).attrs;
    const data = this.taskValue(task, control);
    const value = typeof data === 'string' ? JSON.parse(new TextDecoder().decode(await this.readFile(data))) : data;
    const dialogue: unknown[] = Array.isArray(value) ? value : [];
    const texts = dialogue.map((item) => String((item as Record<string, unknown> | null)?.[textKey] ?? ''));
    return { dialogue, texts };
  }
}

const SENTENCE = /[^\s.!?…。？]+(?:[^.!?…。？]*[^\s.!?…。？])?[.!?…。？]*/gu;

const isQuestion = (text: string) => /[?？]\s*$/.test(text);
const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** Words in both, among those in either: 0 to 1. */
function likeness(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, a.size + b.size - shared);
}
