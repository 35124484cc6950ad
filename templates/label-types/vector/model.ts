/** Follows each stroke of a PNG from end to end, with a vertex as often as people set one. */

import { findObjects } from './objects.ts';
import { followStroke } from './path.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** How far people set one vertex from the next, in percent of the image's width. */
type Learned = { spacing: number };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const { spacing = 6 } = this.trainOutput ?? {};
    return Array.fromAsync(tasks, async (task) => {
      const image = readImage(await this.readFile(this.taskText(task, control)));
      if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
      const result = findObjects(image).map((object) => {
        const { vertices, length, thickness } = followStroke(object, image, (spacing / 100) * image.width);
        // Long and thin is a line for sure, a blob is hardly one.
        const score = Math.max(0, 1 - thickness / length);
        return this.vector(control, { px: vertices, image }, { score });
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const steps: number[] = [];
    for await (const task of tasks) {
      for (const { value, original_width = 1, original_height = 1 } of this.answers(task, control)) {
        const vertices = value?.vertices ?? [];
        const ratio = Number(original_height) / Number(original_width);
        for (const { x = 0, y = 0, prevPointId } of vertices) {
          const previous = vertices.find(({ id }) => id === prevPointId);
          if (previous) steps.push(Math.hypot(x - (previous.x ?? 0), (y - (previous.y ?? 0)) * ratio));
        }
      }
    }
    const spacing = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)];
    return spacing === undefined ? undefined : { spacing: Math.max(1, spacing) };
  }
}
