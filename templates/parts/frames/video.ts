/** A video as the editor counts it: its frames from 1 on, at the labeling config's frame rate, small, with their pixels. */

import { toRgba } from './blocks.ts';
import { decodeWithFfmpeg } from './ffmpeg.ts';
import { createDecoder } from './h264.ts';
import { type Mp4, readMp4 } from './mp4.ts';
import { fail, InputError } from './runtime/errors.ts';
import type { ObjectDef } from './runtime/labeling/config.ts';

export interface Frame {
  /** From 1 on. */
  frame: number;
  width: number;
  height: number;
  /** RGBA, four bytes a pixel, row by row. */
  pixels: Uint8Array;
}

export interface Video {
  /** Natural size in pixels. */
  width: number;
  height: number;
  /** Seconds. */
  duration: number;
  /** At the editor's rate: a track needs it beside the duration. */
  framesCount: number;
  /** In order; of long videos, a share of them. */
  frames: Frame[];
  /** Why there are no frames. */
  missing?: string;
}

/** The longer side of frames, at most: enough to see what moves. */
const LONGEST_SIDE = 96;
/** Of longer videos, every second, third … frame is decoded. */
const MOST_FRAMES = 1500;
/** Without ffmpeg, all pictures are held at once: bytes of a few seconds. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * How many frames the editor counts in a second: frameRate of <Video>, 24 where it has none. It does not ask the file, so
 * give your videos' own rate there.
 */
export function frameRateOf({ attrs: { frameRate = '' } }: ObjectDef, data: Record<string, unknown>): number {
  const rate = Number(frameRate.startsWith('$') ? data[frameRate.slice(1)] : frameRate);
  // Below 1, it is the seconds that a frame takes.
  return Number.isFinite(rate) && rate > 0 ? (rate < 1 ? 1 / rate : rate) : 24;
}

/**
 * Pixels come from ffmpeg where it is installed. Without it, the videos of the sample tasks are decoded, others are not.
 * @throws InputError when the bytes are no MP4
 */
export async function readVideo(bytes: Uint8Array, rate: number): Promise<Video> {
  const mp4 = readMp4(bytes);
  const { width, height, duration } = mp4;
  const framesCount = Math.max(1, Math.round(duration * rate));
  const step = Math.ceil(framesCount / MOST_FRAMES);
  const numbers = Array.from({ length: Math.ceil(framesCount / step) }, (_, at) => 1 + at * step);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const video: Video = { width, height, duration, framesCount, frames: [] };
  try {
    const decoded = await decodeWithFfmpeg(bytes, { ...small, rate: rate / step, most: numbers.length });
    const frames = decoded?.map((pixels, at) => ({ frame: 1 + at * step, ...small, pixels }));
    return { ...video, frames: frames ?? decodeSample(mp4, rate, numbers) };
  } catch (error) {
    if (error instanceof InputError) return { ...video, missing: error.message };
    throw error;
  }
}

function decodeSample(mp4: Mp4, rate: number, numbers: readonly number[]): Frame[] {
  if (mp4.codec !== 'avc1') fail(`the video is in ${mp4.codec}: install ffmpeg to decode it`);
  const decode = createDecoder(mp4.setup);
  const shown: (Omit<Frame, 'frame'> & { time: number })[] = [];
  for (const { time, bytes } of mp4.samples()) {
    const picture = decode(bytes);
    const { width, height } = picture;
    if (width * height * 4 * shown.length > MOST_BYTES)
      fail('the video is too long to be decoded without ffmpeg: install it');
    shown.push({ time, width, height, pixels: toRgba(picture) });
  }
  let at = 0;
  return numbers.flatMap((frame) => {
    // A millisecond of tolerance: times are rounded.
    while ((shown[at + 1]?.time ?? Number.POSITIVE_INFINITY) <= (frame - 1) / rate + 0.001) at++;
    const picture = shown[at];
    return picture ? [{ frame, width: picture.width, height: picture.height, pixels: picture.pixels }] : [];
  });
}
