/** Boxes the lines of text of a PNG, and reads them: digits from the start, other characters as people have typed them. */

import { DIGITS } from './digits.ts';
import { findLines, readLine } from './lines.ts';
import { readImage } from './runtime/images.ts';
import { type AnnotatedTask, type Task, WOWAIML } from './runtime/index.ts';

const control = <%- controlLiteral %>;

/** Characters by their shapes, as in digits.ts. */
type Learned = { known: Record<string, string> };

export default class <%- className %> extends WOWAIML<Learned> {
  predict(tasks: Task[]) {
    const text = this.#textBeside()?.name;
    const known = { ...DIGITS, ...this.trainOutput?.known };
    return Array.fromAsync(tasks, async (task) => {
      const { image, lines } = await this.#look(task);
      const result = lines.flatMap((line) => {
        const where = { px: line.px, image };
        const { text: read, score } = readLine(line, known);
        if (text === undefined) return [this.rectangle(control, where, { score })];
        return this.ocr({ shape: control, text }, { where, text: read }, { score });
      });
      return { result };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>) {
    const text = this.#textBeside()?.name;
    if (text === undefined) return undefined;
    const known: Learned['known'] = {};
    for await (const task of tasks) {
      const { image, lines } = await this.#look(task);
      const boxes = this.answers(task, control);
      for (const { id, value } of this.answers(task, text)) {
        // The text is a result of its own, with the id of the box.
        const { y = 0, height = 0 } = boxes.find((box) => box.id === id)?.value ?? {};
        const middle = ((y + height / 2) / 100) * image.height;
        const line = lines.find(({ px: [, top, , bottom] }) => middle > top && middle < bottom);
        const typed = Array.from(String(value?.text ?? '').replace(/\s/g, ''));
        if (line?.characters.length !== typed.length) continue;
        for (const [index, { shape }] of line.characters.entries()) {
          if (typed[index] !== undefined && typed[index] !== '?') known[shape] = typed[index];
        }
      }
    }
    return { known };
  }

  /** The <TextArea perRegion="true"> for the same image, where the config has one. */
  #textBeside() {
    const { name } = this.objectOf(control);
    return [...this.config.controls.values()].find(
      ({ type, perRegion, toName }) => type === 'textarea' && perRegion && toName.includes(name),
    );
  }

  async #look(task: Task) {
    const image = readImage(await this.readFile(this.taskText(task, control)));
    if (!image.pixels) this.log.warn(`no pixels: this ${image.type} needs a decoder, such as the package sharp`);
    return { image, lines: findLines(image) };
  }
}
