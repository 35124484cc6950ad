/** Builders for what is drawn on images, in pixels or in percent: boxes, ellipses, polygons, key points, vectors. */

import { fail } from '../../errors.ts';
import type { Region } from '../../types.ts';
import { findTagName } from '../tags.ts';
import type { ControlArg, LabelArg, Labels } from '../typed.ts';
import { AnswerBuilders } from './answers.ts';
import { type Box, toBoxValue } from './boxes.ts';
import { checkLabels } from './chosen.ts';
import { drawOnImage } from './drawn.ts';
import { createRegion, expectControl, findTarget, type RegionOptions } from './region-parts.ts';
import {
  type Ellipse,
  type KeyPoint,
  type Polygon,
  toEllipseValue,
  toKeyPointValue,
  toPolygonValue,
  toVectorValue,
  type VectorPath,
} from './shapes.ts';

export class ShapeBuilders extends AnswerBuilders {
  /** A box on an image under <RectangleLabels>. @throws InputError */
  rectangleLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'RectangleLabels'>,
    label: LabelArg<N, L>,
    box: Box,
    options?: RegionOptions,
  ): Region {
    return drawOnImage(this.config, 'RectangleLabels', control, label, toBoxValue(box), box.image, options);
  }

  /** A box of a <Rectangle>; labelsOn() names it. @throws InputError */
  rectangle<N extends string>(control: ControlArg<N, 'Rectangle'>, box: Box, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Rectangle', control, null, toBoxValue(box), box.image, options);
  }

  /** An ellipse under <EllipseLabels>. @throws InputError */
  ellipseLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'EllipseLabels'>,
    label: LabelArg<N, L>,
    ellipse: Ellipse,
    options?: RegionOptions,
  ): Region {
    return drawOnImage(this.config, 'EllipseLabels', control, label, toEllipseValue(ellipse), ellipse.image, options);
  }

  /** An ellipse of an <Ellipse>; labelsOn() names it. @throws InputError */
  ellipse<N extends string>(control: ControlArg<N, 'Ellipse'>, ellipse: Ellipse, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Ellipse', control, null, toEllipseValue(ellipse), ellipse.image, options);
  }

  /** A polygon under <PolygonLabels>. @throws InputError */
  polygonLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'PolygonLabels'>,
    label: LabelArg<N, L>,
    polygon: Polygon,
    options?: RegionOptions,
  ): Region {
    return drawOnImage(this.config, 'PolygonLabels', control, label, toPolygonValue(polygon), polygon.image, options);
  }

  /** A polygon of a <Polygon>; labelsOn() names it. @throws InputError */
  polygon<N extends string>(control: ControlArg<N, 'Polygon'>, polygon: Polygon, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Polygon', control, null, toPolygonValue(polygon), polygon.image, options);
  }

  /** A point under <KeyPointLabels>. @throws InputError */
  keyPointLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'KeyPointLabels'>,
    label: LabelArg<N, L>,
    point: KeyPoint,
    options?: RegionOptions,
  ): Region {
    return drawOnImage(this.config, 'KeyPointLabels', control, label, toKeyPointValue(point), point.image, options);
  }

  /** A point of a <KeyPoint>; labelsOn() names it. @throws InputError */
  keyPoint<N extends string>(control: ControlArg<N, 'KeyPoint'>, point: KeyPoint, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'KeyPoint', control, null, toKeyPointValue(point), point.image, options);
  }

  /** A line of vertices under <VectorLabels>. @throws InputError */
  vectorLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'VectorLabels'>,
    label: LabelArg<N, L>,
    path: VectorPath,
    options?: RegionOptions,
  ): Region {
    return drawOnImage(this.config, 'VectorLabels', control, label, toVectorValue(path), path.image, options);
  }

  /** A line of vertices of a <Vector>; labelsOn() names it. @throws InputError */
  vector<N extends string>(control: ControlArg<N, 'Vector'>, path: VectorPath, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Vector', control, null, toVectorValue(path), path.image, options);
  }

  /** The name of what a tool beside the <Labels> has drawn on an image: a result of its own with the region's id. @throws InputError */
  labelsOn<N extends string, const L extends Labels>(
    control: ControlArg<N, 'Labels'>,
    label: LabelArg<N, L>,
    region: Region,
    options: RegionOptions = {},
  ): Region {
    const def = expectControl(this.config, control, 'Labels');
    const { object } = findTarget(this.config, control, options.to ?? region.to_name);
    if (object.tag !== 'Image') {
      fail(`control '${control}': labelsOn() names regions of <Image>, but '${object.name}' is <${object.tag}>`);
    }
    const drawn = findTagName(this.control(region.from_name ?? '').tag);
    if (drawn === undefined || this.control(region.from_name ?? '').labelKey !== undefined) {
      fail(`control '${control}': '${region.from_name}' has labels of its own, or is no tool that draws`);
    }
    const answer = checkLabels(def, label, def.attrs.choice === 'single');
    return createRegion(this.config, control, { answer }, { ...options, about: region });
  }
}
