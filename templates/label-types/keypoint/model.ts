/** Sets a point on each corner of a PNG that is as sharp as those that people marked. */

import { type Corner, findCorners } from './corners.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** How strong a corner must be, of the strongest in its image. */
type Learned = { least: number };

/** How near to a corner people hit it, of the image's longer side. */
const NEAR = 0.05;

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const { least = 0.4 } = this.trainOutput ?? {};
    return Array.fromAsync(tasks, async (task) => {
      const { image, corners } = await this.#look(task);
      const strong = corners.filter(({ strength }) => strength >= least);
      return { result: strong.map(({ px, strength }) => this.keyPoint(control, { px, image }, { score: strength })) };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const marked: number[] = [];
    for await (const task of tasks) {
      const { image, corners } = await this.#look(task);
      for (const { value } of this.answers(task, control)) {
        const { x = 0, y = 0 } = value ?? {};
        const [atX, atY] = [(x / 100) * image.width, (y / 100) * image.height];
        const off = ({ px }: Corner) => Math.hypot(px[0] - atX, px[1] - atY);
        const [nearest] = corners.toSorted((a, b) => off(a) - off(b));
        const near = NEAR * Math.max(image.width, image.height);
        if (nearest && off(nearest) <= near) marked.push(nearest.strength);
      }
    }
    // The weakest tenth may be slips of the hand.
    const least = marked.toSorted((a, b) => a - b)[Math.floor(marked.length / 10)];
    return least === undefined ? undefined : { least: least * 0.95 };
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    return { image, corners: findCorners(image) };
  }
}
