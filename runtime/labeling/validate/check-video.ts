/** Frames, keyframes and ranges of videos. */

import type { ControlRule } from '../rulebook.ts';
import type { Check } from './check-answers.ts';
import { checkBox, checkDegrees, checkPercent, checkVertices, type ShapeCheck } from './check-geometry.ts';
import { checkNumber } from './check-scalars.ts';
import { show } from './findings.ts';
import type { Fields, Inspection } from './inspection.ts';
import { isDict, isLaxInteger } from './sdk-schemas.ts';

/** Frames count from 1. */
export const checkFrame: Check = (value, field, at) =>
  (Number.isInteger(value) && (value as number) >= 1) ||
  at.error('frames', field, `needs a whole number from 1 on, got ${show(value)}`, !isLaxInteger(value));

export const checkSeconds: Check = (value, field, at) => {
  if (!checkNumber(value, field, at)) return false;
  return (value as number) >= 0 || at.error('time', field, `needs seconds from 0 on, got ${value}`);
};

export const checkRanges: Check = (value, field, at) => {
  if (!Array.isArray(value)) return at.error('frames', field, `needs [{ start, end }], got ${show(value)}`);
  if (value.length !== 1) return at.error('frames', field, `a region has exactly one range, got ${value.length}`);
  const { start, end } = (value[0] ?? {}) as Fields;
  if (!checkFrame(start, `${field}/0/start`, at) || !checkFrame(end, `${field}/0/end`, at)) return false;
  return (
    (start as number) <= (end as number) || at.error('frames', `${field}/0`, `needs start <= end, got ${start}..${end}`)
  );
};

type KeyframeCheck = (keyframe: Fields, field: string, at: Inspection) => boolean;

export const checkBoxes: Check = (value, field, at) =>
  checkSequence(value, field, at, (keyframe, place) => {
    let sound = true;
    for (const name of ['x', 'y', 'width', 'height'])
      sound = checkPercent(keyframe[name], `${place}/${name}`, at) && sound;
    if (keyframe.rotation !== undefined) sound = checkDegrees(keyframe.rotation, `${place}/rotation`, at) && sound;
    sound = checkSeconds(keyframe.time, `${place}/time`, at) && sound;
    if (sound) checkBox(keyframe, at, place);
    return sound;
  });

export const checkShapes: Check = (value, field, at) =>
  checkSequence(value, field, at, (keyframe, place) => {
    const { closed = false, time = 0 } = keyframe;
    const sound =
      typeof closed === 'boolean' ||
      at.error('frames', `${place}/closed`, `needs true or false, got ${show(closed)}`, true);
    return (
      checkSeconds(time, `${place}/time`, at) && checkVertices(keyframe.vertices, `${place}/vertices`, at) && sound
    );
  });

function checkSequence(value: unknown, field: string, at: Inspection, check: KeyframeCheck): boolean {
  if (!Array.isArray(value)) return at.error('frames', field, `needs a list of keyframes, got ${show(value)}`, true);
  if (value.length === 0) return at.error('frames', field, 'needs at least one keyframe');
  const { framesCount, duration } = at.value;
  let [sound, last] = [true, 0];
  for (let k = 0; k < value.length; k++) {
    const place = `${field}/${k}`;
    const keyframe: unknown = value[k];
    if (typeof keyframe !== 'object' || keyframe === null) {
      sound = at.error('frames', place, `a keyframe must be an object, got ${show(keyframe)}`, true);
      continue;
    }
    const { frame, time, enabled = true } = keyframe as Fields;
    sound = check(keyframe as Fields, place, at) && sound;
    if (typeof enabled !== 'boolean')
      sound = at.error('frames', `${place}/enabled`, `needs true or false, got ${show(enabled)}`);
    // Durations are rounded, and the last frame may be counted as one more.
    if (typeof duration === 'number' && typeof time === 'number' && time > duration * 1.01 + 0.1)
      sound = at.error('time', `${place}/time`, `is at ${time} s, the video ends at ${duration} s (duration)`);
    if (!checkFrame(frame, `${place}/frame`, at)) {
      sound = false;
      continue;
    }
    if ((frame as number) <= last)
      sound = at.error(
        'frames',
        `${place}/frame`,
        `keyframes must be in order, each another frame: ${frame} after ${last}`,
      );
    if (typeof framesCount === 'number' && (frame as number) > framesCount)
      sound = at.error('frames', `${place}/frame`, `is ${frame}, the video has ${framesCount} frames`);
    last = frame as number;
  }
  return sound;
}

export const checkVideoBox: ShapeCheck = (value, at) => {
  const rate = rateOf(value, at);
  for (const [k, { frame, time }] of (value.sequence as Record<string, number>[]).entries()) {
    if (rate === undefined || frame === undefined || time === undefined) continue;
    // Counting from 0 or from 1, and a rounded rate, are all in use.
    if (Math.abs(time * rate - frame) > 1.5 + frame * 0.01) {
      at.warn(
        'time',
        `value/sequence/${k}/time`,
        `frame ${frame} is at ${Number((frame / rate).toFixed(3))} s, got ${time}`,
      );
      return;
    }
  }
};

function rateOf({ framesCount, duration }: Fields, at: Inspection): number | undefined {
  const attribute = Number(at.object?.attrs.frameRate);
  if (attribute > 0) return attribute;
  const rate = (framesCount as number) / (duration as number);
  return Number.isFinite(rate) && rate > 0 ? rate : undefined;
}

/** What the results of one video must agree on: how many frames it has, to which the ranges of a timeline keep, too. */
export function checkFrameCounts(
  result: readonly unknown[],
  rules: readonly (ControlRule | undefined)[],
  at: Inspection,
): void {
  const counts = new Map<unknown, number>();
  const ranges: [index: number, region: Fields][] = [];
  for (const [index, rule] of rules.entries()) {
    if (rule === undefined || !rule.row.objects.includes('Video')) continue;
    const region = result[index] as Fields;
    if (!isDict(region.value)) continue;
    const { framesCount } = region.value;
    if (rule.tag === 'TimelineLabels') ranges.push([index, region]);
    if (!Number.isInteger(framesCount)) continue;
    const known = counts.get(region.to_name);
    if (known === undefined) counts.set(region.to_name, framesCount as number);
    else if (known !== framesCount) {
      at.index = index;
      at.warn('frames', 'value/framesCount', `is ${framesCount}, another result has ${known} for the same video`);
    }
  }
  for (const [index, { to_name, value }] of ranges) {
    const most = counts.get(to_name);
    const [range] = Array.isArray((value as Fields).ranges) ? ((value as Fields).ranges as unknown[]) : [];
    const end = isDict(range) ? range.end : undefined;
    if (most === undefined || !Number.isInteger(end) || (end as number) <= most) continue;
    at.index = index;
    at.error('frames', 'value/ranges/0/end', `is ${end}, the video has ${most} frames`);
  }
}
