/** Names by colour: the label that people gave to the most similar one, or whose own colour in the config is like it. */

import { fail } from './runtime/errors.ts';
import type { LabelDef } from './runtime/labeling/config.ts';

/** A colour, and the label that people gave to what has it. */
export interface Seen {
  label: string;
  rgb: number[];
}

/** What fit() learns from people. */
export type Learned = { seen: Seen[] };

/** How far apart two colours are: 0 the same, 1 black and white. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const apart = (channel: number) => ((a[channel] ?? 0) - (b[channel] ?? 0)) / 255;
  return Math.hypot(apart(0), apart(1), apart(2)) / Math.sqrt(3);
}

/**
 * The label for a colour, and how sure that is, 0 to 1. `labels` are the control's: a label that is no longer among them
 * is forgotten, and one that people have not given yet stands for its `background`.
 */
export function nameOf(rgb: ArrayLike<number>, labels: readonly LabelDef[], seen: readonly Seen[] = []) {
  const learned = seen.filter(({ label }) => labels.some(({ key }) => key === label));
  const unseen = labels.filter(({ key }) => !learned.some(({ label }) => label === key));
  const known = [...learned, ...unseen.flatMap(readBackground)];
  const [nearest] = known.toSorted((a, b) => distance(a.rgb, rgb) - distance(b.rgb, rgb));
  if (nearest) return { label: nearest.label, score: 1 - distance(nearest.rgb, rgb) };
  return { label: labels[0]?.key ?? fail('the control has no labels to name anything with'), score: 0.3 };
}

function readBackground({ key, attrs }: LabelDef): Seen[] {
  const [, ...channels] = /^#(\w\w)(\w\w)(\w\w)$/.exec(attrs.background ?? '') ?? [];
  const rgb = channels.map((channel) => Number.parseInt(channel, 16));
  return rgb.length === 3 && rgb.every(Number.isFinite) ? [{ label: key, rgb }] : [];
}
