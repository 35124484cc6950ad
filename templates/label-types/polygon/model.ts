/** Puts a rubber band around each object of a PNG, and names it by how much of it is filled, as people named one like it. */

import { areaOf, hull } from './hull.ts';
import { type Found, findObjects, objectAt } from './objects.ts';
import { type Image, readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** How much of the rubber band was filled, 0 to 1, and the label that people gave to it. */
type Learned = { seen: { label: string; filled: number }[] };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const kinds = this.#labelsBeside();
    const seen = (this.trainOutput?.seen ?? []).filter(({ label }) => kinds && this.isLabel(kinds.name, label));
    return Array.fromAsync(tasks, async (task) => {
      const { image, objects } = await this.#look(task);
      const result = objects.flatMap((object) => {
        const filled = filledBy(object, image);
        const polygon = this.polygon(control, { px: hull(object, image), image }, { score: filled });
        const apart = (other: { filled: number }) => Math.abs(other.filled - filled);
        const [nearest] = seen.toSorted((a, b) => apart(a) - apart(b));
        if (!kinds || !nearest) return [polygon];
        return [polygon, this.labelsOn(kinds.name, nearest.label, polygon, { score: 1 - apart(nearest) })];
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
      const polygons = this.answers(task, control);
      for (const { id, value } of this.answers(task, kinds.name)) {
        // The label is a result of its own, with the id of the polygon.
        const { points = [] } = polygons.find((polygon) => polygon.id === id)?.value ?? {};
        const object = objectAt(objects, image, ...points);
        const [label] = [value?.labels ?? []].flat();
        if (object && typeof label === 'string') seen.push({ label, filled: filledBy(object, image) });
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

/** What is whole and has no dents fills its hull. */
function filledBy(object: Found, image: Image): number {
  return Math.min(1, object.area / areaOf(hull(object, image)));
}
