/** Boxes each object of a PNG, and names it by its colour: as people named the most similar colour before. */

import { type Learned, nameOf } from './colours.ts';
import { findObjects, objectAt } from './objects.ts';
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
          return this.rectangleLabels(control, label, { px: object.px, image }, { score });
        }),
      };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const seen: Learned['seen'] = [];
    for await (const task of tasks) {
      const { image, objects } = await this.#look(task);
      for (const { value } of this.answers(task, control)) {
        const { x = 0, y = 0, width = 0, height = 0, rectanglelabels: [label] = [] } = value ?? {};
        const object = objectAt(objects, image, [x, y], [x + width, y + height]);
        if (object && label !== undefined) seen.push({ label, rgb: object.rgb });
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
