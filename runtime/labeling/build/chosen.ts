/** Labels and texts that an author passes to a builder, held against the config. */

import { fail, unknownName } from '../../errors.ts';
import type { ControlDef } from '../config.ts';

/**
 * The labels as a list, each one declared, none twice, as many as the control's `choice` allows.
 * @throws InputError; a value whose label has an alias is answered with the alias
 */
export function checkLabels(control: ControlDef, label: string | readonly string[], single: boolean): string[] {
  const labels = typeof label === 'object' ? [...label] : [label];
  const where = `control '${control.name}'`;
  if (labels.length === 0) fail(`${where}: at least one label is needed; leave the region out where there is none`);
  if (single && labels.length > 1) {
    fail(`${where} takes one label (choice="multiple" would allow more), got ${labels.length}: ${labels.join(', ')}`);
  }
  const seen = new Set<string>();
  for (const name of labels) {
    if (typeof name !== 'string' || name === '') fail(`${where}: a label must be text, got ${JSON.stringify(name)}`);
    if (seen.has(name)) fail(`${where}: label '${name}' is given twice`);
    seen.add(name);
    // Labels that come with the task are not known here.
    if (control.known.has(name) || control.dynamic) continue;
    const alias = findAlias(control, name);
    fail(
      alias === undefined
        ? `${where}: ${unknownName('label', name, control.flat)}`
        : `${where}: '${name}' is shown to people, results carry its alias '${alias}'`,
    );
  }
  return labels;
}

function findAlias(control: ControlDef, value: string): string | undefined {
  const pending = [...control.labels];
  for (let label = pending.pop(); label !== undefined; label = pending.pop()) {
    if (label.value === value) return label.key;
    for (const child of label.children) pending.push(child);
  }
  return undefined;
}

/** The entries as a list: text, at least one, at most maxSubmissions. @throws InputError */
export function checkTexts(control: ControlDef, text: string | readonly string[]): string[] {
  const texts = typeof text === 'object' ? [...text] : [text];
  const where = `control '${control.name}'`;
  const limit = Number.parseInt(control.attrs.maxSubmissions ?? '', 10);
  if (texts.length === 0) fail(`${where}: at least one text is needed; leave the region out where there is none`);
  if (texts.length > limit) fail(`${where} takes at most ${limit} texts (maxSubmissions), got ${texts.length}`);
  for (const entry of texts) {
    if (typeof entry !== 'string') fail(`${where}: an entry must be text, got ${JSON.stringify(entry)}`);
  }
  return texts;
}
