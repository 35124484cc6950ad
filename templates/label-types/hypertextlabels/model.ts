/** Marks facts on a page: at first amounts, dates and addresses, then also the phrases that people have marked. */

import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** What is found without any training. The first pattern stands for the first label, until people say otherwise. */
const PATTERNS = [
  /(?:[$€£]|\b(?:USD|EUR|GBP|CHF)) ?\d{1,12}(?:[.,]\d{1,12}){0,4}|\b\d{1,12}(?:[.,]\d{1,12}){0,4} ?(?:€|(?:USD|EUR|GBP|CHF)\b)/gu,
  /(?<!\d)(?:\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4}|\d\d? \p{Lu}\p{Ll}{2,8} \d{4})(?!\d)/gu,
  /\bhttps?:\/\/[^\s<>"]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gu,
];

/** Labels by pattern, null where nobody has marked such; and by phrase. */
type Learned = { patterns: (string | null)[]; phrases: [phrase: string, label: string][] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const { patterns = [], phrases = [] } = this.trainOutput ?? {};
    const known = new Map(phrases.filter(([, label]) => this.isLabel(control, label)));
    const labels = this.labelsOf(control);
    const finders = [
      { pattern: anyOf([...known.keys()]), labelOf: (text: string) => known.get(text), score: 0.9 },
      ...PATTERNS.map((pattern, at) => {
        const learned = patterns[at];
        const sure = typeof learned === 'string' && this.isLabel(control, learned);
        return { pattern, labelOf: () => (sure ? learned : labels[at]), score: sure ? 0.8 : 0.4 };
      }),
    ];
    return Array.fromAsync(tasks, async (task) => {
      const page = await this.#readPage(task);
      const found = finders.flatMap(({ pattern, labelOf, score }) =>
        Array.from(page.text.matchAll(pattern), ({ 0: text, index }) => {
          return { start: index, end: index + text.length, label: labelOf(text), score };
        }),
      );
      return {
        result: withoutOverlaps(found).flatMap(({ start, end, label, score }) => {
          // A position in the text becomes XPaths and offsets, as the editor wants them.
          return label === undefined ? [] : [this.hyperTextLabels(control, label, page.span(start, end), { score })];
        }),
      };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const patterns: Learned['patterns'] = PATTERNS.map(() => null);
    const phrases = new Map<string, string>();
    for await (const task of tasks) {
      const page = await this.#readPage(task);
      for (const { value } of this.answers(task, control)) {
        const { globalOffsets: at, hypertextlabels: [label] = [] } = value ?? {};
        // Stored offsets count whole characters, not UTF-16 units.
        const phrase = at ? [...page.text].slice(at.start, at.end).join('').trim() : value?.text?.trim();
        if (!phrase || label === undefined) continue;
        const pattern = PATTERNS.findIndex((each) => phrase.replace(each, '') === '');
        if (pattern === -1) phrases.set(phrase, label);
        else patterns[pattern] = label;
      }
    }
    return { patterns, phrases: [...phrases] };
  }

  /** A task has its page, or the URL of one. */
  async #readPage(task: Task) {
    const html = this.taskText(task, control);
    const isUrl = /^(?:https?:|data:|\/)\S+$/.test(html);
    return this.readHtml(isUrl ? new TextDecoder().decode(await this.readFile(html)) : html);
  }
}

/** What was found first stays. */
function withoutOverlaps<T extends { start: number; end: number }>(found: readonly T[]): T[] {
  const kept: T[] = [];
  for (const span of found) {
    if (kept.every(({ start, end }) => span.end <= start || span.start >= end)) kept.push(span);
  }
  return kept;
}

/** Whole words only, of several phrases the longest. */
function anyOf(phrases: readonly string[]): RegExp {
  const longestFirst = phrases.toSorted((a, b) => b.length - a.length);
  const escaped = longestFirst.map((phrase) => phrase.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|') || '(?!)'})(?![\\p{L}\\p{N}])`, 'gu');
}
