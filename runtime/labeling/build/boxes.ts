/** Boxes on images: pixels or percent in, the editor's percent out. Nothing is clamped; what does not fit is refused. */

import { fail } from '../../errors.ts';
import { isMirrored, type Orientation, toShown } from './exif.ts';
import { checkImageSize, type ImageSize } from './image-size.ts';

type Point = readonly [x: number, y: number];

export type Box = (
  | {
      /** Left, top, right, bottom. With a rotation: of the box before it is turned. */
      px: readonly [x1: number, y1: number, x2: number, y2: number];
    }
  | { percent: { x: number; y: number; width: number; height: number } }
  | {
      /** In pixels, as oriented detectors give it: the centre, and the sides before the box is turned about it. */
      centre: readonly [x: number, y: number, width: number, height: number];
    }
  | {
      /** In pixels, clockwise from the top left of the box before it was turned. The rotation is in them. */
      corners: readonly [Point, Point, Point, Point];
    }
) & {
  image: ImageSize;
  /** Degrees, clockwise: about the top left corner, or about the centre where that was given. */
  rotation?: number;
  /** Where pixels are those of the file as stored: its EXIF orientation. `image` is the size as shown all the same. */
  exif?: Orientation;
};

export interface BoxValue {
  x: number;
  y: number;
  width: number;
  height: number;
  rotation: number;
}

const ZERO: Point = [0, 0];
/** Room for what x + width loses in floating point. */
const TOLERANCE = 1e-6;

/** @throws InputError when a number is missing, not finite, or outside of the image */
export function toBoxValue(box: Box): BoxValue {
  const { image, rotation = 0 } = box;
  checkImageSize(image);
  if (!Number.isFinite(rotation)) fail(`box: rotation must be a finite number of degrees, got ${rotation}`);
  const given = describe(box);
  const numbers = numbersOf(box);
  const expected = 'corners' in box ? 8 : 4;
  if (numbers.length !== expected || !numbers.every(Number.isFinite)) {
    fail(`${given}: needs ${expected === 4 ? 'four' : 'eight'} finite numbers`);
  }
  const value = 'percent' in box ? { ...box.percent, rotation } : toPercent(place(box, rotation), image);
  const { x, y, width, height } = value;
  if (width <= 0 || height <= 0) fail(`${given}: needs right > left and bottom > top`);
  // A turned box may reach outside before it is turned; its corner and its sides may not.
  const turned = value.rotation !== 0;
  const [right, bottom] = turned ? [Math.max(x, width), Math.max(y, height)] : [x + width, y + height];
  if (x < -TOLERANCE || y < -TOLERANCE || right > 100 + TOLERANCE || bottom > 100 + TOLERANCE) {
    const pixels = 'percent' in box && Math.max(x, y, width, height) > 100;
    fail(`${given} is not within the image: ${pixels ? 'these look like pixels, pass them as px' : 'clip it first'}`);
  }
  return { x: clip(x), y: clip(y), width: clip(width), height: clip(height), rotation: toFullTurn(value.rotation) };
}

/** Takes back what arithmetic added; real overlaps were refused. */
const clip = (percent: number): number => Math.min(100, Math.max(0, percent));

function numbersOf(box: Box): number[] {
  if ('px' in box) return [...box.px];
  if ('centre' in box) return [...box.centre];
  if ('corners' in box) return box.corners.flat();
  const { x, y, width, height } = box.percent;
  return [x, y, width, height];
}

function describe(box: Box): string {
  const { image } = box;
  const kind = 'px' in box ? 'px' : 'centre' in box ? 'centre' : 'corners';
  if (!('percent' in box))
    return `box ${kind} [${numbersOf(box).join(', ')}] on an image of ${image.width} × ${image.height}`;
  const { x, y, width, height } = box.percent;
  return `box percent { x: ${x}, y: ${y}, width: ${width}, height: ${height} }`;
}

/** In pixels as shown: the corner that it turns about, the sides, and by how much. */
function place(box: Exclude<Box, { percent: unknown }>, rotation: number): BoxValue {
  const { exif = 1, image } = box;
  const stored = cornersOf(box, rotation);
  if (exif === 1 && !('corners' in box)) {
    // Nothing to work out but the corner: exact numbers stay exact.
    const [x, y] = stored[0];
    const [width, height] =
      'px' in box ? [box.px[2] - box.px[0], box.px[3] - box.px[1]] : [box.centre[2], box.centre[3]];
    return { x, y, width, height, rotation };
  }
  const corners = stored.map((corner) => toShown(corner, exif, image));
  const [first = ZERO, second = ZERO, third = ZERO, fourth = ZERO] = corners;
  if ('px' in box && rotation === 0) {
    const [x, y] = [Math.min(first[0], third[0]), Math.min(first[1], third[1])];
    // What is the wrong way around must stay so, to be refused.
    const sign = box.px[2] > box.px[0] && box.px[3] > box.px[1] ? 1 : -1;
    return {
      x,
      y,
      width: sign * Math.abs(first[0] - third[0]),
      height: sign * Math.abs(first[1] - third[1]),
      rotation: 0,
    };
  }
  // A mirror image runs the other way around, so it begins at another corner.
  const [a, b, d] = isMirrored(exif) ? [second, first, third] : [first, second, fourth];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  return {
    x: a[0],
    y: a[1],
    width: Math.hypot(dx, dy),
    height: Math.hypot(d[0] - a[0], d[1] - a[1]),
    rotation: (Math.atan2(dy, dx) * 180) / Math.PI,
  };
}

function cornersOf(box: Exclude<Box, { percent: unknown }>, rotation: number): readonly [Point, Point, Point, Point] {
  if ('corners' in box) return box.corners;
  const [sin, cos] = [Math.sin((rotation * Math.PI) / 180), Math.cos((rotation * Math.PI) / 180)];
  const turn = (x: number, y: number, from: Point): Point => [from[0] + x * cos - y * sin, from[1] + x * sin + y * cos];
  if ('centre' in box) {
    const [x, y, w, h] = [box.centre[0], box.centre[1], box.centre[2] / 2, box.centre[3] / 2];
    return [turn(-w, -h, [x, y]), turn(w, -h, [x, y]), turn(w, h, [x, y]), turn(-w, h, [x, y])];
  }
  const [x1, y1, x2, y2] = box.px;
  const [w, h] = [x2 - x1, y2 - y1];
  return [[x1, y1], turn(w, 0, [x1, y1]), turn(w, h, [x1, y1]), turn(0, h, [x1, y1])];
}

/** 0 <= degrees < 360: the same turn, without a rounding error for what is in range already. */
export function toFullTurn(degrees: number): number {
  const turn = degrees % 360;
  return turn < 0 ? (turn + 360) % 360 : Math.abs(turn);
}

function toPercent({ x, y, width, height, rotation }: BoxValue, image: ImageSize): BoxValue {
  return {
    x: (x / image.width) * 100,
    y: (y / image.height) * 100,
    width: (width / image.width) * 100,
    height: (height / image.height) * 100,
    rotation,
  };
}
