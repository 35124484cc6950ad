/** Paints the foreground of a PNG: what is darker or lighter than the rest, where people put the border between the two. */

import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';
import { findCut, greysOf, learnCut } from './threshold.ts';

const control = <%- controlLiteral %>;

/** Which side people paint, and by how many greys of 255 their border lies above the one that is found. */
type Learned = { dark: boolean; shift: number };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    return Array.fromAsync(tasks, async (task) => {
      const { image, greys, cut } = await this.#look(task);
      if (!cut) return { result: [] };
      const { dark, shift } = this.trainOutput ?? { dark: cut.fewerDark, shift: 0 };
      const pixels = greys.map((grey) => (grey <= cut.level + shift === dark ? 1 : 0));
      return { result: [this.brush(control, { pixels, image }, { score: cut.clarity })] };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const learned: Learned[] = [];
    for await (const task of tasks) {
      const { greys, cut } = await this.#look(task);
      for (const region of this.answers(task, control)) {
        const { mask } = this.maskOf(region);
        if (!cut || mask.length !== greys.length) continue;
        const { dark, level } = learnCut(greys, mask);
        learned.push({ dark, shift: level - cut.level });
      }
    }
    if (learned.length === 0) return undefined;
    const dark = learned.filter((one) => one.dark).length * 2 >= learned.length;
    const shifts = learned.filter((one) => one.dark === dark).map(({ shift }) => shift);
    return { dark, shift: shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length };
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    const greys = greysOf(image);
    return { image, greys, cut: findCut(greys) };
  }
}
