/** Two-class logistic regression on sparse rows, by coordinate descent on the dual (after Yu, Huang and Lin, 2011). */

/** Sparse rows end to end: row i has the entries starts[i] up to starts[i + 1]. */
export interface Rows {
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float32Array;
  /** Number of columns. */
  width: number;
}

export interface LogisticOptions {
  /** Weight of the data against the penalty on large weights: scikit-learn's C. */
  C: number;
  /** Stop after a pass over all rows in which no row moved its own margin by this much. */
  tolerance: number;
  maxPasses: number;
}

/** Rows that move by less than this part of the tolerance sit out, until the others have come to rest. */
const SETTLED = 0.03;

/**
 * Weights by column, and the bias last, for P(true) = 1 / (1 + exp(-(w·x + bias))). A pass costs one walk over the
 * entries, and a few are enough; the same input gives the same bits.
 *
 * The weights are a sum of the rows, each drawn in by C times its own error: pull = 1 / (1 + exp(margin)), where margin
 * is w·x towards the row's truth. One step makes that exact for one row with the others held still.
 */
export function fitLogistic(rows: Rows, truth: Uint8Array, { C, tolerance, maxPasses }: LogisticOptions): Float64Array {
  const { starts, columns, values, width } = rows;
  const weights = new Float64Array(width + 1);
  const pulls = new Float64Array(truth.length);
  const reach = Float64Array.from(truth, (_, row) => C * (1 + squares(rows, row)));
  const order = Uint32Array.from(truth, (_, row) => row);
  const random = xorshift(truth.length);

  let active = truth.length;
  for (let pass = 0; pass < maxPasses; pass++) {
    shuffle(order, active, random);
    let largest = 0;
    let kept = 0;
    for (let turn = 0; turn < active; turn++) {
      const row = order[turn] as number;
      const [start, end] = [starts[row] as number, starts[row + 1] as number];
      const side = truth[row] === 1 ? 1 : -1;
      let sum = weights[width] as number;
      for (let at = start; at < end; at++) {
        sum += (weights[columns[at] as number] as number) * (values[at] as number);
      }
      const before = pulls[row] as number;
      const pull = balance(side * sum, before, reach[row] as number);
      const change = pull - before;
      const moved = Math.abs(change) * (reach[row] as number);
      if (moved < tolerance * SETTLED) continue;
      // Rows that still move go to the front: the next pass is about them.
      order[turn] = order[kept] as number;
      order[kept++] = row;
      largest = Math.max(largest, moved);
      pulls[row] = pull;
      const factor = side * C * change;
      for (let at = start; at < end; at++) {
        const column = columns[at] as number;
        weights[column] = (weights[column] as number) + factor * (values[at] as number);
      }
      weights[width] = (weights[width] as number) + factor;
    }
    if (largest >= tolerance) active = kept;
    else if (active < truth.length) active = truth.length;
    else break;
  }
  return weights;
}

/** The pull p at which margin + reach * (p - before) has the error p: Newton's steps, kept between two sure bounds. */
function balance(margin: number, before: number, reach: number): number {
  let low = margin - reach * before;
  let high = margin + reach * (1 - before);
  let at = margin;
  let pull = 1 / (1 + Math.exp(at));
  for (let step = 0; step < 50; step++) {
    const miss = at - margin - reach * (pull - before);
    if (Math.abs(miss) < 1e-6) break;
    if (miss > 0) high = at;
    else low = at;
    const next = at - miss / (1 + reach * pull * (1 - pull));
    at = next > low && next < high ? next : (low + high) / 2;
    pull = 1 / (1 + Math.exp(at));
  }
  return pull;
}

function squares({ starts, values }: Rows, row: number): number {
  let sum = 0;
  for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) sum += (values[at] as number) ** 2;
  return sum;
}

function shuffle(order: Uint32Array, count: number, random: () => number): void {
  for (let last = count - 1; last > 0; last--) {
    const other = random() % (last + 1);
    const kept = order[last] as number;
    order[last] = order[other] as number;
    order[other] = kept;
  }
}

/** Marsaglia's 32-bit generator: rows in mixed order, the same on every run. */
function xorshift(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
