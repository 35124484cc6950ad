/** Names of users' controls as code and comments can have them, whatever characters are in them. */

import type { ControlDef } from '../../../runtime/labeling/config.ts';
import { widthOf } from '../../../runtime/labeling/type-module.ts';

/** Past this, a label more says nothing new. */
const MOST_LABELS = 12;
const LONGEST = 90;
/** Lines with a method's name stay within what formatters allow. */
const MOST_COLUMNS = 44;

/** A method for each control: valid, each another, and none that the model class has already. */
export function nameMethods(controls: Iterable<ControlDef>): Map<ControlDef, string> {
  const taken = new Set(['predictRelations']);
  const names = new Map<ControlDef, string>();
  for (const control of controls) {
    const words = control.name
      .normalize('NFC')
      .split(/[^\p{ID_Continue}]+|_+/u)
      .filter((word) => word !== '');
    const title = (words.length > 0 ? words : [control.tag]).map(
      (word) => word.charAt(0).toUpperCase() + word.slice(1),
    );
    const stem = `predict${cut(title.join(''))}`;
    let name = stem;
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}`;
    taken.add(name);
    names.set(control, name);
  }
  return names;
}

function cut(name: string): string {
  let [shown, columns] = ['', 0];
  for (const character of name) {
    columns += widthOf(character);
    if (columns > MOST_COLUMNS) break;
    shown += character;
  }
  return shown;
}

/** On one line, and nothing that would end a comment or a cell of a table. */
export function plain(text: string): string {
  const line = text
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('*/', '* /')
    .trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : line;
}

/** <Labels name="entity">, as it stands in the labeling config. */
export function tagOf({ tag, name }: { tag: string; name: string }): string {
  return `<${tag} name="${plain(name)}">`;
}

/** The labels in lines of a comment; none where they come with the task or the tag has none. */
export function listLabels(labels: readonly string[]): string[] {
  const shown = labels.slice(0, MOST_LABELS).map(plain);
  const words = labels.length > MOST_LABELS ? [...shown, `and ${labels.length - MOST_LABELS} more`] : shown;
  const lines: string[] = [];
  for (const [at, word] of words.entries()) {
    const piece = at === words.length - 1 ? word : `${word},`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + piece.length < LONGEST) lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(piece);
  }
  return lines;
}
