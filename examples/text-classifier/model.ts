/** Sorts texts by what annotators have chosen so far: for any labeling config with <Choices> on a <Text>. */

import { join } from 'node:path';
import {
  type AnnotatedTask,
  type ControlDef,
  type FitContext,
  InputError,
  type Region,
  type Task,
  WOWAIML,
} from './runtime/index.ts';
import { agree } from './src/agreement.ts';
import { TextClassifier } from './src/classifier.ts';
import { createGuess } from './src/cold-start.ts';
import { Corpus } from './src/corpus.ts';
import { heldOutAccuracy } from './src/held-out.ts';
import { loadClassifier, saveClassifier } from './src/saved.ts';
import { judge, type Verdict } from './src/verdict.ts';

interface Learned {
  labels: string[];
  documents: number;
  /** On every fifth text, held back for that; null with too few texts to tell. */
  accuracy: number | null;
}

const FILE = 'classifier.bin';

export default class TextClassifierModel extends WOWAIML<Learned> {
  #classifier: TextClassifier | undefined;

  override async setup() {
    // A config that this model cannot answer is refused when the project is connected, not at the first task.
    this.#control();
    if (this.workdir !== undefined) this.#classifier = await loadClassifier(join(this.workdir, FILE));
  }

  predict(tasks: Task[]) {
    const control = this.#control();
    const judgeText = this.#createJudge(control);
    return tasks.map((task) => {
      const { labels, score } = judgeText(this.taskText(task, control.name));
      return { result: labels.length > 0 ? [this.choices(control.name, labels, { score })] : [], score };
    });
  }

  async fit(tasks: AsyncIterable<AnnotatedTask>, { workdir, signal }: FitContext) {
    const control = this.#control();
    const has = createLabelCheck(control);
    const corpus = new Corpus();
    for await (const task of tasks) {
      const answers = this.answers(task, control.name).map(({ value }) => chosenIn(value).filter(has));
      const labels = agree(answers, isSeveral(control));
      const text = labels.length > 0 ? this.#textOf(task, control) : undefined;
      if (text !== undefined) corpus.add(text, labels);
    }
    if (corpus.labels.length < 2) {
      this.log.info(`nothing to learn yet: two different labels are needed, got ${corpus.labels.length}`);
      return undefined;
    }
    const accuracy = heldOutAccuracy(corpus, isSeveral(control));
    signal.throwIfAborted();
    const classifier = TextClassifier.train(corpus);
    await saveClassifier(join(workdir, FILE), classifier);
    return { labels: classifier.labels, documents: corpus.size, accuracy };
  }

  #createJudge(control: ControlDef): (text: string) => Verdict {
    const classifier = this.#classifier;
    // What was learned may be of labels that the config no longer has.
    const allowed = new Set(classifier?.labels.filter(createLabelCheck(control)));
    if (classifier === undefined || allowed.size === 0) return createGuess(this.labelsOf(control.name));
    return (text) => judge(classifier, text, { allowed, several: isSeveral(control) });
  }

  /** One task without its text must not cost what all the others can teach. */
  #textOf(task: Task, control: ControlDef): string | undefined {
    try {
      return this.taskText(task, control.name);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.log.warn(`left out: ${error.message}`);
      return undefined;
    }
  }

  /** The first <Choices> that is answered once for a whole <Text>. @throws InputError */
  #control(): ControlDef {
    const controls = [...this.config.controls.values()];
    const control = controls.find(
      ({ type, perRegion, repeater, attrs, toName: [object = '', ...others] }) =>
        type === 'choices' &&
        this.config.objects.get(object)?.tag === 'Text' &&
        !(perRegion || repeater || attrs.allowNested === 'true' || others.length > 0),
    );
    if (control !== undefined) return control;
    const known = controls.map(({ tag, name }) => `<${tag} name="${name}">`).join(', ');
    throw new InputError(
      `the text classifier needs <Choices toName="…"> on a <Text>, without perRegion and allowNested (the labeling config has: ${known || 'no control'})`,
    );
  }
}

function isSeveral(control: ControlDef): boolean {
  return control.attrs.choice === 'multiple';
}

/** Says whether the config has a label; any, where labels come with the task. */
function createLabelCheck(control: ControlDef): (label: string) => boolean {
  const known = new Set(control.flat);
  return (label) => control.dynamic || known.has(label);
}

function chosenIn(value: Region['value']): string[] {
  const choices: unknown[] = Array.isArray(value?.choices) ? value.choices : [];
  return choices.filter((choice) => typeof choice === 'string');
}
