/** Paints a mask over each object of a PNG, and names it by its colour: as people named the most similar one before. */

import { type Learned, nameOf } from './colours.ts';
import { findObjects, maskOf } from './objects.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const { labels } = this.control(control);
    return Array.fromAsync(tasks, async (task) => {
      const { image, objects } = await this.#look(task);
      return {
        result: objects.map((object) => {
          const { label, score } = nameOf(object.rgb, labels, this.trainOutput?.seen);
          return this.brushLabels(control, label, { pixels: maskOf(object, image), image }, { score });
        }),
      };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const seen: Learned['seen'] = [];
    for await (const task of tasks) {
      const { objects } = await this.#look(task);
      for (const region of this.answers(task, control)) {
        const [label] = region.value?.brushlabels ?? [];
        const { mask } = this.maskOf(region);
        // People paint roughly: an object is meant where they covered most of it.
        const painted = objects.filter(({ inside }) => inside.filter((at) => mask[at]).length * 2 > inside.length);
        if (label !== undefined) seen.push(...painted.map(({ rgb }) => ({ label, rgb })));
      }
    }
    return { seen };
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    return { image, objects: findObjects(image) };
  }
}
