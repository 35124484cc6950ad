/** What the labeling config declares: controls, objects and labels, by name. */

import { fail, unknownName } from '../../errors.ts';
import type { ControlDef, LabelConfig, ObjectDef } from '../config.ts';
import { type ControlRule, rulebookOf } from '../rulebook.ts';
import type { ControlArg, FixedControl, LabelOf, ObjectArg } from '../typed.ts';
import { findControl, findTarget } from './region-parts.ts';

export class DeclaredNames {
  readonly config: LabelConfig;

  constructor(config: LabelConfig) {
    this.config = config;
  }

  /** @throws InputError with the known names */
  control<N extends string>(name: ControlArg<N>): ControlDef {
    return findControl(this.config, name).control;
  }

  /** The object that a control points to; of several, the first. @throws InputError when there is none */
  objectOf<N extends string>(control: ControlArg<N>): ObjectDef {
    const { objects } = this.config;
    const { toName } = this.control(control);
    const name = toName.find((candidate) => objects.has(candidate)) ?? toName.join(',');
    return objects.get(name) ?? fail(`control '${control}': ${unknownName('object', name, objects.keys())}`);
  }

  /** The object that a control's results will name. @throws InputError */
  targetOf<N extends string>(control: ControlArg<N>, to?: ObjectArg<N>): ObjectDef {
    return findTarget(this.config, control, to).object;
  }

  /** What a control's results may carry: alias, else value, in document order. Labels that come with a task are not here. */
  labelsOf<N extends string>(control: ControlArg<N>): LabelOf<N>[] {
    return [...this.#ruleOf(control).known] as LabelOf<N>[];
  }

  /**
   * Whether a text from elsewhere, such as what an older version has learned, is a label of the control now. Where labels come
   * with the task, any text may be. @throws InputError when the control is unknown
   */
  isLabel<N extends FixedControl>(control: N, text: string): text is LabelOf<N>;
  isLabel<N extends string>(control: ControlArg<N>, text: string): boolean;
  isLabel(control: string, text: string): boolean {
    const { known, dynamic } = this.#ruleOf(control);
    return dynamic || known.has(text);
  }

  #ruleOf(control: string): ControlRule {
    return rulebookOf(this.config).ruleOf(this.control(control));
  }
}
