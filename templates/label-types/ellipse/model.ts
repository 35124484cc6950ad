/** Draws an ellipse around each object of a PNG, and names it by its size: as people named one as large before. */

import { findObjects, objectAt } from './objects.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** Areas in pixels, and the labels that people gave to them. */
type Learned = { seen: { label: string; area: number }[] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const kinds = this.#labelsBeside();
    const seen = (this.trainOutput?.seen ?? []).filter(({ label }) => kinds && this.isLabel(kinds.name, label));
    return Array.fromAsync(tasks, async (task) => {
      const { image, objects } = await this.#look(task);
      const result = objects.flatMap(({ px: [left, top, right, bottom], area }) => {
        const [radiusX, radiusY] = [(right - left) / 2, (bottom - top) / 2];
        const px = { x: left + radiusX, y: top + radiusY, radiusX, radiusY };
        // What fills its ellipse, no more and no less, is one.
        const full = Math.PI * radiusX * radiusY;
        const score = Math.min(area, full) / Math.max(area, full);
        const ellipse = this.ellipse(control, { px, image }, { score });
        const times = (other: { area: number }) => Math.max(area, other.area) / Math.min(area, other.area);
        const [nearest] = seen.toSorted((a, b) => times(a) - times(b));
        if (!kinds || !nearest) return [ellipse];
        return [ellipse, this.labelsOn(kinds.name, nearest.label, ellipse, { score: 1 / times(nearest) })];
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const kinds = this.#labelsBeside();
    if (!kinds) return undefined;
    const seen: Learned['seen'] = [];
    for await (const task of tasks) {
      const { image, objects } = await this.#look(task);
      const ellipses = this.answers(task, control);
      for (const { id, value } of this.answers(task, kinds.name)) {
        // The label is a result of its own, with the id of the ellipse.
        const { x = 0, y = 0 } = ellipses.find((ellipse) => ellipse.id === id)?.value ?? {};
        const object = objectAt(objects, image, [x, y]);
        const [label] = [value?.labels ?? []].flat();
        if (object && typeof label === 'string') seen.push({ label, area: object.area });
      }
    }
    return { seen };
  }

  /** The <Labels> for the same image, where the config has any. */
  #labelsBeside() {
    const { name } = this.objectOf(control);
    return [...this.config.controls.values()].find(({ type, toName }) => type === 'labels' && toName.includes(name));
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    return { image, objects: findObjects(image) };
  }
}
