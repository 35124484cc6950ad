/** Boxes what stands out in a PNG, and names it by its colour: as people named the most similar colour before. */

import { distance, findObject } from './contrast.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

type Learned = { seen: { label: string; rgb: number[] }[] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const labels = this.labelsOf(control);
    const seen = (this.trainOutput?.seen ?? []).filter(({ label }) => labels.includes(label));
    return Array.fromAsync(tasks, async (task) => {
      const { image, object } = await this.#look(task);
      if (!object || !labels[0]) return { result: [] };
      const [nearest] = seen.toSorted((a, b) => distance(a.rgb, object.rgb) - distance(b.rgb, object.rgb));
      const score = nearest ? 1 - distance(nearest.rgb, object.rgb) : 0.3;
      const box = { px: object.px, image };
      return { result: [this.rectangleLabels(control, nearest?.label ?? labels[0], box, { score })] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const seen: Learned['seen'] = [];
    for await (const task of tasks) {
      const { object } = await this.#look(task);
      const [label] = this.answers(task, control).flatMap(({ value }) => (value?.rectanglelabels ?? []) as string[]);
      if (object && label) seen.push({ label, rgb: object.rgb });
    }
    return { seen };
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    return { image, object: findObject(image) };
  }
}
