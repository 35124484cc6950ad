/** One prediction under inspection: what is looked at just now, and what was found so far. */

import { nearest } from '../../errors.ts';
import type { Task } from '../../types.ts';
import type { ObjectDef } from '../config.ts';
import { expandName } from '../repeaters.ts';
import type { ControlRule, Rulebook } from '../rulebook.ts';
import { readDynamicLabels, readObjectData } from '../task-data.ts';
import { createTextOffsets, type TextOffsets } from '../text-offsets.ts';
import { type Finding, type Severity, show } from './findings.ts';

/** Of each severity: nobody reads more, and a hostile prediction may not make us write them. */
const MOST_FINDINGS = 50;
/** Looking for a nearest match costs the most of all: so many times, among so many names. */
const MOST_SEARCHES = 10;
const MOST_NAMES = 2000;
const NAMES_SHOWN = 20;

export type Fields = Record<string, unknown>;

export class Inspection {
  readonly book: Rulebook;
  readonly task: Task | undefined;
  readonly findings: Finding[] = [];
  /** The result item and its control; fields of the paths below are relative to it. */
  index = 0;
  region: Fields;
  value: Fields;
  rule: ControlRule | undefined;
  object: ObjectDef | undefined;
  /** The Repeaters' indices in the item's name. */
  indices: readonly number[] = [];
  #counts = { error: 0, warning: 0 };
  #searches = 0;
  #offsets: TextOffsets | undefined;
  #dynamic = new Map<string, Set<string> | undefined>();

  constructor(book: Rulebook, task: Task | undefined) {
    this.book = book;
    this.task = task;
    this.region = this.value = Object.create(null) as Fields;
  }

  /** @returns false, so that a check can end with it */
  error(code: string, field: string, message: string, sdk = false): false {
    this.#add(code, field, message, 'error', sdk);
    return false;
  }

  /** @returns true: the value can be worked with */
  warn(code: string, field: string, message: string, sdk = false): true {
    this.#add(code, field, message, 'warning', sdk);
    return true;
  }

  #add(code: string, field: string, message: string, severity: Severity, sdk: boolean): void {
    if (++this.#counts[severity] > MOST_FINDINGS) return;
    // A field that begins with '/' belongs to the prediction, not to one of its results.
    const path = field.startsWith('/') ? field : `/result/${this.index}${field === '' ? '' : `/${field}`}`;
    this.findings.push({ code, path, message, severity, sdk });
  }

  /** All findings, with a word on those that were left out. */
  finish(): Finding[] {
    for (const severity of ['error', 'warning'] as const) {
      const more = this.#counts[severity] - MOST_FINDINGS;
      if (more > 0) {
        this.findings.push({ code: 'more', path: '/result', message: `${more} more like these`, severity, sdk: false });
      }
    }
    return this.findings;
  }

  /** What is wrong with a name: the name that came, the nearest match, what is known. */
  unknown(kind: string, name: unknown, known: Iterable<string>): string {
    if (this.#searches > 2 * MOST_FINDINGS) return `unknown ${kind}`;
    const names: string[] = [];
    let more = 0;
    for (const candidate of known) {
      if (names.length < MOST_NAMES) names.push(candidate);
      else more++;
    }
    this.#searches++;
    const [near] = typeof name === 'string' && this.#searches <= MOST_SEARCHES ? nearest(name, names) : [];
    const shown = names.slice(0, NAMES_SHOWN).map((candidate) => candidate.slice(0, 60));
    more += names.length - shown.length;
    return `unknown ${kind} ${show(name)}${near === undefined ? '' : `; did you mean ${show(near)}?`} (known: ${shown.join(', ') || 'none'}${more > 0 ? ` and ${more} more` : ''})`;
  }

  /** What the task has for the item's object; undefined where either is not known. */
  data(): unknown {
    const { task, object, rule } = this;
    if (task === undefined || object === undefined || rule === undefined) return undefined;
    return readObjectData(task.data, object, (name) => expandName(rule.def, name, this.indices));
  }

  /** The text behind the item's object, when the task holds it and not its URL. */
  text(): TextOffsets | undefined {
    const text = this.object?.valueType === 'url' ? undefined : this.data();
    if (typeof text !== 'string') return undefined;
    return this.offsetsOf(text);
  }

  /** Positions in a text. Many spans of one text share its table. */
  offsetsOf(text: string): TextOffsets {
    if (this.#offsets?.text !== text) this.#offsets = createTextOffsets(text);
    return this.#offsets;
  }

  /** Labels that the task brings along in a field; undefined where it does not. */
  dynamicLabels(field: string): Set<string> | undefined {
    if (this.task === undefined) return undefined;
    if (!this.#dynamic.has(field)) this.#dynamic.set(field, readDynamicLabels(this.task.data, field));
    return this.#dynamic.get(field);
  }
}
