/** The tables of checks: one for each unit a field may have, one for each control tag. A missing row does not compile. */

import type { ControlTagName } from '../tags.ts';
import type { Unit } from '../value-shapes.ts';
import { type Check, checkColumns, checkLabelList, checkPaths, checkSide, checkTexts } from './check-answers.ts';
import {
  checkBox,
  checkDegrees,
  checkEllipse,
  checkFraction,
  checkKeyPoint,
  checkPercent,
  checkPoints,
  checkVector,
  checkVertices,
  type ShapeCheck,
} from './check-geometry.ts';
import { checkBytes, checkFormat, checkMask, checkPng } from './check-masks.ts';
import {
  checkDate,
  checkInteger,
  checkMessage,
  checkNumber,
  checkObject,
  checkQuantity,
  checkRating,
} from './check-scalars.ts';
import {
  checkGlobalOffsets,
  checkHyperTextSpan,
  checkItem,
  checkLabeledSpan,
  checkOffset,
  checkParagraphSpan,
  checkTime,
  checkTimeRange,
  checkXPath,
} from './check-spans.ts';
import { checkBoxes, checkFrame, checkRanges, checkSeconds, checkShapes, checkVideoBox } from './check-video.ts';
import { show } from './findings.ts';

const checkText: Check = (value, field, at) =>
  typeof value === 'string' || at.error('text', field, `needs text, got ${show(value)}`);
const checkBoolean: Check = (value, field, at) =>
  typeof value === 'boolean' || at.error('boolean', field, `needs true or false, got ${show(value)}`);
/** The object decides what it is: see the tag's own check. */
const checkLater: Check = () => true;

export const UNIT_CHECKS = {
  labels: checkLabelList,
  paths: checkPaths,
  texts: checkTexts,
  text: checkText,
  number: checkNumber,
  integer: checkInteger,
  boolean: checkBoolean,
  date: checkDate,
  side: checkSide,
  columns: checkColumns,
  message: checkMessage,
  object: checkObject,
  percent: checkPercent,
  fraction: checkFraction,
  degrees: checkDegrees,
  points: checkPoints,
  vertices: checkVertices,
  rle: checkFormat,
  bytes: checkBytes,
  png: checkPng,
  position: checkLater,
  xpath: checkXPath,
  offset: checkOffset,
  offsets: checkGlobalOffsets,
  item: checkItem,
  time: checkTime,
  seconds: checkSeconds,
  frames: checkFrame,
  ranges: checkRanges,
  boxes: checkBoxes,
  shapes: checkShapes,
} as const satisfies Record<Unit, Check>;

const nothing: ShapeCheck = () => {};

/** What a tag asks beyond its fields' units; called when those are sound. */
export const TAG_CHECKS = {
  Choices: (value, at) => {
    const { choices } = value;
    if (!Array.isArray(choices) || !Array.isArray(choices[0])) return;
    at.warn('type-support', 'value/choices', 'nested choices: a server with prediction validation refuses them', true);
  },
  Taxonomy: nothing,
  TextArea: nothing,
  Rating: (value, at) => void checkRating(value.rating, 'value/rating', at),
  Number: (value, at) => void checkQuantity(value.number, 'value/number', at),
  DateTime: nothing,
  Pairwise: nothing,
  Ranker: nothing,
  Labels: checkLabeledSpan,
  HyperTextLabels: checkHyperTextSpan,
  ParagraphLabels: checkParagraphSpan,
  TimeSeriesLabels: checkTimeRange,
  OcrLabels: (value, at) => {
    const { pageIndex } = value;
    if (typeof pageIndex === 'number' && pageIndex < 1)
      at.error('range', 'value/pageIndex', `pages count from 1, got ${pageIndex}`);
  },
  RectangleLabels: checkBox,
  Rectangle: checkBox,
  EllipseLabels: checkEllipse,
  Ellipse: checkEllipse,
  PolygonLabels: nothing,
  Polygon: nothing,
  KeyPointLabels: checkKeyPoint,
  KeyPoint: checkKeyPoint,
  BrushLabels: checkMask,
  Brush: checkMask,
  BitmaskLabels: checkMask,
  Bitmask: checkMask,
  Magicwand: checkMask,
  VectorLabels: checkVector,
  Vector: checkVector,
  TimelineLabels: nothing,
  VideoRectangle: checkVideoBox,
  VideoVector: nothing,
  VideoVectorLabels: nothing,
  // Relations have no value: see the links between results.
  Relations: nothing,
  Chat: (_, at) => {
    if (at.rule?.def.attrs.toName)
      at.warn('type-support', 'type', 'Chat with toName: a server with prediction validation refuses it', true);
  },
  ReactCode: nothing,
} as const satisfies Record<ControlTagName, ShapeCheck>;
