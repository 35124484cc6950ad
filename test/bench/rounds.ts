/** Interleaved rounds: everyone measured in turn, compared within a round, so that a busy machine is busy for all alike. */

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Of a list in any order; nearest rank. NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Measures each of `names` once a round; the order turns, so that nobody is always first. */
export async function interleaved<Name extends string, T>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<T>,
): Promise<Map<Name, T[]>> {
  const measured = new Map<Name, T[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length];
      if (name !== undefined) measured.get(name)?.push(await measure(name));
    }
  }
  return measured;
}

export interface Ratio {
  median: number;
  least: number;
  most: number;
}

/** The median of what one side had over the other within each round. */
export function pairwise(ours: readonly number[], theirs: readonly number[]): Ratio {
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN));
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
