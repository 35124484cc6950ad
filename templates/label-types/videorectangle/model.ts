/** Follows what moves through a video, and names it by its colour: as people named the most similar colour before. */

import { type Learned, nameOf } from './colours.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';
import { findTracks, keyframesOf, type Track } from './tracks.ts';
import { frameRateOf, readVideo, type Video } from './video.ts';

const control = <%- controlLiteral %>;

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const labels = this.#labelsBeside();
    return Array.fromAsync(tasks, async (task) => {
      const { video, image, tracks } = await this.#watch(task);
      const { framesCount, duration } = video;
      const result = tracks.map(({ rgb, boxes }) => {
        const { label, score } = labels ? nameOf(rgb, labels, this.trainOutput?.seen) : { label: null, score: 0.5 };
        const keyframes = keyframesOf(boxes).map(({ frame, px }) => {
          // The editor draws it on to the end, unless it is told that it has gone.
          return { frame, px, enabled: frame < (boxes.at(-1)?.frame ?? 0) || frame === framesCount };
        });
        return this.videoRectangle(control, label, { keyframes, framesCount, duration, image }, { score });
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const seen: Learned['seen'] = [];
    for await (const task of tasks) {
      const { image, tracks } = await this.#watch(task);
      for (const { value } of this.answers(task, control)) {
        const { sequence = [], labels: [label] = [] } = value ?? {};
        const near = tracks.filter((track) => offOf(track, sequence, image) < FARTHEST);
        const [nearest] = near.toSorted((a, b) => offOf(a, sequence, image) - offOf(b, sequence, image));
        if (nearest && label !== undefined) seen.push({ label, rgb: nearest.rgb });
      }
    }
    return { seen };
  }

  /** The labels of the <Labels> for the same video, where the config has any. */
  #labelsBeside() {
    const { name } = this.objectOf(control);
    const { controls } = this.config;
    const beside = [...controls.values()].find(({ type, toName }) => type === 'labels' && toName.includes(name));
    return beside && beside.labels.length > 0 ? beside.labels : undefined;
  }

  async #watch(task: Task) {
    const bytes = await this.readFile(this.taskText(task, control));
    const video = await readVideo(bytes, frameRateOf(this.objectOf(control), task.data));
    if (video.missing) this.log.warn(`task ${task.id}: nothing to follow: ${video.missing}`);
    return { video, image: video.frames[0] ?? video, tracks: findTracks(video) };
  }
}

/** What people drew is about what is so near to it, as a share of the frame's sides. */
const FARTHEST = 0.2;

type Keyframe = { frame?: number; x?: number; y?: number; width?: number; height?: number };

/** How far a track is from what people drew, on average: infinitely, where that is over before the track begins. */
function offOf({ boxes }: Track, sequence: readonly Keyframe[], image: Pick<Video, 'width' | 'height'>): number {
  const offs = sequence.flatMap((drawn) => {
    const { px } = boxes.findLast(({ frame }) => frame <= (drawn.frame ?? 0)) ?? {};
    if (!px) return [];
    const { x = 0, y = 0, width = 0, height = 0 } = drawn;
    const across = (px[0] + px[2]) / 2 / image.width - (x + width / 2) / 100;
    const down = (px[1] + px[3]) / 2 / image.height - (y + height / 2) / 100;
    return [Math.hypot(across, down)];
  });
  return offs.length > 0 ? offs.reduce((sum, off) => sum + off) / offs.length : Number.POSITIVE_INFINITY;
}
