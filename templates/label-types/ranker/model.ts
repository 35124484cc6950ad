/** Ranks the items of a list: at first by the words that they share with the query, then also as people ranked. */

import { gradeOf, learnWeights, readItems } from './grades.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

type Learned = { weights: [word: string, weight: number][] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const weights = new Map(this.trainOutput?.weights);
    const columns = this.#columns();
    const columnOf = (grade: number) => columns[Math.round((1 - grade) * (columns.length - 1))];
    return tasks.map((task) => {
      const graded = this.#itemsOf(task).map((item) => ({ id: item.id, grade: gradeOf(item, weights) }));
      const items = graded.toSorted((a, b) => b.grade - a.grade);
      const idsIn = (column: string) => items.filter(({ grade }) => columnOf(grade) === column).map(({ id }) => id);
      const ranking = Object.fromEntries(columns.map((column) => [column, idsIn(column)]));
      const score = (items[0]?.grade ?? 0) - (items.at(-1)?.grade ?? 0);
      return { result: items.length > 0 ? [this.ranker(control, ranking, { score })] : [] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const examples: Parameters<typeof learnWeights>[0] = [];
    for await (const task of tasks) {
      for (const { value } of this.answers(task, control)) {
        const ranking = (value?.ranker ?? {}) as Record<string, string[]>;
        const lists = this.#columns().map((column) => ranking[column] ?? []);
        // Without buckets, it is the places in the one list that count.
        const places = lists.length > 1 ? lists : lists.flat().map((id) => [id]);
        for (const item of this.#itemsOf(task)) {
          const place = places.findIndex((ids) => ids.includes(item.id));
          if (place >= 0) examples.push({ item, grade: 1 - place / Math.max(1, places.length - 1) });
        }
      }
    }
    return { weights: [...learnWeights(examples)] };
  }

  /** The best first: one of the control's own name, or its buckets, and last what is in none of the others. */
  #columns(): string[] {
    const { buckets } = this.control(control);
    if (!buckets) return [control];
    const rest = buckets.find((bucket) => bucket.default)?.name ?? '_';
    return [...buckets.map(({ name }) => name).filter((name) => name !== rest), rest];
  }

  /** The query is all other text of the task. */
  #itemsOf(task: Task) {
    const texts = Object.values(task.data).filter((value) => typeof value === 'string');
    return readItems(this.taskValue(task, control), texts.join(' '));
  }
}
