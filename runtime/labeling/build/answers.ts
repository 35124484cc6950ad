/** Builders for answers about a whole object or a region: choices, texts, numbers, rankings. */

import { fail, unknownName } from '../../errors.ts';
import type { Region } from '../../types.ts';
import type { ControlDef } from '../config.ts';
import { dateFormatOf, fitsDateFormat, formatDate } from '../date-format.ts';
import { rulebookOf } from '../rulebook.ts';
import type { ControlArg, LabelArg, Labels, PathArg, Paths, RankingArg, RelationArg } from '../typed.ts';
import { checkLabels, checkTexts } from './chosen.ts';
import { DeclaredNames } from './declared.ts';
import { createRegion, createRegionId, expectControl, type RegionOptions } from './region-parts.ts';

export interface Message {
  role: 'user' | 'assistant' | 'system' | 'tool' | 'developer';
  content: string;
  /** Milliseconds since 1970. */
  createdAt?: number;
}

export interface RelationOptions<L extends Labels = Labels> {
  direction?: 'left' | 'right' | 'bi';
  /** What <Relations> declares. */
  labels?: RelationArg<L>;
}

export class AnswerBuilders extends DeclaredNames {
  /** An answer to <Choices>: one label, or several where choice="multiple". @throws InputError */
  choices<N extends string, const L extends Labels>(
    control: ControlArg<N, 'Choices'>,
    label: LabelArg<N, L>,
    options?: RegionOptions,
  ): Region {
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
  nestedChoices<N extends string, const P extends Paths>(
    control: ControlArg<N, 'Choices'>,
    paths: PathArg<N, P>,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'Choices');
    if (def.attrs.choice !== 'multiple' && paths.length > 1) {
      fail(`control '${control}' takes one path (choice="multiple" would allow more), got ${paths.length}`);
    }
    return createRegion(this.config, control, { answer: this.#paths(def, paths) }, options);
  }

  /** Paths of a <Taxonomy>, each from the root on: [['Animal', 'Bird'], ['Plant']]. @throws InputError */
  taxonomy<N extends string, const P extends Paths>(
    control: ControlArg<N, 'Taxonomy'>,
    paths: PathArg<N, P>,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'Taxonomy');
    const most = Number.parseInt(def.attrs.maxUsages ?? '', 10);
    if (paths.length > most) fail(`control '${control}' takes at most ${most} paths (maxUsages), got ${paths.length}`);
    return createRegion(this.config, control, { answer: this.#paths(def, paths) }, options);
  }

  #paths(def: ControlDef, paths: Paths): string[][] {
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
  textArea<N extends string>(
    control: ControlArg<N, 'TextArea'>,
    text: string | readonly string[],
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'TextArea');
    return createRegion(this.config, control, { answer: checkTexts(def, text) }, options);
  }

  /** Stars, 1 to maxRating. @throws InputError */
  rating<N extends string>(control: ControlArg<N, 'Rating'>, stars: number, options?: RegionOptions): Region {
    const def = expectControl(this.config, control, 'Rating');
    const most = Number.parseInt(def.attrs.maxRating ?? '', 10) || 5;
    if (!Number.isInteger(stars) || stars < 1 || stars > most) {
      fail(`control '${control}': a rating is a whole number, 1 to ${most} (maxRating), got ${stars}`);
    }
    return createRegion(this.config, control, { answer: stars }, options);
  }

  /** A quantity within min and max. @throws InputError */
  number<N extends string>(control: ControlArg<N, 'Number'>, quantity: number, options?: RegionOptions): Region {
    const { min, max } = expectControl(this.config, control, 'Number').attrs;
    const [least, most] = [min ? Number(min) : Number.NEGATIVE_INFINITY, max ? Number(max) : Number.POSITIVE_INFINITY];
    if (!Number.isFinite(quantity) || quantity < least || quantity > most) {
      fail(`control '${control}': needs a finite number ${least} to ${most}, got ${quantity}`);
    }
    return createRegion(this.config, control, { answer: quantity }, options);
  }

  /** A date as text in the tag's format, or a Date, whose UTC parts are taken. @throws InputError */
  dateTime<N extends string>(control: ControlArg<N, 'DateTime'>, date: string | Date, options?: RegionOptions): Region {
    const format = dateFormatOf(expectControl(this.config, control, 'DateTime').attrs);
    const text = typeof date === 'string' ? date : formatDate(date, format);
    if (!fitsDateFormat(text, format))
      fail(`control '${control}': needs a date in the format ${format}, got '${text}'`);
    return createRegion(this.config, control, { answer: text }, options);
  }

  /** Which of two objects: 'left' is the first in toName. @throws InputError */
  pairwise<N extends string>(
    control: ControlArg<N, 'Pairwise'>,
    selected: 'left' | 'right',
    options?: RegionOptions,
  ): Region {
    expectControl(this.config, control, 'Pairwise');
    if (selected !== 'left' && selected !== 'right')
      fail(`control '${control}': needs 'left' or 'right', got '${selected}'`);
    return createRegion(this.config, control, { answer: selected }, options);
  }

  /** Item ids in order, best first; by bucket where the <Ranker> has buckets ('_' for what is in none). @throws InputError */
  ranker<N extends string>(control: ControlArg<N, 'Ranker'>, ranking: RankingArg<N>, options?: RegionOptions): Region {
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
  chatMessage<N extends string>(control: ControlArg<N, 'Chat'>, message: Message, options?: RegionOptions): Region {
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
  reactCode<N extends string>(
    control: ControlArg<N, 'ReactCode'>,
    answer: Record<string, unknown>,
    options?: RegionOptions,
  ): Region {
    expectControl(this.config, control, 'ReactCode');
    return createRegion(this.config, control, { answer: { ...answer } }, options);
  }

  /** Two regions of the same prediction, related. @throws InputError for labels that <Relations> does not declare */
  relation<const L extends Labels = never>(
    from: Region | string,
    to: Region | string,
    { direction = 'right', labels }: RelationOptions<L> = {},
  ): Region {
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
}
