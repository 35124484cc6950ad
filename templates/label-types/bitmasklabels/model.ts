/** Segments a PNG: every pixel goes to the label whose colour is most like its own, the colour of what people painted. */

import { Palette, segment } from './classes.ts';
import { type Learned, nameOf } from './colours.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** What is smaller than this share of the image is noise. */
const LEAST_SHARE = 0.005;

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const { labels } = this.control(control);
    return Array.fromAsync(tasks, async (task) => {
      const image = await this.#look(task);
      const segments = segment(image, (rgb) => nameOf(rgb, labels, this.trainOutput?.seen));
      const result = segments
        .filter(({ area }) => area >= image.width * image.height * LEAST_SHARE)
        .map(({ label, mask, score }) => this.bitmaskLabels(control, label, { pixels: mask, image }, { score }));
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const palette = new Palette();
    for await (const task of tasks) {
      const image = await this.#look(task);
      for (const region of this.answers(task, control)) {
        const [label] = region.value?.bitmasklabels ?? [];
        if (label !== undefined) palette.add(label, image, this.maskOf(region).mask);
      }
    }
    return { seen: palette.colours() };
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    return image;
  }
}
