/** Percents, points and vertices, and what must hold between the fields of a shape on an image. */

import type { Check } from './check-answers.ts';
import { checkNumber } from './check-scalars.ts';
import { show } from './findings.ts';
import type { Fields, Inspection } from './inspection.ts';

/** Room for what x + width loses in floating point. */
export const TOLERANCE = 1e-6;
/** Corners of turned boxes: sine and cosine, and boxes that models draw around what touches the edge. */
const TURNED_TOLERANCE = 0.01;

export const checkPercent: Check = (value, field, at) => {
  if (!checkNumber(value, field, at)) return false;
  const percent = value as number;
  if (percent >= 0 && percent <= 100) return true;
  if (percent > 100 && percent <= 100 + TOLERANCE) {
    return at.error('range', field, `is ${percent}, a rounding error above 100: clip it`, true);
  }
  return percent > 100
    ? at.error('pixels', field, `${percent} looks like pixels: percent of the original size is needed, 0..100`, true)
    : at.error('range', field, `needs 0..100 (percent of the original size), got ${percent}`);
};

export const checkFraction: Check = (value, field, at) => {
  if (!checkNumber(value, field, at)) return false;
  const fraction = value as number;
  return (fraction >= 0 && fraction <= 1) || at.error('range', field, `needs 0..1 (of the page), got ${fraction}`);
};

export const checkDegrees: Check = (value, field, at) => {
  if (!checkNumber(value, field, at)) return false;
  const degrees = value as number;
  if (degrees > 360) return at.error('rotation', field, `needs 0 <= degrees < 360, got ${degrees}`, true);
  return (degrees >= 0 && degrees < 360) || at.warn('rotation', field, `needs 0 <= degrees < 360, got ${degrees}`);
};

export const checkPoints: Check = (value, field, at) => {
  if (!Array.isArray(value)) return at.error('points', field, `needs a list of [x, y], got ${show(value)}`, true);
  let sound = true;
  for (let k = 0; k < value.length; k++) {
    const point: unknown = value[k];
    if (!Array.isArray(point) || point.length !== 2) {
      sound = at.error('points', `${field}/${k}`, `a point is [x, y] in percent, got ${show(point)}`, true);
      continue;
    }
    sound = checkPercent(point[0], `${field}/${k}/0`, at) && checkPercent(point[1], `${field}/${k}/1`, at) && sound;
  }
  if (value.length >= 3) return sound;
  return at.error('points', field, `needs at least 3 points, got ${value.length}`);
};

export const checkVertices: Check = (value, field, at) => {
  if (!Array.isArray(value)) return at.error('vertices', field, `needs a list of vertices, got ${show(value)}`, true);
  const { minPoints, maxPoints } = at.rule?.def.attrs ?? {};
  const least = Math.max(1, Number.parseInt(minPoints ?? '', 10) || 1);
  if (value.length < least) return at.error('vertices', field, `needs at least ${least} vertices, got ${value.length}`);
  if (value.length > Number.parseInt(maxPoints ?? '', 10)) {
    at.error('vertices', field, `takes at most ${maxPoints} vertices (maxPoints), got ${value.length}`);
  }
  const ids = new Set(value.map((vertex) => (vertex as Fields | null)?.id));
  let sound = ids.size === value.length || at.error('vertices', field, 'vertices need ids, each another one');
  for (let k = 0; k < value.length; k++) sound = checkVertex(value[k], `${field}/${k}`, ids, at) && sound;
  return sound;
};

function checkVertex(vertex: unknown, field: string, ids: ReadonlySet<unknown>, at: Inspection): boolean {
  if (typeof vertex !== 'object' || vertex === null) {
    return at.error('vertices', field, `a vertex is { id, x, y, prevPointId, isBezier }, got ${show(vertex)}`, true);
  }
  const { id, x, y, prevPointId = null, isBezier = false, controlPoint1, controlPoint2 } = vertex as Fields;
  let sound = checkPercent(x, `${field}/x`, at);
  sound = checkPercent(y, `${field}/y`, at) && sound;
  if (typeof id !== 'string')
    sound = at.error('vertices', `${field}/id`, `needs text, got ${show(id)}`, id !== undefined && id !== null);
  if (prevPointId !== null && !ids.has(prevPointId)) {
    sound = at.error(
      'vertices',
      `${field}/prevPointId`,
      `no vertex has the id ${show(prevPointId)}`,
      typeof prevPointId !== 'string',
    );
  }
  if (typeof isBezier !== 'boolean')
    return at.error('vertices', `${field}/isBezier`, `needs true or false, got ${show(isBezier)}`);
  if (!isBezier) return sound;
  for (const [name, point] of [
    ['controlPoint1', controlPoint1],
    ['controlPoint2', controlPoint2],
  ] as const) {
    const { x: px, y: py } = (point ?? {}) as Fields;
    if (Number.isFinite(px) && Number.isFinite(py)) continue;
    sound = at.error('vertices', `${field}/${name}`, `a Bézier vertex needs { x, y } in percent, got ${show(point)}`);
  }
  return sound;
}

/** What holds between the fields; each of them is known to be sound. */
export type ShapeCheck = (value: Fields, at: Inspection, field?: string) => void;

export const checkBox: ShapeCheck = (value, at, field = 'value') => {
  const { x, y, width, height, rotation = 0 } = value as Record<'x' | 'y' | 'width' | 'height' | 'rotation', number>;
  if (width <= 0) at.error('range', `${field}/width`, `needs more than 0, got ${width}`);
  if (height <= 0) at.error('range', `${field}/height`, `needs more than 0, got ${height}`);
  if (rotation === 0) {
    if (x + width > 100 + TOLERANCE)
      at.error('range', `${field}/width`, `x + width is ${x + width}, beyond 100: clip it`);
    if (y + height > 100 + TOLERANCE)
      at.error('range', `${field}/height`, `y + height is ${y + height}, beyond 100: clip it`);
    return;
  }
  const size = sizeOf(at);
  if (size === undefined) return;
  const [columns, rows] = size;
  // Turned about the top left corner in pixels, so the image's proportions count.
  const [sin, cos] = [Math.sin((rotation * Math.PI) / 180), Math.cos((rotation * Math.PI) / 180)];
  const [w, h] = [(width * columns) / 100, (height * rows) / 100];
  const inside = (dx: number, dy: number) => within(x + (dx / columns) * 100) && within(y + (dy / rows) * 100);
  if (inside(w * cos, w * sin) && inside(w * cos - h * sin, w * sin + h * cos) && inside(-h * sin, h * cos)) return;
  at.warn('range', field, `turned by ${rotation}°, the box reaches outside of the image`);
};

/** The image's, where the result says it. */
function sizeOf({ region }: Inspection): [columns: number, rows: number] | undefined {
  const { original_width: columns, original_height: rows } = region;
  if (typeof columns !== 'number' || typeof rows !== 'number') return undefined;
  return columns > 0 && rows > 0 ? [columns, rows] : undefined;
}

const within = (percent: number) => percent >= -TURNED_TOLERANCE && percent <= 100 + TURNED_TOLERANCE;

export const checkEllipse: ShapeCheck = (value, at) => {
  const {
    x,
    y,
    radiusX,
    radiusY,
    rotation = 0,
  } = value as Record<'x' | 'y' | 'radiusX' | 'radiusY' | 'rotation', number>;
  for (const [name, radius] of [
    ['radiusX', radiusX],
    ['radiusY', radiusY],
  ] as const) {
    if (radius <= 0 || radius > 50)
      at.error('range', `value/${name}`, `needs more than 0 and at most 50, got ${radius}`, radius > 50);
  }
  const [columns, rows] = sizeOf(at) ?? [1, 1];
  const [sin, cos] = [Math.sin((rotation * Math.PI) / 180), Math.cos((rotation * Math.PI) / 180)];
  const reachX = Math.hypot(radiusX * cos, (radiusY * rows * sin) / columns);
  const reachY = Math.hypot((radiusX * columns * sin) / rows, radiusY * cos);
  if (within(x - reachX) && within(x + reachX) && within(y - reachY) && within(y + reachY)) return;
  at.warn('range', 'value', 'the ellipse reaches outside of the image');
};

export const checkKeyPoint: ShapeCheck = (value, at) => {
  if ((value.width as number) <= 0) at.error('range', 'value/width', `needs more than 0, got ${value.width}`);
  if ('height' in value)
    at.error('shape', 'value/height', 'a key point has no height: the editor would take it for a box');
};

export const checkVector: ShapeCheck = (value, at) => {
  if (value.closed === true && at.rule?.def.attrs.closable !== 'true') {
    at.warn('vertices', 'value/closed', 'is true, but the control is not closable="true"');
  }
};
