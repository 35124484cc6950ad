/** Builders for videos: what happens when, and what moves where. */

import type { Region } from '../../types.ts';
import type { ControlDef } from '../config.ts';
import { rulebookOf } from '../rulebook.ts';
import type { ControlArg, LabelArg, Labels } from '../typed.ts';
import { checkLabels } from './chosen.ts';
import { SpanBuilders } from './marks.ts';
import { createRegion, expectControl, type RegionOptions } from './region-parts.ts';
import {
  type BoxKeyframe,
  type Track,
  toBoxTrack,
  toTimelineValue,
  toVectorTrack,
  type VectorKeyframe,
} from './tracks.ts';

export class VideoBuilders extends SpanBuilders {
  /** Frames under <TimelineLabels>, from 1 on, both inclusive. @throws InputError */
  timelineLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'TimelineLabels'>,
    label: LabelArg<N, L>,
    frames: readonly [start: number, end: number],
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'TimelineLabels');
    const answer = checkLabels(def, label, def.attrs.choice === 'single');
    return createRegion(this.config, control, { geometry: toTimelineValue(frames), answer }, options);
  }

  /**
   * A moving box of a <VideoRectangle>. Its labels are those of the <Labels> for the same video; null where there are none.
   * @throws InputError
   */
  videoRectangle<N extends string, const L extends Labels>(
    control: ControlArg<N, 'VideoRectangle'>,
    label: LabelArg<N, L> | null,
    track: Track<BoxKeyframe>,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'VideoRectangle');
    const { known, dynamic } = rulebookOf(this.config).ruleOf(def);
    const beside: ControlDef = { ...def, known, dynamic, flat: [...known] };
    const answer = label === null ? undefined : checkLabels(beside, label, false);
    return createRegion(this.config, control, { geometry: toBoxTrack(track), answer }, options);
  }

  /** A moving line of a <VideoVector>; videoVectorLabels() with the <Labels> beside it names it as well. @throws InputError */
  videoVector<N extends string>(
    control: ControlArg<N, 'VideoVector'>,
    track: Track<VectorKeyframe>,
    options?: RegionOptions,
  ): Region {
    expectControl(this.config, control, 'VideoVector');
    return createRegion(this.config, control, { geometry: toVectorTrack(track) }, options);
  }

  /** A moving line under <VideoVectorLabels>, or under <Labels> beside a <VideoVector>. @throws InputError */
  videoVectorLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'VideoVectorLabels' | 'Labels'>,
    label: LabelArg<N, L>,
    track: Track<VectorKeyframe>,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'VideoVectorLabels', 'Labels');
    const answer = checkLabels(def, label, def.attrs.choice === 'single');
    const tool = rulebookOf(this.config).ruleOf(def).mergesWith;
    if (tool === undefined) {
      expectControl(this.config, control, 'VideoVectorLabels');
      return createRegion(this.config, control, { geometry: toVectorTrack(track), answer }, options);
    }
    // The tool's geometry and the control's labels make one result, of a type of its own.
    const geometry = { ...toVectorTrack(track), videovectorlabels: answer };
    return { ...createRegion(this.config, control, { geometry }, options), type: 'videovectorlabels' };
  }
}
