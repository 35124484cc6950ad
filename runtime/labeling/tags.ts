/** The table of control tags: one row each, read by the parser, the builders, the validator, the starters and the docs. */

import { SHAPES, type Unit, type ValueShape } from './value-shapes.ts';

export interface ControlTag {
  /** What results carry as `type`. */
  type: string;
  /** The key of `value` that holds the labels or the answer; null where a region is geometry alone. */
  labelKey: string | null;
  /** What stands under labelKey. */
  answer: Unit | null;
  /** The other fields of `value`. */
  shape: ValueShape;
  /** Object tags it may point to; 'any' of them, or 'self' for tags that answer to themselves. */
  objects: readonly string[] | 'any' | 'self';
  kind: 'classification' | 'region' | 'relation' | 'self' | 'unknown';
  /** Results carry original_width, original_height and image_rotation; in image lists item_index, too. */
  image: boolean;
  /** May describe a region instead of the whole object. */
  perRegion: boolean;
  /** The tag of its options. */
  option: 'Label' | 'Choice' | 'Bucket' | 'Relation' | null;
  availability: 'community' | 'starter' | 'enterprise' | 'unknown';
  /** Whether a server with prediction validation accepts this type at all. */
  validated: boolean;
}

const ROW = { image: false, perRegion: false, option: null, availability: 'community', validated: true } as const;
const ANSWER = { ...ROW, kind: 'classification', objects: 'any', shape: SHAPES.none } as const;
const DESCRIPTION = { ...ANSWER, perRegion: true } as const;
const REGION = { ...ROW, kind: 'region', labelKey: null, answer: null } as const;
const LABELED = { ...REGION, answer: 'labels', option: 'Label' } as const;
const IMAGE = { image: true, objects: ['Image'] } as const;
const VIDEO = { objects: ['Video'] } as const;
const SELF = { ...ROW, kind: 'self', objects: 'self', shape: SHAPES.none } as const;
const REFUSED = { validated: false } as const;
const STARTER = { availability: 'starter' } as const;
const ENTERPRISE = { availability: 'enterprise' } as const;

// biome-ignore format: a table is read by its rows
export const CONTROL_TAGS = {
  Choices: { ...DESCRIPTION, type: 'choices', labelKey: 'choices', answer: 'labels', option: 'Choice' },
  Taxonomy: { ...DESCRIPTION, type: 'taxonomy', labelKey: 'taxonomy', answer: 'paths', option: 'Choice' },
  TextArea: { ...DESCRIPTION, type: 'textarea', labelKey: 'text', answer: 'texts' },
  Rating: { ...DESCRIPTION, type: 'rating', labelKey: 'rating', answer: 'integer' },
  Number: { ...DESCRIPTION, type: 'number', labelKey: 'number', answer: 'number' },
  DateTime: { ...DESCRIPTION, type: 'datetime', labelKey: 'datetime', answer: 'date' },
  Pairwise: { ...ANSWER, type: 'pairwise', labelKey: 'selected', answer: 'side' },
  Ranker: { ...ANSWER, type: 'ranker', labelKey: 'ranker', answer: 'columns', objects: ['List'], option: 'Bucket' },

  // On Image and Video, Labels names what a tool beside it has drawn.
  Labels: { ...LABELED, type: 'labels', labelKey: 'labels', shape: SHAPES.span, objects: ['Text', 'HyperText', 'Audio', 'Image', 'Video'] },
  HyperTextLabels: { ...LABELED, type: 'hypertextlabels', labelKey: 'hypertextlabels', shape: SHAPES.hyperTextSpan, objects: ['HyperText'] },
  ParagraphLabels: { ...LABELED, type: 'paragraphlabels', labelKey: 'paragraphlabels', shape: SHAPES.paragraphSpan, objects: ['Paragraphs'] },
  TimeSeriesLabels: { ...LABELED, type: 'timeserieslabels', labelKey: 'timeserieslabels', shape: SHAPES.timeRange, objects: ['TimeSeries'] },
  OcrLabels: { ...LABELED, ...ENTERPRISE, type: 'ocrlabels', labelKey: 'ocrlabels', shape: SHAPES.pageBox, objects: ['Pdf'] },

  RectangleLabels: { ...LABELED, ...IMAGE, type: 'rectanglelabels', labelKey: 'rectanglelabels', shape: SHAPES.box },
  Rectangle: { ...REGION, ...IMAGE, type: 'rectangle', shape: SHAPES.box },
  EllipseLabels: { ...LABELED, ...IMAGE, type: 'ellipselabels', labelKey: 'ellipselabels', shape: SHAPES.ellipse },
  Ellipse: { ...REGION, ...IMAGE, type: 'ellipse', shape: SHAPES.ellipse },
  PolygonLabels: { ...LABELED, ...IMAGE, type: 'polygonlabels', labelKey: 'polygonlabels', shape: SHAPES.polygon },
  Polygon: { ...REGION, ...IMAGE, type: 'polygon', shape: SHAPES.polygon },
  KeyPointLabels: { ...LABELED, ...IMAGE, type: 'keypointlabels', labelKey: 'keypointlabels', shape: SHAPES.keyPoint },
  KeyPoint: { ...REGION, ...IMAGE, type: 'keypoint', shape: SHAPES.keyPoint },
  BrushLabels: { ...LABELED, ...IMAGE, type: 'brushlabels', labelKey: 'brushlabels', shape: SHAPES.mask },
  Brush: { ...REGION, ...IMAGE, type: 'brush', shape: SHAPES.mask },
  BitmaskLabels: { ...LABELED, ...IMAGE, ...REFUSED, type: 'bitmasklabels', labelKey: 'bitmasklabels', shape: SHAPES.bitmask },
  Bitmask: { ...REGION, ...IMAGE, ...REFUSED, type: 'bitmask', shape: SHAPES.bitmask },
  Magicwand: { ...REGION, ...IMAGE, ...REFUSED, type: 'magicwand', shape: SHAPES.mask },
  VectorLabels: { ...LABELED, ...IMAGE, type: 'vectorlabels', labelKey: 'vectorlabels', shape: SHAPES.vector },
  Vector: { ...REGION, ...IMAGE, ...REFUSED, type: 'vector', shape: SHAPES.vector },

  TimelineLabels: { ...LABELED, ...VIDEO, ...REFUSED, type: 'timelinelabels', labelKey: 'timelinelabels', shape: SHAPES.timeline },
  // Its labels come from the Labels control beside it.
  VideoRectangle: { ...REGION, ...VIDEO, type: 'videorectangle', labelKey: 'labels', answer: 'labels', shape: SHAPES.videoBox },
  VideoVector: { ...REGION, ...VIDEO, ...STARTER, type: 'videovector', shape: SHAPES.videoVector },
  VideoVectorLabels: { ...LABELED, ...VIDEO, ...STARTER, type: 'videovectorlabels', labelKey: 'labels', shape: SHAPES.videoVector },

  Relations: { ...ROW, type: 'relation', labelKey: 'labels', answer: 'labels', kind: 'relation', objects: [], shape: SHAPES.none, option: 'Relation' },
  Chat: { ...SELF, ...STARTER, type: 'chatmessage', labelKey: 'chatmessage', answer: 'message' },
  ReactCode: { ...SELF, ...ENTERPRISE, type: 'reactcode', labelKey: 'reactcode', answer: 'object' },
} as const satisfies Record<string, ControlTag>;

export type ControlTagName = keyof typeof CONTROL_TAGS;

/** The table's spelling of a tag: the editor ignores case, so that MagicWand and Magicwand are one. */
export function findTagName(tag: string): ControlTagName | undefined {
  if (Object.hasOwn(CONTROL_TAGS, tag)) return tag as ControlTagName;
  const lower = tag.toLowerCase();
  return (Object.keys(CONTROL_TAGS) as ControlTagName[]).find((name) => name.toLowerCase() === lower);
}

/** The row of a tag. A tag that the table lacks gets what holds for most: type and key are its name in lower case. */
export function findControlTag(tag: string): ControlTag {
  const name = findTagName(tag);
  if (name !== undefined) return CONTROL_TAGS[name];
  const type = tag.toLowerCase();
  return {
    ...ROW,
    type,
    labelKey: type,
    answer: null,
    shape: SHAPES.none,
    objects: 'any',
    kind: 'unknown',
    availability: 'unknown',
    validated: false,
  };
}
