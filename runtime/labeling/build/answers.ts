/** Builders for answers about a whole object or a region: choices, texts, numbers, rankings. */

import { fail, unknownName } from '../../errors.ts';
import type { Region } from '../../types.ts';
import type { ControlDef, LabelConfig, ObjectDef } from '../config.ts';
import { dateFormatOf, fitsDateFormat } from '../date-format.ts';
import { rulebookOf } from '../rulebook.ts';
import { checkLabels, checkTexts } from './chosen.ts';
import {
  createRegion,
  createRegionId,
  expectControl,
  findControl,
  findTarget,
  type RegionOptions,
} from './region-parts.ts';

export interface Message {
  role: 'user' | 'assistant' | 'system' | 'tool' | 'developer';
  content: string;
  /** Milliseconds since 1970. */
  createdAt?: number;
}

export interface RelationOptions {
  direction?: 'left' | 'right' | 'bi';
  /** What <Relations> declares. */
  labels?: string | readonly string[];
}

export class AnswerBuilders {
  readonly config: LabelConfig;

  constructor(config: LabelConfig) {
    this.config = config;
  }

  /** @throws InputError with the known names */
  control(name: string): ControlDef {
    return findControl(this.config, name).control;
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
    const def = expectControl(this.config, control, 'Choices');
    if (def.attrs.allowNested === 'true') {
      fail(`control '${control}' is allowNested: its answers are paths, pass them to nestedChoices()`);
    }
    return createRegion(
      this.config,
      control,
      { answer: checkLabels(def, label, def.attrs.choice !== 'multiple') },
      options,
    );
  }

  /** An answer to <Choices allowNested="true">: paths from the outermost choice on. @throws InputError */
  nestedChoices(control: string, paths: readonly (readonly string[])[], options?: RegionOptions): Region {
    const def = expectControl(this.config, control, 'Choices');
    if (def.attrs.choice !== 'multiple' && paths.length > 1) {
      fail(`control '${control}' takes one path (choice="multiple" would allow more), got ${paths.length}`);
    }
    return createRegion(this.config, control, { answer: this.#paths(def, paths) }, options);
  }

  /** Paths of a <Taxonomy>, each from the root on: [['Animal', 'Bird'], ['Plant']]. @throws InputError */
  taxonomy(control: string, paths: readonly (readonly string[])[], options?: RegionOptions): Region {
    const def = expectControl(this.config, control, 'Taxonomy');
    const most = Number.parseInt(def.attrs.maxUsages ?? '', 10);
    if (paths.length > most) fail(`control '${control}' takes at most ${most} paths (maxUsages), got ${paths.length}`);
    return createRegion(this.config, control, { answer: this.#paths(def, paths) }, options);
  }

  #paths(def: ControlDef, paths: readonly (readonly string[])[]): string[][] {
    const where = `control '${def.name}'`;
    if (paths.length === 0) fail(`${where}: at least one path is needed; leave the region out where there is none`);
    if (new Set(paths.map((path) => JSON.stringify(path))).size < paths.length) fail(`${where}: a path is given twice`);
    for (const path of paths) {
      if (!Array.isArray(path) || path.length === 0) fail(`${where}: a path is a list of labels, root first`);
      let level = rulebookOf(this.config).ruleOf(def).tree();
      for (const [at, name] of path.entries()) {
        if (def.dynamic) continue;
        const node = level.get(name);
        if (node === undefined)
          return fail(
            `${where}: ${unknownName(at === 0 ? 'label' : `label below '${path[at - 1]}'`, name, level.keys())}`,
          );
        level = node.children;
      }
      if (def.attrs.leafsOnly === 'true' && level.size > 0)
        fail(`${where} is leafsOnly: '${path.join(' / ')}' has labels below it`);
    }
    return paths.map((path) => [...path]);
  }

  /** Text for a <TextArea>: one entry or several. @throws InputError */
  textArea(control: string, text: string | readonly string[], options?: RegionOptions): Region {
    const def = expectControl(this.config, control, 'TextArea');
    return createRegion(this.config, control, { answer: checkTexts(def, text) }, options);
  }

  /** Stars, 1 to maxRating. @throws InputError */
  rating(control: string, stars: number, options?: RegionOptions): Region {
    const def = expectControl(this.config, control, 'Rating');
    const most = Number.parseInt(def.attrs.maxRating ?? '', 10) || 5;
    if (!Number.isInteger(stars) || stars < 1 || stars > most) {
      fail(`control '${control}': a rating is a whole number, 1 to ${most} (maxRating), got ${stars}`);
    }
    return createRegion(this.config, control, { answer: stars }, options);
  }

  /** A quantity within min and max. @throws InputError */
  number(control: string, quantity: number, options?: RegionOptions): Region {
    const { min, max } = expectControl(this.config, control, 'Number').attrs;
    const [least, most] = [min ? Number(min) : Number.NEGATIVE_INFINITY, max ? Number(max) : Number.POSITIVE_INFINITY];
    if (!Number.isFinite(quantity) || quantity < least || quantity > most) {
      fail(`control '${control}': needs a finite number ${least} to ${most}, got ${quantity}`);
    }
    return createRegion(this.config, control, { answer: quantity }, options);
  }

  /** A date as text in the tag's format, or a Date, whose UTC parts are taken. @throws InputError */
  dateTime(control: string, date: string | Date, options?: RegionOptions): Region {
    const format = dateFormatOf(expectControl(this.config, control, 'DateTime').attrs);
    const text = typeof date === 'string' ? date : formatDate(date, format);
    if (!fitsDateFormat(text, format))
      fail(`control '${control}': needs a date in the format ${format}, got '${text}'`);
    return createRegion(this.config, control, { answer: text }, options);
  }

  /** Which of two objects: 'left' is the first in toName. @throws InputError */
  pairwise(control: string, selected: 'left' | 'right', options?: RegionOptions): Region {
    expectControl(this.config, control, 'Pairwise');
    if (selected !== 'left' && selected !== 'right')
      fail(`control '${control}': needs 'left' or 'right', got '${selected}'`);
    return createRegion(this.config, control, { answer: selected }, options);
  }

  /** Item ids in order, best first; by bucket where the <Ranker> has buckets ('_' for what is in none). @throws InputError */
  ranker(
    control: string,
    ranking: readonly string[] | Record<string, readonly string[]>,
    options?: RegionOptions,
  ): Region {
    const { buckets } = expectControl(this.config, control, 'Ranker');
    const columns = Array.isArray(ranking) ? { [control]: ranking } : (ranking as Record<string, readonly string[]>);
    const known = buckets === undefined ? [control] : [...buckets.map(({ name }) => name), '_'];
    const seen = new Set<string>();
    for (const [column, ids] of Object.entries(columns)) {
      if (!known.includes(column)) fail(`control '${control}': ${unknownName('bucket', column, known)}`);
      for (const id of ids) {
        if (typeof id !== 'string') fail(`control '${control}': item ids are text, got ${JSON.stringify(id)}`);
        if (seen.has(id)) fail(`control '${control}': item '${id}' is ranked twice`);
        seen.add(id);
      }
    }
    return createRegion(this.config, control, { answer: columns }, options);
  }

  /** A message of a <Chat>. @throws InputError */
  chatMessage(control: string, message: Message, options?: RegionOptions): Region {
    expectControl(this.config, control, 'Chat');
    const { role, content, createdAt } = message;
    if (typeof role !== 'string' || typeof content !== 'string')
      fail(`control '${control}': a message needs role and content`);
    if (createdAt !== undefined && !Number.isInteger(createdAt)) {
      fail(`control '${control}': createdAt is whole milliseconds, got ${createdAt}`);
    }
    return createRegion(this.config, control, { answer: { ...message } }, options);
  }

  /** What a <ReactCode> shows and gives back. @throws InputError */
  reactCode(control: string, answer: Record<string, unknown>, options?: RegionOptions): Region {
    expectControl(this.config, control, 'ReactCode');
    return createRegion(this.config, control, { answer: { ...answer } }, options);
  }

  /** Two regions of the same prediction, related. @throws InputError for labels that <Relations> does not declare */
  relation(from: Region | string, to: Region | string, { direction = 'right', labels }: RelationOptions = {}): Region {
    const idOf = (region: Region | string): string =>
      (typeof region === 'string' ? region : region.id) ?? fail('a relation needs regions with ids');
    const { relationLabels } = this.config;
    const given = labels === undefined ? [] : typeof labels === 'string' ? [labels] : [...labels];
    for (const label of given) {
      if (!relationLabels.includes(label)) fail(unknownName('relation label', label, relationLabels));
    }
    const [from_id, to_id] = [idOf(from), idOf(to)];
    return { type: 'relation', from_id, to_id, direction, ...(given.length > 0 && { labels: given }) };
  }

  /** A new id, for results that share one. */
  regionId(): string {
    return createRegionId();
  }

  /** The object that a control's results will name. @throws InputError */
  targetOf(control: string, to?: string): ObjectDef {
    return findTarget(this.config, control, to).object;
  }
}

function formatDate(date: Date, format: string): string {
  if (Number.isNaN(date.getTime())) fail('an invalid Date');
  const iso = date.toISOString();
  const parts: Record<string, string> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
  };
  return format.replace(
    /%([A-Za-z%])/g,
    (directive, letter: string) => parts[letter] ?? fail(`a Date cannot be written as ${directive}: pass text`),
  );
}
