/** Marks the edges in a PNG that are as strong as those that people marked, pixel by pixel. */

import { count, createTally, findEdges, learnLeast } from './edges.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** From which strength on an edge is marked, of 255. */
type Learned = { least: number };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const { least = 16 } = this.trainOutput ?? {};
    return Array.fromAsync(tasks, async (task) => {
      const { image, edges } = await this.#look(task);
      const strengths = edges.filter((strength) => strength >= least);
      if (strengths.length === 0) return { result: [] };
      const pixels = edges.map((strength) => (strength >= least ? 1 : 0));
      const score = strengths.reduce((sum, strength) => sum + strength / 255, 0) / strengths.length;
      return { result: [this.bitmask(control, { pixels, image }, { score })] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const tally = createTally();
    for await (const task of tasks) {
      const { edges } = await this.#look(task);
      for (const region of this.answers(task, control)) count(tally, edges, this.maskOf(region).mask);
    }
    const least = learnLeast(tally);
    return least === undefined ? undefined : { least };
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    return { image, edges: findEdges(image) };
  }
}
