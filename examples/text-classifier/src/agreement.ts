/** Several annotators, one opinion. */

/**
 * The label that most answers have, the later one where two are even; with `several`, each label that at least half of
 * the answers have. An answer without labels is none.
 */
export function agree(opinions: readonly string[][], several: boolean): string[] {
  const answers = opinions.filter((labels) => labels.length > 0);
  const votes = new Map<string, number>();
  for (const label of answers.flatMap((labels) => [...new Set(labels)])) votes.set(label, (votes.get(label) ?? 0) + 1);
  if (several) return [...votes].filter(([, count]) => count * 2 >= answers.length).map(([label]) => label);
  const most = Math.max(0, ...votes.values());
  const last = answers.flat().findLast((label) => votes.get(label) === most);
  return last === undefined ? [] : [last];
}
