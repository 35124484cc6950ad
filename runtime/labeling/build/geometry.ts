/** Builders for what is drawn on images, in pixels or in percent: boxes, ellipses, polygons, key points, vectors. */

import { fail } from '../../errors.ts';
import type { Region } from '../../types.ts';
import { findTagName } from '../tags.ts';
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

type Labels = string | readonly string[];

export class ShapeBuilders extends AnswerBuilders {
  /** A box on an image under <RectangleLabels>. @throws InputError */
  rectangleLabels(control: string, label: Labels, box: Box, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'RectangleLabels', control, label, toBoxValue(box), box.image, options);
  }

  /** A box of a <Rectangle>; labelsOn() names it. @throws InputError */
  rectangle(control: string, box: Box, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Rectangle', control, null, toBoxValue(box), box.image, options);
  }

  /** An ellipse under <EllipseLabels>. @throws InputError */
  ellipseLabels(control: string, label: Labels, ellipse: Ellipse, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'EllipseLabels', control, label, toEllipseValue(ellipse), ellipse.image, options);
  }

  /** An ellipse of an <Ellipse>; labelsOn() names it. @throws InputError */
  ellipse(control: string, ellipse: Ellipse, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Ellipse', control, null, toEllipseValue(ellipse), ellipse.image, options);
  }

  /** A polygon under <PolygonLabels>. @throws InputError */
  polygonLabels(control: string, label: Labels, polygon: Polygon, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'PolygonLabels', control, label, toPolygonValue(polygon), polygon.image, options);
  }

  /** A polygon of a <Polygon>; labelsOn() names it. @throws InputError */
  polygon(control: string, polygon: Polygon, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Polygon', control, null, toPolygonValue(polygon), polygon.image, options);
  }

  /** A point under <KeyPointLabels>. @throws InputError */
  keyPointLabels(control: string, label: Labels, point: KeyPoint, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'KeyPointLabels', control, label, toKeyPointValue(point), point.image, options);
  }

  /** A point of a <KeyPoint>; labelsOn() names it. @throws InputError */
  keyPoint(control: string, point: KeyPoint, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'KeyPoint', control, null, toKeyPointValue(point), point.image, options);
  }

  /** A line of vertices under <VectorLabels>. @throws InputError */
  vectorLabels(control: string, label: Labels, path: VectorPath, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'VectorLabels', control, label, toVectorValue(path), path.image, options);
  }

  /** A line of vertices of a <Vector>; labelsOn() names it. @throws InputError */
  vector(control: string, path: VectorPath, options?: RegionOptions): Region {
    return drawOnImage(this.config, 'Vector', control, null, toVectorValue(path), path.image, options);
  }

  /** The name of what a tool beside the <Labels> has drawn on an image: a result of its own with the region's id. @throws InputError */
  labelsOn(control: string, label: Labels, region: Region, options: RegionOptions = {}): Region {
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
