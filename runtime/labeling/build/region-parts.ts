/** What every builder of results does: find the control, hold it against its tag, and put the result together. */

import { randomUUID } from 'node:crypto';
import { fail, unknownName } from '../../errors.ts';
import type { Region } from '../../types.ts';
import type { ControlDef, LabelConfig, ObjectDef } from '../config.ts';
import { expandName, type RepeatedName } from '../repeaters.ts';
import { rulebookOf } from '../rulebook.ts';
import { type ControlTagName, findControlTag, findTagName } from '../tags.ts';
import type { ImageSize } from './image-size.ts';

export interface RegionOptions {
  /** Confidence, 0..1. */
  score?: number;
  /** The region's; 10 random characters unless given. */
  id?: string;
  /** The object; needed where the control has several. */
  to?: string;
  /** The region that this result describes, for perRegion controls: its id and its place are taken over. */
  about?: Region;
  /** Which image of a list (valueList), or which item (perItem): counts from 0. */
  item?: number;
  /** The region above this one in the editor's outline. */
  parent?: Region | string;
}

export interface Content {
  /** What stands under the control's label key; left out where there is none. */
  answer?: unknown;
  /** The rest of the value. */
  geometry?: object;
  image?: ImageSize;
  /** Fields beside the value. */
  beside?: Record<string, unknown>;
}

/** A control by the name that results give it: 'tag_{{idx}}' of a Repeater is asked for as 'tag_0'. @throws InputError */
export function findControl(config: LabelConfig, name: string): RepeatedName {
  const control = config.controls.get(name);
  if (control !== undefined) return { control, indices: [] };
  return rulebookOf(config).repeated?.find(name) ?? fail(unknownName('control', name, config.controls.keys()));
}

/** The same, of a tag that the builder is for. @throws InputError */
export function expectControl(config: LabelConfig, name: string, ...tags: ControlTagName[]): ControlDef {
  const { control } = findControl(config, name);
  const tag = findTagName(control.tag);
  if (tag !== undefined && tags.includes(tag)) return control;
  const expected = tags.map((one) => `<${one}>`).join(' or ');
  return fail(`control '${name}' is <${control.tag}>, whose results differ in shape from those of ${expected}`);
}

/** The object of a result, and its name there. @throws InputError where the server would drop the result without a word */
export function findTarget(config: LabelConfig, name: string, to?: string): { object: ObjectDef; name: string } {
  const { control, indices } = findControl(config, name);
  const { tag, toName } = control;
  const { objects } = config;
  const names = toName.map((candidate) => expandName(control, candidate, indices));
  const allowed = findControlTag(tag).objects;
  // Pairwise is about both; servers want the first.
  if (to === undefined && names.length > 1 && findTagName(tag) !== 'Pairwise') {
    fail(`control '${name}' is for several objects: say which in { to } (known: ${names.join(', ')})`);
  }
  if (to !== undefined && !names.includes(to)) fail(`control '${name}': ${unknownName('object', to, names)}`);
  const target = to ?? names[0] ?? name;
  const template = toName[names.indexOf(target)] ?? target;
  const object = objects.get(template) ?? fail(`control '${name}': ${unknownName('object', target, objects.keys())}`);
  if (typeof allowed !== 'string' && !allowed.includes(object.tag)) {
    fail(`control '${name}': <${tag}> is for ${allowed.join(', ')}, but '${target}' is <${object.tag}>`);
  }
  return { object, name: target };
}

/** `name` is the control's as results give it. @throws InputError */
export function createRegion(config: LabelConfig, name: string, content: Content, options: RegionOptions = {}): Region {
  const { type, labelKey, perRegion, perItem } = findControl(config, name).control;
  const { answer, geometry, image, beside } = content;
  const { score, about, item, parent } = options;
  const id = options.id ?? about?.id;
  if (id !== undefined && !/^[\w-]+$/.test(id)) fail(`region id '${id}': only A-Z a-z 0-9 _ - are allowed`);
  if (id === undefined && (perRegion || about !== undefined)) {
    fail(`control '${name}' is perRegion: needs the region it describes, { about } or its { id }`);
  }
  if (score !== undefined && (typeof score !== 'number' || !(score >= 0 && score <= 1))) {
    fail(`control '${name}': score must be a number 0..1, got ${score}`);
  }
  const { object, name: to_name } = findTarget(config, name, options.to ?? about?.to_name);
  if (item !== undefined && !(Number.isInteger(item) && item >= 0))
    fail(`item must be a whole number from 0 on, got ${item}`);
  if (item === undefined && about === undefined && (perItem || (image !== undefined && object.listKey !== undefined))) {
    fail(`control '${name}' is for one of several ${object.tag.toLowerCase()}s: say which in { item }`);
  }
  return {
    id: id ?? createRegionId(),
    from_name: name,
    to_name,
    type,
    value: {
      ...(about && placeOf(config, about)),
      ...geometry,
      ...(answer !== undefined && { [labelKey ?? type]: answer }),
    },
    ...(score !== undefined && { score }),
    ...(about && besideOf(about)),
    ...(image && { original_width: image.width, original_height: image.height, image_rotation: 0 }),
    ...beside,
    ...(item !== undefined && { item_index: item }),
    ...(parent !== undefined && { parentID: typeof parent === 'string' ? parent : parent.id }),
  };
}

/** A region's geometry: the editor writes it into each result about the region. */
export function placeOf(config: LabelConfig, { from_name = '', value }: Region): Record<string, unknown> {
  const { [findControl(config, from_name).control.labelKey ?? '']: _, ...place } = value ?? {};
  return place;
}

const BESIDE = ['original_width', 'original_height', 'image_rotation', 'item_index', 'original_length'];

function besideOf(region: Region): Record<string, unknown> {
  return Object.fromEntries(BESIDE.filter((key) => region[key] !== undefined).map((key) => [key, region[key]]));
}

/** 10 characters, as many as the editor makes: 40 random bits, from the generator that costs least per region. */
export function createRegionId(): string {
  return randomUUID().slice(24, 34);
}
