/** What people marked in a text: names, and the words between two that they related. */

import type { Region } from './runtime/index.ts';

/** How the name on the left is related to the one on the right, and the labels of both. */
export interface Link {
  relations: string[];
  direction: 'left' | 'right' | 'bi';
  labels: [left: string, right: string];
}

export interface Marks {
  names: [name: string, label: string][];
  links: [between: string, link: Link][];
}

/** @param result of one annotation */
export function readMarks(text: string, result: Region[], control: string): Marks {
  // Stored offsets count whole characters, not UTF-16 units.
  const characters = [...text];
  const slice = (start: number, end: number) => characters.slice(start, end).join('').trim();
  const spans = result.flatMap(({ id, from_name, value }) => {
    const [start, end, label] = [Number(value?.start), Number(value?.end), String([value?.labels].flat()[0])];
    return from_name === control ? [{ id, start, end, label, name: slice(start, end) }] : [];
  });
  const links = result.flatMap(({ type, from_id, to_id, direction, labels = [] }): Marks['links'] => {
    const [from, to] = [from_id, to_id].map((id) => spans.find((span) => span.id === id));
    if (type !== 'relation' || !from || !to) return [];
    const [left, right] = from.start < to.start ? [from, to] : [to, from];
    const toLeft = (direction === 'left') !== (left === to);
    const link: Link = {
      relations: labels as string[],
      direction: direction === 'bi' ? 'bi' : toLeft ? 'left' : 'right',
      labels: [left.label, right.label],
    };
    return [[slice(left.end, right.start).toLowerCase(), link]];
  });
  return { names: spans.filter(({ name }) => name !== '').map(({ name, label }) => [name, label]), links };
}
