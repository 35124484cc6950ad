/** Cuts a video into stretches where something moves, where all is still, and where the scene changes. */

import type { Frame, Video } from './video.ts';

/** In the order in which labels stand for them, until people say otherwise. */
export const KINDS = ['moving', 'still', 'cut'] as const;
export type Kind = (typeof KINDS)[number];

export interface Stretch {
  kind: Kind;
  /** Frames from 1 on, both in it. */
  first: number;
  last: number;
}

/** Of 255: a pixel that changes less has not changed, but is noise. */
const NOISE = 24;
/** Shares of the pixels that change from one frame to the next. */
const [MOTION, CUT] = [0.002, 0.4];
/** Seconds: shorter stretches, cuts apart, belong to the one before. */
const SHORTEST = 0.2;

/** In order, without gaps; none without frames. */
export function findStretches({ frames, framesCount, duration }: Video): Stretch[] {
  const shortest = (SHORTEST * framesCount) / duration;
  const kinds = frames.map((frame, at) => kindOf(frames[at - 1] ?? frame, frame));
  // Nothing comes before the first frame: it goes with the second.
  if (kinds.length > 1) kinds[0] = kinds[1] === 'moving' ? 'moving' : 'still';
  const runs: Stretch[] = [];
  for (const [at, kind] of kinds.entries()) {
    const [first = 1, next = framesCount + 1] = [frames[at]?.frame, frames[at + 1]?.frame];
    const present = runs.at(-1);
    if (present?.kind === kind) present.last = next - 1;
    else runs.push({ kind, first, last: next - 1 });
  }
  const stretches: Stretch[] = [];
  for (const run of runs) {
    const before = stretches.at(-1);
    const short = run.kind !== 'cut' && run.last - run.first + 1 < shortest;
    if (before && before.kind !== 'cut' && (short || run.kind === before.kind)) before.last = run.last;
    else stretches.push(run);
  }
  return stretches;
}

function kindOf(before: Frame, frame: Frame): Kind {
  let changed = 0;
  for (let at = 0; at < frame.pixels.length; at += 4) {
    let most = 0;
    for (let channel = at; channel < at + 3; channel++) {
      most = Math.max(most, Math.abs((frame.pixels[channel] ?? 0) - (before.pixels[channel] ?? 0)));
    }
    if (most > NOISE) changed++;
  }
  const share = changed / (frame.pixels.length / 4);
  return share > CUT ? 'cut' : share > MOTION ? 'moving' : 'still';
}
