/** Ellipses, points, polygons and vectors on images: pixels or percent in, the editor's percent out. */

import { fail } from '../../errors.ts';
import { toFullTurn } from './boxes.ts';
import { isMirrored, type Orientation, toShown } from './exif.ts';
import { checkImageSize, type ImageSize } from './image-size.ts';

export type Point = readonly [x: number, y: number];

interface OnImage {
  image: ImageSize;
  /** Where pixels are those of the file as stored: its EXIF orientation. `image` is the size as shown all the same. */
  exif?: Orientation;
}

/** x and y are the centre's. */
export type Ellipse = ({ px: EllipseSize } | { percent: EllipseSize }) &
  OnImage & {
    /** Degrees, clockwise, about the centre. */
    rotation?: number;
  };
export interface EllipseSize {
  x: number;
  y: number;
  radiusX: number;
  radiusY: number;
}

export type KeyPoint = ({ px: Point } | { percent: Point }) &
  OnImage & {
    /** How large it is drawn, in percent of the image's width; 0.5 unless given. */
    width?: number;
  };

/** At least three points; the last is joined to the first. */
export type Polygon = ({ px: readonly Point[] } | { percent: readonly Point[] }) & OnImage;

export interface VertexPoint {
  x: number;
  y: number;
  /** Stable from keyframe to keyframe; 'v1', 'v2', … unless given. */
  id?: string;
  /** The vertex it is joined to; the one before it unless given, null for none. */
  previous?: string | null;
  /** Makes the line to it a curve. */
  curve?: { controlPoint1: { x: number; y: number }; controlPoint2: { x: number; y: number } };
}
export type VectorPath = ({ px: readonly VertexPoint[] } | { percent: readonly VertexPoint[] }) &
  OnImage & {
    /** Only where the control is closable="true". */
    closed?: boolean;
  };

/** @throws InputError */
export function toEllipseValue(ellipse: Ellipse): EllipseSize & { rotation: number } {
  const { image, exif = 1, rotation = 0 } = ellipse;
  const { x, y, radiusX, radiusY } = 'px' in ellipse ? ellipse.px : ellipse.percent;
  checkImageSize(image);
  checkFinite('ellipse', [x, y, radiusX, radiusY, rotation]);
  if (radiusX <= 0 || radiusY <= 0) fail(`ellipse: needs radii above 0, got ${radiusX} and ${radiusY}`);
  const unit = 'px' in ellipse ? image : undefined;
  const [shownX, shownY] = unit ? toPercent([x, y], ellipse) : [x, y];
  const value = {
    x: inside('ellipse', shownX),
    y: inside('ellipse', shownY),
    radiusX: unit ? (radiusX / image.width) * 100 : radiusX,
    radiusY: unit ? (radiusY / image.height) * 100 : radiusY,
    rotation: toFullTurn(unit ? (isMirrored(exif) ? -rotation : rotation) + TURNS[exif] : rotation),
  };
  if (value.radiusX > 50 || value.radiusY > 50) fail('ellipse: a radius is more than half of the image: clip it first');
  return value;
}

/** By how much an orientation turns what it shows; mirrored ones turn after they mirror. */
const TURNS: Record<Orientation, number> = { 1: 0, 2: 0, 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 };

/** @throws InputError */
export function toKeyPointValue(point: KeyPoint): { x: number; y: number; width: number } {
  const { width = 0.5 } = point;
  const [[x, y] = [0, 0]] = toPoints('key point', point, [pxOrPercent(point)]);
  if (!(Number.isFinite(width) && width > 0)) fail(`key point: width must be above 0, got ${width}`);
  return { x, y, width };
}

/** @throws InputError */
export function toPolygonValue(polygon: Polygon): { points: [number, number][]; closed: true } {
  const points = toPoints('polygon', polygon, pxOrPercent(polygon));
  if (points.length < 3) fail(`polygon: needs at least 3 points, got ${points.length}`);
  return { points, closed: true };
}

export interface Vertex {
  id: string;
  x: number;
  y: number;
  prevPointId: string | null;
  isBezier: boolean;
  controlPoint1?: { x: number; y: number };
  controlPoint2?: { x: number; y: number };
}

/** @throws InputError */
export function toVectorValue(path: VectorPath): { vertices: Vertex[]; closed: boolean } {
  const given = pxOrPercent(path);
  const points = toPoints(
    'vector',
    path,
    given.map(({ x, y }): Point => [x, y]),
  );
  if (points.length === 0) fail('vector: needs at least one vertex');
  const ids = given.map(({ id }, at) => id ?? `v${at + 1}`);
  if (new Set(ids).size < ids.length) fail(`vector: vertices need different ids, got ${ids.join(', ')}`);
  const vertices = given.map(({ previous, curve }, at) => {
    const [x, y] = points[at] ?? [0, 0];
    const prevPointId = previous === undefined ? (ids[at - 1] ?? null) : previous;
    if (prevPointId !== null && !ids.includes(prevPointId)) fail(`vector: no vertex has the id '${prevPointId}'`);
    return { id: ids[at] ?? '', x, y, prevPointId, isBezier: curve !== undefined, ...(curve && toCurve(curve, path)) };
  });
  return { vertices, closed: path.closed ?? false };
}

/** The points that steer a curve may lie outside of the image. */
function toCurve({ controlPoint1, controlPoint2 }: NonNullable<VertexPoint['curve']>, path: VectorPath) {
  const convert = ({ x, y }: { x: number; y: number }) => {
    checkFinite('vector', [x, y]);
    const [px, py] = 'px' in path ? toPercent([x, y], path) : [x, y];
    return { x: px, y: py };
  };
  return { controlPoint1: convert(controlPoint1), controlPoint2: convert(controlPoint2) };
}

function pxOrPercent<T>(shape: { px: T } | { percent: T }): T {
  return 'px' in shape ? shape.px : shape.percent;
}

function toPoints(what: string, shape: OnImage & object, points: readonly Point[]): [number, number][] {
  checkImageSize(shape.image);
  return points.map((point) => {
    checkFinite(what, [point[0], point[1]]);
    const [x, y] = 'px' in shape ? toPercent(point, shape) : point;
    return [inside(what, x), inside(what, y)];
  });
}

function toPercent(point: Point, { image, exif = 1 }: OnImage): Point {
  const [x, y] = toShown(point, exif, image);
  return [(x / image.width) * 100, (y / image.height) * 100];
}

function checkFinite(what: string, numbers: readonly number[]): void {
  if (!numbers.every(Number.isFinite)) fail(`${what}: needs finite numbers, got ${numbers.join(', ')}`);
}

/** Room for rounding, which is taken back. */
function inside(what: string, percent: number): number {
  if (percent >= -1e-6 && percent <= 100 + 1e-6) return Math.min(100, Math.max(0, percent));
  return fail(
    `${what}: ${percent} percent is not within the image: ${percent > 100 ? 'clip it first, or pass pixels as px' : 'clip it first'}`,
  );
}
