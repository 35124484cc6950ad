/** All builders of results: the author names control and label, the config supplies the rest and refuses what it lacks. */

import type { Region } from '../types.ts';
import type { Box } from './build/boxes.ts';
import type { RegionOptions } from './build/region-parts.ts';
import type { Polygon } from './build/shapes.ts';
import { VideoBuilders } from './build/video.ts';
import {
  buildKeyPointMap,
  buildLabelMap,
  findFirstTag,
  flagAttribute,
  numberAttribute,
  type TagOccurrence,
} from './label-map.ts';
import type { ControlTagName } from './tags.ts';

export type { Message, RelationOptions } from './build/answers.ts';
export type { Box } from './build/boxes.ts';
export type { Orientation } from './build/exif.ts';
export type { ImageSize } from './build/image-size.ts';
export type { PageBox } from './build/marks.ts';
export type { Mask, PixelMask } from './build/masks.ts';
export type { RegionOptions } from './build/region-parts.ts';
export type { Ellipse, KeyPoint, Point, Polygon, VectorPath, VertexPoint } from './build/shapes.ts';
export type { AudioSpan, DialogueSpan, HyperTextSpan, TimeSpan } from './build/spans.ts';
export type { Span } from './build/text-spans.ts';
export type { BoxKeyframe, Track, VectorKeyframe } from './build/tracks.ts';
export type { TagOccurrence } from './label-map.ts';

/** Text found on an image: where, what it says, and of which kind it is. */
export interface FoundText {
  /** A <Rectangle> or <RectangleLabels> takes a box, a <Polygon> or <PolygonLabels> a polygon. */
  where: Box | Polygon;
  text: string | readonly string[];
  label?: string | readonly string[];
}

/** The controls of an OCR config: what draws, the <TextArea perRegion="true">, and the <Labels> beside a plain tool. */
export interface TextControls {
  shape: string;
  text: string;
  labels?: string;
}

export class RegionBuilders extends VideoBuilders {
  /** Text found on an image: its shape, its text and its label, as results that share an id. @throws InputError */
  ocr(controls: TextControls, found: FoundText, options: RegionOptions = {}): Region[] {
    const { shape: name, text, labels } = controls;
    const { where, label } = found;
    const labeled = this.control(name).labelKey !== undefined;
    const polygon =
      !('centre' in where) &&
      !('corners' in where) &&
      Array.isArray('px' in where ? where.px[0] : (where.percent as unknown[])[0]);
    const shape = polygon
      ? labeled
        ? this.polygonLabels(name, label ?? [], where as Polygon, options)
        : this.polygon(name, where as Polygon, options)
      : labeled
        ? this.rectangleLabels(name, label ?? [], where as Box, options)
        : this.rectangle(name, where as Box, options);
    const { score } = options;
    const about = { ...(score !== undefined && { score }), about: shape };
    const named =
      labels === undefined || label === undefined || labeled
        ? []
        : [this.labelsOn(labels, label, shape, score === undefined ? {} : { score })];
    return [shape, ...named, this.textArea(text, found.text, about)];
  }

  /** Labels by the model's classes: predicted_values="car,truck", else the same name in any case. @throws InputError */
  labelMap(control: string, classes: Iterable<string>): Map<string, string> {
    return buildLabelMap(this.control(control), classes);
  }

  /** Labels of key points by class and index: predicted_values and model_index. @throws InputError */
  keyPointMap(control: string): Map<string, Map<number, string>> {
    return buildKeyPointMap(this.control(control));
  }

  /** The first control of a tag for an object of a tag. @throws InputError when the config has none */
  getFirstTagOccurrence(controls: string | readonly string[], objects: string | readonly string[]): TagOccurrence {
    return findFirstTag(this.config, controls, objects);
  }

  /** The score below which results are left out: model_score_threshold of the control, else 0.5. @throws InputError */
  scoreThreshold(control: string, otherwise = 0.5): number {
    return numberAttribute(this.control(control), ['model_score_threshold', 'score_threshold'], otherwise);
  }

  /** A number of a control's own attributes, such as model_iou="0.7". @throws InputError when it is no number */
  numberOf(control: string, attribute: string, otherwise: number): number {
    return numberAttribute(this.control(control), [attribute], otherwise);
  }

  /** An attribute of a control that is on or off, such as model_skip="true". @throws InputError */
  flagOf(control: string, attribute: string, otherwise = false): boolean {
    return flagAttribute(this.control(control), attribute, otherwise);
  }
}

/** The builder of each tag; a tag without one does not compile. */
export const BUILDERS = {
  Choices: 'choices',
  Taxonomy: 'taxonomy',
  TextArea: 'textArea',
  Rating: 'rating',
  Number: 'number',
  DateTime: 'dateTime',
  Pairwise: 'pairwise',
  Ranker: 'ranker',
  Labels: 'labels',
  HyperTextLabels: 'hyperTextLabels',
  ParagraphLabels: 'paragraphLabels',
  TimeSeriesLabels: 'timeSeriesLabels',
  OcrLabels: 'ocrLabels',
  RectangleLabels: 'rectangleLabels',
  Rectangle: 'rectangle',
  EllipseLabels: 'ellipseLabels',
  Ellipse: 'ellipse',
  PolygonLabels: 'polygonLabels',
  Polygon: 'polygon',
  KeyPointLabels: 'keyPointLabels',
  KeyPoint: 'keyPoint',
  BrushLabels: 'brushLabels',
  Brush: 'brush',
  BitmaskLabels: 'bitmaskLabels',
  Bitmask: 'bitmask',
  Magicwand: 'magicWand',
  VectorLabels: 'vectorLabels',
  Vector: 'vector',
  TimelineLabels: 'timelineLabels',
  VideoRectangle: 'videoRectangle',
  VideoVector: 'videoVector',
  VideoVectorLabels: 'videoVectorLabels',
  Relations: 'relation',
  Chat: 'chatMessage',
  ReactCode: 'reactCode',
} as const satisfies Record<ControlTagName, keyof RegionBuilders>;
