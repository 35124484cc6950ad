/** What the fields of a result's value mean, and the shapes that several control tags share. */

export type Unit =
  /** a list of declared labels, root-to-node paths of them, free texts */
  | 'labels'
  | 'paths'
  | 'texts'
  | 'text'
  | 'number'
  | 'integer'
  | 'boolean'
  /** text in the tag's own date format */
  | 'date'
  /** 'left' or 'right' */
  | 'side'
  /** item ids by column */
  | 'columns'
  | 'message'
  | 'object'
  /** 0..100 of the image's width (x, width, radiusX) or height (y, height, radiusY) */
  | 'percent'
  /** 0..1 of the page */
  | 'fraction'
  /** clockwise, about the top left corner (boxes) or the centre (ellipses) */
  | 'degrees'
  /** [x, y] pairs in percent */
  | 'points'
  | 'vertices'
  | 'rle'
  | 'bytes'
  | 'png'
  /** code points in Text, seconds in Audio, an XPath in HyperText: the object decides */
  | 'position'
  | 'xpath'
  | 'offset'
  | 'offsets'
  /** the index of a dialogue item, as a string */
  | 'item'
  /** a value of the time column: a number, or text in the series' timeFormat */
  | 'time'
  | 'seconds'
  /** frames count from 1 */
  | 'frames'
  | 'ranges'
  | 'boxes'
  | 'shapes';

/** Fields by name; a name that ends in '?' may be missing. */
export type ValueShape = Readonly<Record<string, Unit>>;

const CORNER = { x: 'percent', y: 'percent' } as const;

export const SHAPES = {
  none: {},
  span: { 'start?': 'position', 'end?': 'position', 'text?': 'text' },
  hyperTextSpan: {
    start: 'xpath',
    end: 'xpath',
    startOffset: 'offset',
    endOffset: 'offset',
    'globalOffsets?': 'offsets',
    'text?': 'text',
  },
  paragraphSpan: { start: 'item', end: 'item', startOffset: 'offset', endOffset: 'offset', 'text?': 'text' },
  box: { ...CORNER, width: 'percent', height: 'percent', 'rotation?': 'degrees' },
  ellipse: { ...CORNER, radiusX: 'percent', radiusY: 'percent', 'rotation?': 'degrees' },
  polygon: { points: 'points', 'closed?': 'boolean' },
  keyPoint: { ...CORNER, width: 'percent' },
  mask: { format: 'rle', rle: 'bytes' },
  bitmask: { imageDataURL: 'png' },
  vector: { vertices: 'vertices', closed: 'boolean' },
  pageBox: {
    x: 'fraction',
    y: 'fraction',
    width: 'fraction',
    height: 'fraction',
    'rotation?': 'degrees',
    'pageIndex?': 'integer',
    'ocrtext?': 'text',
  },
  timeRange: { start: 'time', end: 'time', instant: 'boolean' },
  timeline: { ranges: 'ranges' },
  videoBox: { framesCount: 'frames', duration: 'seconds', sequence: 'boxes' },
  videoVector: { 'framesCount?': 'frames', 'duration?': 'seconds', sequence: 'shapes' },
} as const satisfies Record<string, ValueShape>;
