/** What the types know of the labeling config: empty here, filled in by the project's label-config.d.ts. */

import type { ControlTagName } from './tags.ts';

/** Written anew by `npm run types` from label-config.xml: controls, objects, relations, data. Without it every name is a string. */
// biome-ignore lint/suspicious/noEmptyInterface: the project's label-config.d.ts adds to it
export interface TypedConfig {}

/** What the config declares under a name, if anything. */
type Declared<Key extends string, Otherwise> = TypedConfig extends { [K in Key]: infer Known } ? Known : Otherwise;

type Controls = Declared<'controls', object>;
type Objects = Declared<'objects', object>;

/** The control of this name, as label-config.d.ts has it; unknown where the name is any string. */
export type ControlOf<N extends string> = N extends keyof Controls ? Controls[N] : unknown;

/** Names of the controls that have one of the tags. */
export type ControlName<Tag extends string = string> = TypedConfig extends { controls: unknown }
  ? string & { [N in keyof Controls]: Controls[N] extends { tag: Tag } ? N : never }[keyof Controls]
  : string;

/** No control of label-config.xml has this tag. */
export type NoControl<Tag extends string> = string & { readonly 'missing in label-config.xml': Tag };

/** What a builder takes as control: a literal is held against label-config.xml, a plain string when it runs. */
export type ControlArg<N extends string, Tag extends string = string> = string extends N
  ? N
  : [ControlName<Tag>] extends [never]
    ? NoControl<Tag>
    : ControlName<Tag>;

/** The labels that results of a control may carry; string where they come with the task. */
export type LabelOf<N extends string> = LabelIn<ControlOf<N>>;
type LabelIn<Control> = Control extends { labels: infer Label extends string }
  ? Label
  : unknown extends Control
    ? string
    : never;

/** Controls whose labels all stand in label-config.xml. */
export type FixedControl = {
  [N in ControlName]: string extends LabelOf<N> ? never : string extends N ? never : N;
}[ControlName];

export type Labels = string | readonly string[];

/**
 * One of the `Known`, or a list of them; plain strings are held against the config when it runs, and so is '', which
 * models write for what cannot be: labels[0] ?? ''.
 */
type Choice<Known extends string, Given> = string extends Given
  ? Given
  : Given extends string
    ? Known | (Given & '')
    : Given extends readonly (infer Item)[]
      ? string extends Item
        ? Given
        : readonly Known[]
      : Known;

/** What a builder takes as label: one, or several. */
export type LabelArg<N extends string, Given extends Labels> = Choice<LabelOf<N>, Given>;

export type Paths = readonly (readonly string[])[];

/** What a builder takes as paths, each from the root on. */
export type PathArg<N extends string, Given extends Paths> = string extends Given[number][number]
  ? Given
  : readonly (readonly LabelOf<N>[])[];

/** The buckets of a <Ranker>, and '_' for what is in none; the control's own name where it has no buckets. */
export type BucketOf<N extends string> =
  ControlOf<N> extends { buckets: infer Buckets extends string }
    ? Buckets | '_'
    : unknown extends ControlOf<N>
      ? string
      : N;

/** Item ids in order, or by bucket. */
export type RankingArg<N extends string> = readonly string[] | { readonly [Bucket in BucketOf<N>]?: readonly string[] };

/** What <Relations> declares. */
export type RelationLabel = Declared<'relations', string>;
export type RelationArg<Given extends Labels> = Choice<RelationLabel & string, Given>;

/** The objects that a control is for; any text is taken, since literals of Repeaters are many. */
export type ObjectArg<N extends string> =
  | (ControlOf<N> extends { to: infer To extends string } ? To : string)
  | (string & {});

/** The tags of the objects that a control is for. */
export type ObjectTagOf<N extends string> =
  ControlOf<N> extends { to: infer To } ? Objects[To & keyof Objects] : string;

/** The tag of a control; any where the name is any string. */
export type TagOf<N extends string> =
  ControlOf<N> extends { tag: infer Tag extends ControlTagName } ? Tag : ControlTagName;

/** The task data that label-config.xml names, and whatever else a task carries. */
export type TaskData = Record<string, unknown> & Declared<'data', unknown>;
