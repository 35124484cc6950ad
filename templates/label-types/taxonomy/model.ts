/** Finds a text's place in a tree: words vote for the paths that name them, and for those they were seen under. */

import { type AnnotatedTask, type ControlDef, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** In how many texts "word path" was seen, { 'kettle ["Home","Kitchen"]': 3 }, and "word" under any path. */
type Learned = { counts: Record<string, number> };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const counts = new Map(Object.entries(this.trainOutput?.counts ?? {}));
    const paths = pathsOf(this.control(control).labels, this.flagOf(control, 'leafsOnly')).map((path) => {
      return { path, key: JSON.stringify(path), names: wordsOf(path.join(' ')) };
    });
    return tasks.map((task) => {
      const words = wordsOf(this.taskValue(task, control));
      const places = paths.map(({ path, key, names }) => {
        const seen = (word: string) => (counts.get(`${word} ${key}`) ?? 0) + (names.includes(word) ? 1 : 0);
        const votes = words.map((word) => seen(word) / (1 + (counts.get(word) ?? 0)));
        return { path, score: votes.reduce((sum, vote) => sum + vote, 0) / Math.max(1, words.length) };
      });
      const best = places.toSorted((a, b) => b.score - a.score)[0];
      return { result: best?.score ? [this.taxonomy(control, [best.path], { score: best.score })] : [] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const counts = new Map<string, number>();
    for await (const task of tasks) {
      const words = wordsOf(this.taskValue(task, control));
      for (const path of this.answers(task, control).flatMap(({ value }) => (value?.taxonomy ?? []) as string[][])) {
        for (const key of words.flatMap((word) => [word, `${word} ${JSON.stringify(path)}`])) {
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
    }
    return { counts: Object.fromEntries(counts) };
  }
}

/** All paths, each from the root on: a tree is walked from the top, so that of two equals the shorter one is first. */
function pathsOf(labels: ControlDef['labels'], leafsOnly: boolean): string[][] {
  return labels.flatMap(({ path, children }) => {
    return [...(leafsOnly && children.length > 0 ? [] : [path]), ...pathsOf(children, leafsOnly)];
  });
}

/** Each word once. */
function wordsOf(value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu))];
}
