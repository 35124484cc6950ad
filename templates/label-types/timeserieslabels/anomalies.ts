/** Stretches of a series where a channel is far from what is usual around them. */

export interface Anomaly {
  /** Indices of the first and the last value, both in it. */
  first: number;
  last: number;
  /** The most that each channel is off there, in standard deviations; below 0 where it is low. */
  peaks: number[];
}

/** How many values on either side tell what is usual. */
const WINDOW = 20;
/** Stretches that are no farther apart are one. */
const GAP = 3;

/** @param scores of each channel; `threshold`: how many standard deviations a value may be off */
export function findAnomalies(scores: readonly number[][], threshold: number): Anomaly[] {
  const length = Math.max(0, ...scores.map((score) => score.length));
  const anomalies: Anomaly[] = [];
  for (let at = 0; at < length; at++) {
    if (!scores.some((score) => Math.abs(score[at] ?? 0) > threshold)) continue;
    const present = anomalies.at(-1);
    if (present && at - present.last <= GAP) present.last = at;
    else anomalies.push({ first: at, last: at, peaks: [] });
  }
  return anomalies.map(({ first, last }) => ({ first, last, peaks: peaksWithin(scores, first, last) }));
}

/** The most that each channel is off between two values, both included. */
export function peaksWithin(scores: readonly number[][], first: number, last: number): number[] {
  return scores.map((score) => {
    return score.slice(first, last + 1).reduce((most, next) => (Math.abs(next) > Math.abs(most) ? next : most), 0);
  });
}

/** z-scores of a channel, against medians: the anomaly itself would pull a mean along. */
export function rollingScores(values: readonly number[]): number[] {
  const offsets = values.map((value, at) => value - median(values.slice(Math.max(0, at - WINDOW), at + WINDOW + 1)));
  // Of a normal distribution, the standard deviation is 1.48 times the median deviation.
  const deviation = 1.48 * median(offsets.map(Math.abs)) || 1;
  return offsets.map((offset) => (Number.isFinite(offset) ? offset / deviation : 0));
}

function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
