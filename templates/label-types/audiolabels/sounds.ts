/** Finds the stretches of a recording that are not silent, and tells how high each one sounds. */

import type { Recording } from './wav.ts';

export interface Sound {
  /** Start and end in seconds. */
  seconds: [start: number, end: number];
  /** How often the wave swings: a tone's pitch, a noise's brightness. */
  hertz: number;
}

/** Seconds over which loudness is measured. */
const STEP = 0.01;
/** Silences that are shorter do not end a sound, and shorter sounds are clicks. */
const SHORTEST = 0.05;

/** In order; none in a silent recording. */
export function findSounds(recording: Recording): Sound[] {
  const { rate, samples, duration } = recording;
  const step = Math.max(1, Math.round(rate * STEP));
  const loudness = Array.from({ length: Math.ceil(samples.length / step) }, (_, at) => {
    const part = samples.subarray(at * step, (at + 1) * step);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
  });
  const threshold = Math.max(0.02, 0.15 * loudness.reduce((most, next) => Math.max(most, next), 0));
  const stretches: [start: number, end: number][] = [];
  for (const [at, level] of loudness.entries()) {
    if (level < threshold) continue;
    const [start, end] = [(at * step) / rate, Math.min(duration, ((at + 1) * step) / rate)];
    const present = stretches.at(-1);
    if (present && start - present[1] < SHORTEST) present[1] = end;
    else stretches.push([start, end]);
  }
  return stretches
    .filter(([start, end]) => end - start >= SHORTEST)
    .map((seconds) => ({ seconds, hertz: pitchOf(recording, seconds) }));
}

/** Counts where the wave crosses zero, twice per swing. */
export function pitchOf({ rate, samples }: Recording, [start, end]: readonly [start: number, end: number]): number {
  const part = samples.subarray(Math.round(start * rate), Math.round(end * rate));
  const mean = part.reduce((sum, sample) => sum + sample, 0) / part.length;
  let crossings = 0;
  for (let at = 1; at < part.length; at++) {
    if ((part[at] ?? 0) >= mean !== (part[at - 1] ?? 0) >= mean) crossings++;
  }
  return (crossings * rate) / (2 * Math.max(1, part.length));
}
