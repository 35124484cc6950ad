/** Follows what moves through a video: what differs from its background, from frame to frame. */

import { distance } from './colours.ts';
import { type Found, findObjects } from './objects.ts';
import type { Image } from './runtime/images.ts';
import type { Frame, Video } from './video.ts';

export interface Track {
  /** Its colour. */
  rgb: number[];
  /** In order: frames from 1 on, boxes as left, top, right, bottom in pixels of the frame. */
  boxes: { frame: number; px: Found['px'] }[];
}

/** So many frames tell what is background: what most of them have. */
const SAMPLES = 15;
/** How far colours are from the background's, and from those of the same thing in the frame before. */
const [LEAST_CONTRAST, MOST_CHANGE] = [0.1, 0.25];
/** Something that is away for more frames is something else, and what is seen in fewer is nothing. */
const [LONGEST_GAP, FEWEST_BOXES] = [3, 5];

/** Longest first. */
export function findTracks({ frames }: Video): Track[] {
  const background = medianOf(frames);
  const tracks: (Track & { seen: number })[] = [];
  for (const [at, frame] of frames.entries()) {
    const open = new Set(tracks.filter(({ seen }) => at - seen <= LONGEST_GAP));
    for (const { px, rgb } of findObjects(withoutBackground(frame, background))) {
      const near = [...open].filter(
        (track) => distance(track.rgb, rgb) < MOST_CHANGE && apart(track, px) < frame.width / 6,
      );
      const [nearest] = near.toSorted((a, b) => apart(a, px) - apart(b, px));
      if (nearest) {
        open.delete(nearest);
        nearest.boxes.push({ frame: frame.frame, px });
        nearest.seen = at;
      } else tracks.push({ rgb, boxes: [{ frame: frame.frame, px }], seen: at });
    }
  }
  const long = tracks.filter(({ boxes }) => boxes.length >= FEWEST_BOXES);
  return long.toSorted((a, b) => b.boxes.length - a.boxes.length).map(({ rgb, boxes }) => ({ rgb, boxes }));
}

const middle = ([left, top, right, bottom]: Found['px']) => [(left + right) / 2, (top + bottom) / 2] as const;

function apart({ boxes }: Track, px: Found['px']): number {
  const [[x, y], [lastX, lastY]] = [middle(px), middle(boxes.at(-1)?.px ?? px)];
  return Math.hypot(x - lastX, y - lastY);
}

/** The median of each channel of each pixel over the whole video. */
function medianOf(frames: readonly Frame[]): Uint8Array {
  const some = frames.filter((_, at) => at % Math.ceil(frames.length / SAMPLES) === 0);
  return Uint8Array.from(some[0]?.pixels ?? [], (_, at) => {
    const values = some.map(({ pixels }) => pixels[at] ?? 0).toSorted((a, b) => a - b);
    return values[values.length >> 1] ?? 0;
  });
}

/** Transparent where it shows the background. */
function withoutBackground({ width, height, pixels }: Frame, background: Uint8Array): Image {
  const rest = new Uint8Array(pixels.length);
  // The first pixel stays empty: it is what objects are told from.
  for (let at = 4; at < pixels.length; at += 4) {
    const pixel = pixels.subarray(at, at + 4);
    if (distance(pixel, background.subarray(at, at + 4)) > LEAST_CONTRAST) rest.set(pixel, at);
  }
  return { type: 'png', width, height, orientation: 1, pixels: rest };
}

/** The boxes that it takes, when the editor draws the others between them: to a pixel. */
export function keyframesOf(boxes: Track['boxes']): Track['boxes'] {
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (!first || !last || boxes.length < 3) return boxes;
  const offs = boxes.map(({ frame, px }) => {
    const share = (frame - first.frame) / (last.frame - first.frame);
    const line = first.px.map((side, at) => side + share * ((last.px[at] ?? 0) - side));
    return Math.max(...px.map((side, at) => Math.abs(side - (line[at] ?? 0))));
  });
  const worst = offs.indexOf(Math.max(...offs));
  if ((offs[worst] ?? 0) <= 1) return [first, last];
  return [...keyframesOf(boxes.slice(0, worst + 1)), ...keyframesOf(boxes.slice(worst)).slice(1)];
}
