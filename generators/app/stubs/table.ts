/** What the stub of each control tag has a model find, and how results are built from that. */

import type { ControlDef, LabelConfig, ObjectDef } from '../../../runtime/labeling/config.ts';
import { BUILDERS, type RegionBuilders } from '../../../runtime/labeling/regions.ts';
import { rulebookOf } from '../../../runtime/labeling/rulebook.ts';
import { type ControlTagName, findControlTag, findTagName } from '../../../runtime/labeling/tags.ts';

/** What a builder takes of the task's data, beside what the model finds. */
export type Need = 'text' | 'page' | 'dialogue' | 'image';

export interface Stub {
  builder: keyof RegionBuilders;
  /** Fields of what the model finds, their types, and where it is not plain, `// what is meant`. */
  found: Readonly<Record<string, string>>;
  /** The builder's arguments between the control and the options: fields of `found`, and `needs`. */
  args: string;
  needs?: Need;
  /** It names what another control has drawn. */
  about?: true;
}

/** Why a control has no stub of its own. */
export interface NoStub {
  reason: string;
}

type Row = Omit<Stub, 'builder'> & { builder?: Stub['builder'] };
type Write = (control: ControlDef, object: ObjectDef, config: LabelConfig) => Row | NoStub;

const LABEL = 'LabelOf<typeof control>';
const PERCENT = '{ x: number; y: number; width: number; height: number }';

const labeled =
  (row: Row): Write =>
  () => ({ ...row, found: { label: LABEL, ...row.found }, args: `label, ${row.args}` });

const box: Row = {
  found: { px: '[left: number, top: number, right: number, bottom: number] // pixels' },
  args: '{ px, image }',
  needs: 'image',
};
const ellipse: Row = {
  found: { x: 'number // of the centre, in pixels', y: 'number', radiusX: 'number', radiusY: 'number' },
  args: '{ px: { x, y, radiusX, radiusY }, image }',
  needs: 'image',
};
const polygon: Row = { found: { px: '[x: number, y: number][] // pixels' }, args: '{ px, image }', needs: 'image' };
const keyPoint: Row = { found: { px: '[x: number, y: number] // pixels' }, args: '{ px, image }', needs: 'image' };
const vector: Row = { found: { px: '{ x: number; y: number }[] // pixels' }, args: '{ px, image }', needs: 'image' };
const mask: Row = {
  found: { pixels: 'Uint8Array // one byte a pixel, row by row: 0 is background' },
  args: '{ pixels, image }',
  needs: 'image',
};
const track = (keyframe: string): Row => ({
  found: {
    keyframes: `{ frame: number; percent: ${keyframe} }[] // from frame 1 on`,
    framesCount: 'number // of the whole video',
    duration: 'number // seconds',
  },
  args: '{ keyframes, framesCount, duration }',
});
const span = { found: { label: LABEL, start: 'number // as indexOf() counts', end: 'number // exclusive' } } as const;
const pageSpan: Row = { ...span, args: 'label, page.span(start, end)', needs: 'page' };

const writeChoices: Write = ({ attrs }) => {
  if (attrs.allowNested === 'true')
    return { builder: 'nestedChoices', found: { paths: 'string[][] // each from the root on' }, args: 'paths' };
  return attrs.choice === 'multiple'
    ? { found: { labels: `${LABEL}[]` }, args: 'labels' }
    : { found: { label: LABEL }, args: 'label' };
};

const writeLabels: Write = (control, object, config) => {
  switch (object.tag) {
    case 'Audio':
      return { found: { label: LABEL, seconds: '[start: number, end: number]' }, args: 'label, { seconds }' };
    case 'HyperText':
      return pageSpan;
    case 'Image':
      return { builder: 'labelsOn', found: { label: LABEL }, args: 'label, region', about: true };
    case 'Video':
      return rulebookOf(config).ruleOf(control).mergesWith === undefined
        ? { reason: 'its labels go into the results of what is drawn on the video' }
        : { ...labeled(track('{ x: number; y: number }[]'))(control, object, config), builder: 'videoVectorLabels' };
    default:
      return { ...span, args: 'label, { text, start, end }', needs: 'text' };
  }
};

const writeVideoRectangle: Write = (control, _object, config) => {
  const row = track(PERCENT);
  const { known, dynamic } = rulebookOf(config).ruleOf(control);
  if (known.size === 0 && !dynamic) return { ...row, args: `null, ${row.args}` };
  return { ...row, found: { label: LABEL, ...row.found }, args: `label, ${row.args}` };
};

const ROWS = {
  Choices: writeChoices,
  Taxonomy: () => ({ found: { paths: 'string[][] // each from the root on' }, args: 'paths' }),
  TextArea: () => ({ found: { text: 'string' }, args: 'text' }),
  Rating: () => ({ found: { stars: 'number // from 1 on' }, args: 'stars' }),
  Number: () => ({ found: { quantity: 'number' }, args: 'quantity' }),
  DateTime: () => ({ found: { date: 'string | Date' }, args: 'date' }),
  Pairwise: () => ({ found: { selected: "'left' | 'right'" }, args: 'selected' }),
  Ranker: ({ buckets }) => ({
    found: {
      ranking: buckets === undefined ? 'string[] // ids, the best first' : 'Record<string, string[]> // ids by bucket',
    },
    args: 'ranking',
  }),

  Labels: writeLabels,
  HyperTextLabels: () => pageSpan,
  ParagraphLabels: () => ({
    found: { label: LABEL, paragraph: 'number // from 0 on', start: 'number', end: 'number // exclusive' },
    args: 'label, { dialogue, item: paragraph, start, end }',
    needs: 'dialogue',
  }),
  TimeSeriesLabels: () => ({
    found: { label: LABEL, start: 'number | string // as the time column has it', end: 'number | string' },
    args: 'label, { start, end }',
  }),
  OcrLabels: () => ({
    found: {
      label: LABEL,
      page: 'number // from 1 on',
      x: 'number // 0 to 1, like the rest',
      y: 'number',
      width: 'number',
      height: 'number',
    },
    args: 'label, { page, x, y, width, height }',
  }),

  RectangleLabels: labeled(box),
  Rectangle: () => box,
  EllipseLabels: labeled(ellipse),
  Ellipse: () => ellipse,
  PolygonLabels: labeled(polygon),
  Polygon: () => polygon,
  KeyPointLabels: labeled(keyPoint),
  KeyPoint: () => keyPoint,
  BrushLabels: labeled(mask),
  Brush: () => mask,
  BitmaskLabels: labeled(mask),
  Bitmask: () => mask,
  Magicwand: () => mask,
  VectorLabels: labeled(vector),
  Vector: () => vector,

  TimelineLabels: labeled({ found: { frames: '[first: number, last: number] // from 1 on' }, args: 'frames' }),
  VideoRectangle: writeVideoRectangle,
  VideoVector: () => track('{ x: number; y: number }[]'),
  VideoVectorLabels: labeled(track('{ x: number; y: number }[]')),

  Relations: () => ({ reason: 'relations are between regions' }),
  Chat: () => ({ found: { content: 'string' }, args: "{ role: 'assistant', content }" }),
  ReactCode: () => ({ found: { answer: 'Record<string, unknown>' }, args: 'answer' }),
} as const satisfies Record<ControlTagName, Write>;

/** Undefined for tags that no builder is for, on this object at least. */
export function stubOf(control: ControlDef, object: ObjectDef, config: LabelConfig): Stub | NoStub | undefined {
  const tag = findTagName(control.tag);
  if (tag === undefined) return undefined;
  const { objects } = findControlTag(tag);
  if (typeof objects !== 'string' && objects.length > 0 && !objects.includes(object.tag)) return undefined;
  const write: Write = ROWS[tag];
  const row = write(control, object, config);
  return 'reason' in row ? row : { builder: BUILDERS[tag], ...row };
}
