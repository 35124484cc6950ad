/** The values of results as types: what the table of control tags says of each tag, unit by unit. */

import type { CONTROL_TAGS, ControlTagName } from './tags.ts';
import type { ControlOf, LabelOf, ObjectTagOf, TagOf } from './typed.ts';
import type { SHAPES, Unit, ValueShape } from './value-shapes.ts';

interface XY {
  x: number;
  y: number;
}

/** A vertex of a vector, in percent. */
export interface Vertex extends XY {
  id: string;
  prevPointId: string | null;
  isBezier: boolean;
  controlPoint1?: XY;
  controlPoint2?: XY;
}

interface Keyframe {
  /** From 1 on. */
  frame: number;
  time?: number;
  enabled: boolean;
}

/** What a field holds, by its unit; a unit without a row does not compile. */
interface UnitTypes<Label extends string, ObjectTag> {
  labels: Label[];
  paths: Label[][];
  texts: string[];
  text: string;
  number: number;
  integer: number;
  boolean: boolean;
  date: string;
  side: 'left' | 'right';
  columns: Record<string, string[]>;
  message: { role: string; content: string; createdAt?: number };
  object: Record<string, unknown>;
  percent: number;
  fraction: number;
  degrees: number;
  points: [x: number, y: number][];
  vertices: Vertex[];
  rle: 'rle';
  bytes: number[];
  png: string;
  position: ObjectTag extends 'HyperText' ? string : number;
  xpath: string;
  offset: number;
  offsets: { start: number; end: number };
  item: string;
  time: number | string;
  seconds: number;
  frames: number;
  ranges: { start: number; end: number }[];
  boxes: (Keyframe & XY & { width: number; height: number; rotation: number })[];
  shapes: (Keyframe & { vertices: Vertex[]; closed: boolean })[];
}

type Fields<Shape extends ValueShape, Label extends string, ObjectTag> = {
  -readonly [Field in keyof Shape as Field extends `${infer Name}?` ? Name : Field]?: UnitTypes<
    Label,
    ObjectTag
  >[Shape[Field]];
};

/** The label key, with the labels or the answer. */
type Answer<Tag extends ControlTagName, Label extends string> = (typeof CONTROL_TAGS)[Tag] extends {
  labelKey: infer Key extends string;
  answer: infer Kind extends Unit;
}
  ? { [K in Key]?: UnitTypes<Label, unknown>[Kind] }
  : unknown;

/** The shape of a result: with <Labels>, that of what they mark. */
type ShapeOf<Tag extends ControlTagName, ObjectTag> = Tag extends 'Labels'
  ? ObjectTag extends 'HyperText'
    ? Fields<(typeof SHAPES)['hyperTextSpan'], never, ObjectTag>
    : ObjectTag extends 'Audio'
      ? Fields<(typeof SHAPES)['span'], never, ObjectTag> & { channel?: number }
      : ObjectTag extends 'Image' | 'Video'
        ? Place
        : Fields<(typeof SHAPES)['span'], never, ObjectTag>
  : Fields<(typeof CONTROL_TAGS)[Tag]['shape'], never, ObjectTag>;

/** Where any region is: results that describe a region repeat its place. */
type Place = { [Name in PlaceField]?: PlaceValue<keyof typeof SHAPES, Name> };
type PlaceValue<Shape extends keyof typeof SHAPES, Name> = Shape extends unknown
  ? Name extends keyof Fields<(typeof SHAPES)[Shape], never, unknown>
    ? NonNullable<Fields<(typeof SHAPES)[Shape], never, unknown>[Name]>
    : never
  : never;
type PlaceField = {
  [Shape in keyof typeof SHAPES]: keyof Fields<(typeof SHAPES)[Shape], never, unknown>;
}[keyof typeof SHAPES];

/** One object of all its parts, spelled out in the editor. */
type Merged<Parts> = Parts extends infer Whole ? { [Field in keyof Whole]: Whole[Field] } : never;

type ValueOfTag<N extends string, Tag extends ControlTagName> = Tag extends unknown
  ? Merged<
      Answer<Tag, LabelOf<N>> &
        ShapeOf<Tag, ObjectTagOf<N>> &
        (ControlOf<N> extends { perRegion: true } ? Omit<Place, keyof Answer<Tag, string>> : unknown)
    >
  : never;

/**
 * The `value` of a control's results. All fields are optional, since results come from outside, and may be older than the
 * config: a label of an answer can have been renamed since, which isLabel() tells.
 */
export type ValueOf<N extends string> =
  ControlOf<N> extends { tag: ControlTagName } ? ValueOfTag<N, TagOf<N>> : Record<string, unknown>;
