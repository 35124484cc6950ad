/** How a stub comes by the data of a task: one line where that is possible, else a field that the author fills in. */

import type { ControlDef, ObjectDef } from '../../../runtime/labeling/config.ts';
import { isVariable } from '../sample-tasks.ts';
import type { Need } from './table.ts';

export interface Data {
  /** Before all else. */
  before: string[];
  /** Before the model is asked; within the loop over a list of files. */
  lines: string[];
  /** What the model is given. */
  input: string;
  /** What the builder needs and the stub cannot read. */
  found: Record<string, string>;
  /** It is a list: one turn for each `item`, the file at `url`. */
  each: boolean;
}

/** Objects whose data is the URL of a file. */
const FILES = ['Image', 'Audio', 'AudioPlus', 'Video', 'Pdf'];

const TYPES = {
  text: 'string',
  page: "ReturnType<WOWAIML['readHtml']>",
  dialogue: 'unknown[]',
  image: 'ImageSize',
} as const satisfies Record<Need, string>;

const URL = ['// The bytes of the file: await this.readFile(url)', 'const url = this.taskText(task, control);'];

/** @param how about: the result describes a region; apart: one of several objects is meant, or one row of many */
export function readData(
  control: ControlDef,
  object: ObjectDef,
  needs: Need | undefined,
  how: { about: boolean; apart: boolean },
): Data {
  const data = { before: [], lines: [], found: {}, each: false };
  if (how.apart || !isVariable(object) || control.tag === 'Pairwise') {
    const found = needs === undefined ? {} : { [needs]: TYPES[needs] };
    return { ...data, found, input: how.about ? 'task.data, region' : 'task.data' };
  }
  if (how.about) return { ...data, ...readPlain(object), input: `${readPlain(object).input}, region` };
  switch (needs) {
    case 'image':
      return object.listKey === undefined
        ? {
            ...data,
            lines: ['const image = readImage(await this.readFile(this.taskText(task, control)));'],
            input: 'image',
          }
        : {
            ...data,
            before: ['const urls = this.taskValue(task, control) as string[];'],
            lines: ['const image = readImage(await this.readFile(url));'],
            input: 'image',
            each: true,
          };
    case 'page':
      return { ...data, lines: [`const page = this.readHtml(${textOf(object)});`], input: 'page.text' };
    case 'dialogue':
      return { ...data, lines: ['const dialogue = this.taskValue(task, control) as unknown[];'], input: 'dialogue' };
    case 'text':
      return { ...data, lines: [`const text = ${textOf(object)};`], input: 'text' };
    default:
      return { ...data, ...readPlain(object) };
  }
}

function readPlain(object: ObjectDef): Pick<Data, 'lines' | 'input'> {
  if (object.listKey === undefined && FILES.includes(object.tag)) return { lines: URL, input: 'url' };
  if (object.listKey === undefined && object.tag === 'Text') {
    return { lines: [`const text = ${textOf(object)};`], input: 'text' };
  }
  return { lines: ['const data = this.taskValue(task, control);'], input: 'data' };
}

function textOf({ valueType }: ObjectDef): string {
  const text = 'this.taskText(task, control)';
  return valueType === 'url' ? `new TextDecoder().decode(await this.readFile(${text}))` : text;
}
