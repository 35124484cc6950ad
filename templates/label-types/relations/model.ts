/** Marks names in a text, and relates neighbours by the words between them: at first by the names of the relations. */

import { type Link, type Marks, readMarks } from './marks.ts';
import { createNameFinder } from './names.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

export default class <%- className %> extends WOWAIML<Marks> {
  predict(tasks: Task[]) {
    const [first] = this.labelsOf(control);
    const known = new Map(this.trainOutput?.names.filter(([, label]) => this.isLabel(control, label)));
    const links = new Map(this.trainOutput?.links);
    const findNames = createNameFinder(known.keys());
    return tasks.map((task) => {
      const text = this.taskText(task, control);
      const names = findNames(text);
      // The link at i is that of the name at i to the next one.
      const found = names.slice(1).map(({ start }, i) => this.#findLink(text.slice(names[i]?.end, start), links));
      const regions = names.flatMap(({ name, start, end }, i) => {
        const said = [known.get(name), found[i]?.labels[0], found[i - 1]?.labels[1], first];
        const label = said.find((one) => one !== undefined && this.isLabel(control, one));
        const score = label === said[0] ? 0.9 : found[i] || found[i - 1] ? 0.6 : 0.3;
        return label ? [this.labels(control, label, { text, start, end }, { score })] : [];
      });
      const relations = found.flatMap((link, i) => {
        const [left, right] = [regions[i], regions[i + 1]];
        if (!link || !left || !right) return [];
        return [this.relation(left, right, { direction: link.direction, labels: link.relations })];
      });
      return { result: [...regions, ...relations] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const [names, links] = [new Map<string, string>(), new Map<string, Link>()];
    for await (const task of tasks) {
      for (const { result } of task.annotations) {
        const marks = readMarks(this.taskText(task, control), result, control);
        for (const [name, label] of marks.names) names.set(name, label);
        for (const [between, link] of marks.links) links.set(between, link);
      }
    }
    return { names: [...names], links: [...links] };
  }

  /** What people said of the same words, else the relation whose name is among the words: from left to right. */
  #findLink(between: string, links: ReadonlyMap<string, Link>): Link | undefined {
    if (/[.!?…。]\s/.test(between)) return undefined;
    const { relationLabels } = this.config;
    const link = links.get(between.trim().toLowerCase());
    if (link) return { ...link, relations: link.relations.filter((relation) => relationLabels.includes(relation)) };
    const words = ` ${wordsOf(between)} `;
    const named = relationLabels.find((name) => wordsOf(name) !== '' && words.includes(` ${wordsOf(name)} `));
    const [left = '', right = left] = this.labelsOf(control);
    return named === undefined ? undefined : { relations: [named], direction: 'right', labels: [left, right] };
  }
}

/** In lower case, without punctuation. */
const wordsOf = (text: string) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
