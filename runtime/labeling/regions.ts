/** Builders of results: the author names control and label, the config supplies the rest and refuses what it lacks. */

import { randomBytes } from 'node:crypto';
import { fail, unknownName } from '../errors.ts';
import type { Region } from '../types.ts';
import { type Box, toBoxValue } from './boxes.ts';
import { checkLabels, checkTexts } from './chosen.ts';
import type { ControlDef, LabelConfig, ObjectDef } from './config.ts';
import type { ImageSize } from './image-size.ts';
import { type ControlTagName, findControlTag, findTagName } from './tags.ts';
import { createTextOffsets, type TextOffsets } from './text-offsets.ts';
import { type Span, toSpanValue } from './text-spans.ts';

export type { Box } from './boxes.ts';
export type { ImageSize } from './image-size.ts';
export type { Span } from './text-spans.ts';

export interface RegionOptions {
  /** Confidence, 0..1. */
  score?: number;
  /** The region's; 10 random characters unless given. A perRegion control needs it: the id of the region it describes. */
  id?: string;
  /** The object; needed where the control has several. */
  to?: string;
}

interface Content {
  /** What stands under the control's label key. */
  answer: unknown;
  /** The rest of the value. */
  geometry?: object;
  image?: ImageSize;
}

export class RegionBuilders {
  readonly config: LabelConfig;
  #offsets: TextOffsets | undefined;

  constructor(config: LabelConfig) {
    this.config = config;
  }

  /** @throws InputError with the known names */
  control(name: string): ControlDef {
    return this.config.controls.get(name) ?? fail(unknownName('control', name, this.config.controls.keys()));
  }

  /** The object that a control points to; of several, the first. @throws InputError when there is none */
  objectOf(control: string): ObjectDef {
    const { objects } = this.config;
    const { toName } = this.control(control);
    const name = toName.find((candidate) => objects.has(candidate)) ?? toName.join(',');
    return objects.get(name) ?? fail(`control '${control}': ${unknownName('object', name, objects.keys())}`);
  }

  /** What a control's results may carry: alias, else value, in document order. Labels that come with a task are not here. */
  labelsOf(control: string): string[] {
    return [...this.control(control).flat];
  }

  /** An answer to <Choices>: one label, or several where choice="multiple". @throws InputError */
  choices(control: string, label: string | readonly string[], options?: RegionOptions): Region {
    const def = this.#expect('Choices', control);
    return this.#region(def, { answer: checkLabels(def, label, def.attrs.choice !== 'multiple') }, options);
  }

  /** A span of text under <Labels>. Give the whole text: offsets are checked, and stored as code points. @throws InputError */
  labels(control: string, label: string | readonly string[], span: Span, options?: RegionOptions): Region {
    const def = this.#expect('Labels', control);
    const object = this.#target(def, options?.to);
    if (object.tag !== 'Text') {
      fail(`control '${control}': labels() marks spans of <Text>, but '${object.name}' is <${object.tag}>`);
    }
    // Many spans of one text share its table.
    if (this.#offsets?.text !== span.text) this.#offsets = createTextOffsets(span.text);
    const geometry = toSpanValue(span, this.#offsets);
    return this.#region(def, { geometry, answer: checkLabels(def, label, def.attrs.choice === 'single') }, options);
  }

  /** A box on an image under <RectangleLabels>, in pixels or in percent. @throws InputError */
  rectangleLabels(control: string, label: string | readonly string[], box: Box, options?: RegionOptions): Region {
    const def = this.#expect('RectangleLabels', control);
    const answer = checkLabels(def, label, def.attrs.choice === 'single');
    return this.#region(def, { geometry: toBoxValue(box), answer, image: box.image }, options);
  }

  /** Text for a <TextArea>: one entry or several. @throws InputError */
  textArea(control: string, text: string | readonly string[], options?: RegionOptions): Region {
    const def = this.#expect('TextArea', control);
    return this.#region(def, { answer: checkTexts(def, text) }, options);
  }

  #expect(tag: ControlTagName, name: string): ControlDef {
    const control = this.control(name);
    if (findTagName(control.tag) === tag) return control;
    return fail(`control '${name}' is <${control.tag}>, whose results differ in shape from those of <${tag}>`);
  }

  /** @throws InputError where the server would drop the result without a word */
  #target({ name, tag, toName }: ControlDef, to: string | undefined): ObjectDef {
    const { objects } = this.config;
    if (to === undefined && toName.length > 1) {
      fail(`control '${name}' is for several objects: say which in { to } (known: ${toName.join(', ')})`);
    }
    if (to !== undefined && !toName.includes(to)) fail(`control '${name}': ${unknownName('object', to, toName)}`);
    const target = to ?? toName[0] ?? name;
    const object = objects.get(target) ?? fail(`control '${name}': ${unknownName('object', target, objects.keys())}`);
    const allowed = findControlTag(tag).objects;
    if (typeof allowed !== 'string' && !allowed.includes(object.tag)) {
      fail(`control '${name}': <${tag}> is for ${allowed.join(', ')}, but '${target}' is <${object.tag}>`);
    }
    return object;
  }

  #region(control: ControlDef, { answer, geometry, image }: Content, options: RegionOptions = {}): Region {
    const { name, type, labelKey = type, perRegion } = control;
    const { score, id, to } = options;
    if (id !== undefined && !/^[\w-]+$/.test(id)) fail(`region id '${id}': only A-Z a-z 0-9 _ - are allowed`);
    if (id === undefined && perRegion) fail(`control '${name}' is perRegion: needs { id } of the region it describes`);
    if (score !== undefined && (typeof score !== 'number' || !(score >= 0 && score <= 1))) {
      fail(`control '${name}': score must be a number 0..1, got ${score}`);
    }
    return {
      id: id ?? createRegionId(),
      from_name: name,
      to_name: this.#target(control, to).name,
      type,
      value: { ...geometry, [labelKey]: answer },
      ...(score !== undefined && { score }),
      ...(image && { original_width: image.width, original_height: image.height, image_rotation: 0 }),
    };
  }
}

/** 10 characters of A-Z a-z 0-9 _ -, as the editor makes them: 60 random bits. */
export function createRegionId(): string {
  return randomBytes(8).toString('base64url').slice(0, 10);
}
