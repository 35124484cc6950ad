/** What the reference SDK accepts in a value: its classes and the lax way in which pydantic reads their fields. */

import type { ControlTagName } from '../tags.ts';

/** Whether a JSON value would be taken for the field; undefined stands for a missing one. */
export type Accepts = (value: unknown) => boolean;
export type SdkSchema = Readonly<Record<string, Accepts>>;

const FLOAT = /^\s*[+-]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?|inf(?:inity)?|nan)\s*$/i;
const INTEGER = /^\s*[+-]?\d+(?:_\d+)*(?:\.0*)?\s*$/;
const BOOLEANS = ['true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', 'on', 'off', '1', '0'];

/** The number that pydantic makes of a value, or Python's float(); undefined where it refuses. */
export function toLaxNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value.length > 400 || !FLOAT.test(value)) return undefined;
  const text = value.trim().replaceAll('_', '').toLowerCase();
  if (text.includes('nan')) return Number.NaN;
  return text.includes('inf') ? (text.startsWith('-') ? -1 : 1) * Number.POSITIVE_INFINITY : Number(text);
}

/** Whether the SDK takes a value for a number: numeric texts and booleans, too. */
export const isLaxNumber: Accepts = (value) => toLaxNumber(value) !== undefined;

export const isDict = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Accepts = (value) => typeof value === 'string';
const float: Accepts = isLaxNumber;
const most =
  (limit: number): Accepts =>
  (value) => {
    const number = toLaxNumber(value);
    return number !== undefined && number <= limit;
  };
/** The same of whole numbers: '3' and 3.0, not 3.5. */
export const isLaxInteger: Accepts = (value) =>
  typeof value === 'string'
    ? value.length < 400 && INTEGER.test(value)
    : typeof value === 'boolean' || Number.isInteger(value);
const boolean: Accepts = (value) =>
  typeof value === 'boolean' ||
  value === 0 ||
  value === 1 ||
  (typeof value === 'string' && BOOLEANS.includes(value.toLowerCase()));
const position: Accepts = (value) => text(value) || float(value);
const optional =
  (accepts: Accepts): Accepts =>
  (value) =>
    value === undefined || value === null || accepts(value);
const standing =
  (accepts: Accepts): Accepts =>
  (value) =>
    value === undefined || accepts(value);
const list =
  (accepts: Accepts): Accepts =>
  (value) =>
    Array.isArray(value) && value.every(accepts);
const dict =
  (schema: SdkSchema): Accepts =>
  (value) =>
    isDict(value) && fitsSdk(value, schema);
const count: Accepts = (value) => isLaxInteger(value) && (toLaxNumber(value) ?? -1) >= 0;
const byte: Accepts = (value) =>
  isLaxInteger(value) && (toLaxNumber(value) ?? -1) >= 0 && (toLaxNumber(value) ?? 256) <= 255;

/** Fields of a value, against a class. Keys that the class lacks are ignored. */
export function fitsSdk(value: Record<string, unknown>, schema: SdkSchema): boolean {
  for (const field in schema) {
    // Own properties only: `constructor` is not a field that came.
    if (!schema[field]?.(Object.hasOwn(value, field) ? value[field] : undefined)) return false;
  }
  return true;
}

const hundred = most(100);
const labels = list(text);
const span = { start: position, end: position };
const spanOffsets = { ...span, startOffset: optional(count), endOffset: optional(count) };
const corner = { x: hundred, y: hundred };
const box = { ...corner, width: hundred, height: hundred, rotation: optional(most(360)) };
const ellipse = { ...corner, radiusX: most(50), radiusY: most(50), rotation: optional(most(360)) };
const polygon = { points: list((point) => Array.isArray(point) && point.length === 2 && point.every(hundred)) };
const brush = {
  format: standing(text),
  rle: (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(byte),
};
const vertices = list(
  dict({ x: float, y: float, id: optional(text), isBezier: optional(boolean), prevPointId: optional(text) }),
);
const frame = {
  time: optional(float),
  frame: isLaxInteger,
  closed: optional(boolean),
  enabled: optional(boolean),
  vertices,
};
const videoVector = { framesCount: optional(isLaxInteger), duration: optional(float), sequence: list(dict(frame)) };
const keyframe = {
  ...corner,
  time: float,
  frame: isLaxInteger,
  width: hundred,
  height: hundred,
  rotation: optional(float),
};
const message = { role: text, content: text, createdAt: optional(isLaxInteger) };

/** By control; null where the SDK has no class and refuses whatever comes. Release 2.1.0. */
export const SDK_SCHEMAS = {
  Choices: { choices: labels },
  Taxonomy: { taxonomy: list(labels) },
  TextArea: { text: labels },
  Rating: { rating: count },
  Number: { number: float },
  DateTime: { datetime: text },
  Pairwise: { selected: text },
  Ranker: { ranker: (value) => isDict(value) && Object.values(value).every(labels) },
  Labels: { ...span, labels },
  HyperTextLabels: { ...spanOffsets, hypertextlabels: labels },
  ParagraphLabels: { ...spanOffsets, paragraphlabels: labels },
  TimeSeriesLabels: { ...span, instant: boolean, timeserieslabels: labels },
  OcrLabels: {
    x: float,
    y: float,
    width: float,
    height: float,
    rotation: optional(float),
    ocrtext: optional(text),
    pageIndex: optional(isLaxInteger),
    ocrlabels: labels,
  },
  RectangleLabels: { ...box, rectanglelabels: labels },
  Rectangle: box,
  EllipseLabels: { ...ellipse, ellipselabels: labels },
  Ellipse: ellipse,
  PolygonLabels: { ...polygon, polygonlabels: labels },
  Polygon: polygon,
  KeyPointLabels: { ...corner, keypointlabels: labels },
  KeyPoint: corner,
  BrushLabels: { ...brush, brushlabels: labels },
  Brush: brush,
  BitmaskLabels: null,
  Bitmask: null,
  Magicwand: null,
  VectorLabels: { closed: optional(boolean), vertices, vectorlabels: labels },
  Vector: null,
  TimelineLabels: null,
  VideoRectangle: {
    framesCount: isLaxInteger,
    duration: float,
    sequence: list(dict(keyframe)),
    labels: optional(labels),
  },
  VideoVector: videoVector,
  VideoVectorLabels: { ...videoVector, labels: optional(labels) },
  Relations: null,
  Chat: { chatmessage: dict(message) },
  ReactCode: { reactcode: isDict },
} as const satisfies Record<ControlTagName, SdkSchema | null>;
