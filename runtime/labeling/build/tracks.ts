/** What moves through a video: keyframes of boxes and of vectors. */

import { fail } from '../../errors.ts';
import { type Box, toBoxValue } from './boxes.ts';
import type { ImageSize } from './image-size.ts';
import { toVectorValue, type VectorPath } from './shapes.ts';

interface Moment {
  /** From 1 on. */
  frame: number;
  /** Seconds; frame divided by the frame rate unless given. */
  time?: number;
  /** false: from the next frame on it is gone, until another keyframe. */
  enabled?: boolean;
}

/** One of the two, without the image: that is the track's. */
type WithoutImage<T> = T extends { image: ImageSize } ? Omit<T, 'image'> : never;

export type BoxKeyframe = Moment & WithoutImage<Box>;
export type VectorKeyframe = Moment & WithoutImage<VectorPath>;

export interface Track<Keyframe> {
  /** In order, each another frame. Between them the editor interpolates. */
  keyframes: readonly Keyframe[];
  /** Of the video. */
  framesCount: number;
  /** Of the video, in seconds. */
  duration: number;
  /** Size of a frame, for keyframes in pixels. */
  image?: ImageSize;
}

/** Percent needs no size. */
const ANY_SIZE: ImageSize = { width: 100, height: 100 };

/** @throws InputError */
export function toBoxTrack(track: Track<BoxKeyframe>) {
  const rate = checkTrack(track);
  const sequence = track.keyframes.map(({ frame, time = frame / rate, enabled = true, ...shape }) => {
    return { frame, time, enabled, ...toBoxValue({ ...shape, image: imageOf(track, shape) } as Box) };
  });
  return { framesCount: track.framesCount, duration: track.duration, sequence };
}

/** @throws InputError */
export function toVectorTrack(track: Track<VectorKeyframe>) {
  checkTrack(track);
  const sequence = track.keyframes.map(({ frame, time, enabled = true, ...shape }) => {
    const { closed, vertices } = toVectorValue({ ...shape, image: imageOf(track, shape) } as VectorPath);
    return { frame, ...(time !== undefined && { time }), enabled, closed, vertices };
  });
  return { framesCount: track.framesCount, duration: track.duration, sequence };
}

function imageOf({ image }: { image?: ImageSize }, shape: object): ImageSize {
  return (
    image ?? ('percent' in shape ? ANY_SIZE : fail('track: keyframes in pixels need { image }, the size of a frame'))
  );
}

/** @returns frames per second */
function checkTrack({ keyframes, framesCount, duration }: Track<Moment>): number {
  if (!Number.isInteger(framesCount) || framesCount < 1)
    fail(`track: framesCount is a whole number from 1 on, got ${framesCount}`);
  if (!Number.isFinite(duration) || duration <= 0) fail(`track: duration is in seconds, above 0, got ${duration}`);
  if (keyframes.length === 0) fail('track: needs at least one keyframe');
  let last = 0;
  for (const { frame } of keyframes) {
    if (!Number.isInteger(frame) || frame <= last || frame > framesCount) {
      fail(
        `track: frames are whole numbers in order, 1 to ${framesCount}, got ${frame}${last > 0 ? ` after ${last}` : ''}`,
      );
    }
    last = frame;
  }
  return framesCount / duration;
}

/** @throws InputError */
export function toTimelineValue(frames: readonly [start: number, end: number]): {
  ranges: { start: number; end: number }[];
} {
  const [start, end] = frames;
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 1 || start > end) {
    fail(`timeline: needs whole frames, 1 <= start <= end (both are in it), got ${start}..${end}`);
  }
  return { ranges: [{ start, end }] };
}
