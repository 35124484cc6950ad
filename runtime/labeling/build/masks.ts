/** Builders for masks on images: one byte a pixel in, the editor's own encodings out, and back. */

import { fail } from '../../errors.ts';
import type { Region } from '../../types.ts';
import { decodeBitmask, encodeBitmask } from '../masks/bitmask.ts';
import { decodeMask, inspectRle } from '../masks/brush-decode.ts';
import { encodeMask } from '../masks/brush-encode.ts';
import type { ControlArg, LabelArg, Labels } from '../typed.ts';
import { drawOnImage } from './drawn.ts';
import { ShapeBuilders } from './geometry.ts';
import { checkImageSize, type ImageSize } from './image-size.ts';
import type { RegionOptions } from './region-parts.ts';

export type Mask = (
  | {
      /** One byte a pixel, row by row: 0 is background; of masks of 0 and 1, 1 is painted, else the byte is the opacity. */
      pixels: Uint8Array | Uint8ClampedArray;
    }
  | {
      /** Bytes that are encoded already. */
      rle: readonly number[];
    }
) & {
  /** As shown: turn the mask first where the file's EXIF orientation says so. */
  image: ImageSize;
};

/** For <Bitmask>, whose masks are PNGs. */
export type PixelMask = Extract<Mask, { pixels: unknown }>;

export class MaskBuilders extends ShapeBuilders {
  /** A mask under <BrushLabels>. @throws InputError */
  brushLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'BrushLabels'>,
    label: LabelArg<N, L>,
    mask: Mask,
    options?: RegionOptions,
  ): Region {
    return drawOnImage(this.config, 'BrushLabels', control, label, toBrushValue(mask), mask.image, options);
  }

  /** A mask of a <Brush>; labelsOn() names it. @throws InputError */
  brush<N extends string>(control: ControlArg<N, 'Brush'>, mask: Mask, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Brush', control, null, toBrushValue(mask), mask.image, options);
  }

  /** A mask of a <MagicWand>; labelsOn() names it. @throws InputError */
  magicWand<N extends string>(control: ControlArg<N, 'Magicwand'>, mask: Mask, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Magicwand', control, null, toBrushValue(mask), mask.image, options);
  }

  /** A mask under <BitmaskLabels>. @throws InputError */
  bitmaskLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'BitmaskLabels'>,
    label: LabelArg<N, L>,
    mask: PixelMask,
    options?: RegionOptions,
  ): Region {
    return drawOnImage(this.config, 'BitmaskLabels', control, label, toBitmaskValue(mask), mask.image, options);
  }

  /** A mask of a <Bitmask>; labelsOn() names it. @throws InputError */
  bitmask<N extends string>(control: ControlArg<N, 'Bitmask'>, mask: PixelMask, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Bitmask', control, null, toBitmaskValue(mask), mask.image, options);
  }

  /** The mask of a brush or bitmask result, as annotations have them: one byte a pixel, the opacity. @throws InputError */
  maskOf(region: Region): ImageSize & { mask: Uint8Array } {
    const { rle, imageDataURL } = region.value ?? {};
    if (typeof imageDataURL === 'string') return decodeBitmask(imageDataURL);
    const size = { width: Number(region.original_width), height: Number(region.original_height) };
    checkImageSize(size);
    if (!Array.isArray(rle)) return fail(`a ${region.type} result has no mask: neither rle nor imageDataURL`);
    return { ...size, mask: decodeMask(rle, size) };
  }
}

function toBrushValue(mask: Mask): { format: 'rle'; rle: number[] } {
  checkImageSize(mask.image);
  const { width, height } = mask.image;
  if ('rle' in mask) {
    const { words } = inspectRle(mask.rle);
    if (words !== width * height * 4)
      fail(`brush: the encoding is of ${words / 4} pixels, the image has ${width} × ${height}`);
    return { format: 'rle', rle: [...mask.rle] };
  }
  if (mask.pixels.length !== width * height) {
    fail(`brush: a mask of ${mask.pixels.length} pixels for an image of ${width} × ${height} = ${width * height}`);
  }
  const binary = mask.pixels.every((pixel) => pixel < 2);
  const opacity = binary ? mask.pixels.map((pixel) => pixel * 255) : mask.pixels;
  // The same bytes as the reference SDK's mask2rle().
  return { format: 'rle', rle: Array.from(encodeMask(opacity, 'sdk')) };
}

function toBitmaskValue({ pixels, image }: PixelMask): { imageDataURL: string } {
  return { imageDataURL: encodeBitmask(pixels, image) };
}
