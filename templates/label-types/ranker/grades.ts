/** Grades for the items of a list: 1 is the top, 0 the bottom. */

export interface Item {
  id: string;
  words: string[];
  /** The part of the query's words that the item has. */
  relevance: number;
}

/** What a word adds to the grade of an item. */
export type Weights = ReadonlyMap<string, number>;

/** @param list what a <List> shows: items with id, title and body */
export function readItems(list: unknown, query: string): Item[] {
  const wanted = wordsOf(query);
  return (Array.isArray(list) ? list : []).map(({ id, title = '', body = '' }) => {
    const words = wordsOf(`${title} ${body}`);
    const found = wanted.filter((word) => words.includes(word));
    return { id: String(id), words, relevance: found.length / Math.max(1, wanted.length) };
  });
}

export function gradeOf({ words, relevance }: Item, weights: Weights): number {
  const grade = words.reduce((sum, word) => sum + (weights.get(word) ?? 0), relevance);
  return Math.min(1, Math.max(0, grade));
}

/** The words of an item share what its grade is off by, again and again until little is left. */
export function learnWeights(examples: { item: Item; grade: number }[]): Weights {
  const weights = new Map<string, number>();
  for (let round = 0; round < 50; round++) {
    for (const { item, grade } of examples) {
      const step = (0.5 * (grade - gradeOf(item, weights))) / item.words.length;
      for (const word of item.words) weights.set(word, (weights.get(word) ?? 0) + step);
    }
  }
  return weights;
}

/** Each word once. */
const wordsOf = (text: string) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu))];
