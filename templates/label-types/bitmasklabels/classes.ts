/** Semantic segmentation: each pixel of an image to one class, and what each class has got. */

import type { Image } from './runtime/images.ts';

/** What a pixel is, by its colour, and how sure that is. */
export type Judge = (rgb: number[]) => { label: string; score: number };

export interface Segment {
  label: string;
  /** The mean of its pixels. */
  score: number;
  /** One byte a pixel of the image, row by row: 1 where the class is. */
  mask: Uint8Array;
  area: number;
}

/** Largest first. An image without pixels (see readImage) has no segments. */
export function segment({ pixels = new Uint8Array() }: Image, judge: Judge): Segment[] {
  const judged = new Map<number, { segment: Segment; score: number }>();
  const segments = new Map<string, Segment>();
  for (let at = 0; at < pixels.length / 4; at++) {
    // A judgement costs more than a look at what was said of a colour so similar that nobody sees a difference.
    const rgb = [...pixels.subarray(at * 4, at * 4 + 3)].map((value) => value & 0xfc);
    const colour = rgb.reduce((sum, value) => sum * 256 + value, 0);
    const known = judged.get(colour) ?? create(rgb);
    judged.set(colour, known);
    known.segment.mask[at] = 1;
    known.segment.area++;
    known.segment.score += (known.score - known.segment.score) / known.segment.area;
  }
  return [...segments.values()].toSorted((a, b) => b.area - a.area);

  function create(rgb: number[]) {
    const { label, score } = judge(rgb);
    const segment = segments.get(label) ?? { label, score: 0, mask: new Uint8Array(pixels.length / 4), area: 0 };
    segments.set(label, segment);
    return { segment, score };
  }
}

/** The mean colours of what people painted, by label. */
export class Palette {
  readonly #sums = new Map<string, { rgb: number[]; area: number }>();

  add(label: string, { pixels = new Uint8Array() }: Image, mask: Uint8Array): void {
    const { rgb, area } = this.#sums.get(label) ?? { rgb: [0, 0, 0], area: 0 };
    let painted = 0;
    for (const [at, opacity] of mask.entries()) {
      if (opacity === 0 || at * 4 >= pixels.length) continue;
      painted++;
      for (const channel of rgb.keys()) rgb[channel] = (rgb[channel] ?? 0) + (pixels[at * 4 + channel] ?? 0);
    }
    this.#sums.set(label, { rgb, area: area + painted });
  }

  colours(): { label: string; rgb: number[] }[] {
    const painted = [...this.#sums].filter(([, { area }]) => area > 0);
    return painted.map(([label, { rgb, area }]) => ({ label, rgb: rgb.map((sum) => sum / area) }));
  }
}
