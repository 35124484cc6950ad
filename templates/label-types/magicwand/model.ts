/** Paints what has the colour that the annotator clicked on, or before a click the most vivid thing of a PNG. */

import { nameOf, type Seen } from './colours.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type PredictContext, type Region, type Task, WOWAIML } from './runtime/index.ts';
import { fill, findMostVivid, measure } from './wand.ts';

const control = <%- controlLiteral %>;

/** How far apart the colours of one thing are, 0 to 1, and which colour has which name. */
type Learned = { tolerance: number; seen: Seen[] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[], { drawn }: PredictContext) {
    const { tolerance = 0.1, seen = [] } = this.trainOutput ?? {};
    const names = this.#labelsBeside();
    return Array.fromAsync(tasks, async (task) => {
      const image = await this.#look(task);
      const clicked = drawn.flatMap((region) => placeOf(region, image));
      const starts = clicked.length > 0 ? clicked : [findMostVivid(image)];
      const result = starts.flatMap((start) => {
        if (start === undefined || !image.pixels) return [];
        const { mask, sharpness, rgb } = fill(image, start, tolerance);
        const region = this.magicWand(control, { pixels: mask, image }, { score: sharpness });
        if (!names) return [region];
        const { label, score } = nameOf(rgb, names.labels, seen);
        return [region, this.labelsOn(names.name, label, region, { score })];
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const names = this.#labelsBeside();
    const spreads: number[] = [];
    const seen: Seen[] = [];
    for await (const task of tasks) {
      const image = await this.#look(task);
      const named = names ? this.answers(task, names.name) : [];
      for (const region of this.answers(task, control)) {
        const { rgb, spread } = measure(image, this.maskOf(region).mask);
        if (spread === undefined) continue;
        spreads.push(spread);
        // The name is a result of its own, with the id of the mask.
        const { labels } = named.find(({ id }) => id === region.id)?.value ?? {};
        if (Array.isArray(labels)) seen.push({ label: String(labels[0]), rgb });
      }
    }
    const middle = spreads.toSorted((a, b) => a - b)[Math.floor(spreads.length / 2)];
    // From the middle of the colours to one end is half of what lies between two ends.
    return middle === undefined ? undefined : { tolerance: Math.max(0.02, middle * 2), seen };
  }

  /** The <Labels> for the same image, where the config has one. */
  #labelsBeside() {
    const { name } = this.objectOf(control);
    return [...this.config.controls.values()].find(
      ({ type, labels, toName }) => type === 'labels' && labels.length > 0 && toName.includes(name),
    );
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    return image;
  }
}

/** Which pixel was meant: a point's, or the middle of a box; none for other tools. */
function placeOf({ value = {}, is_positive }: Region, { width, height }: { width: number; height: number }): number[] {
  const { x, y, width: across, height: down } = value;
  if (typeof x !== 'number' || typeof y !== 'number' || is_positive === false) return [];
  // A point has a width as well: how large it is drawn.
  const [right, below] = typeof across === 'number' && typeof down === 'number' ? [across / 2, down / 2] : [0, 0];
  const column = Math.floor(((x + right) / 100) * width);
  const row = Math.floor(((y + below) / 100) * height);
  return [Math.min(height - 1, row) * width + Math.min(width - 1, column)];
}
