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
import type { ControlArg, LabelArg, LabelOf, Labels } from './typed.ts';

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
export interface FoundText<N extends string = string, L extends Labels = Labels> {
  /** A <Rectangle> or <RectangleLabels> takes a box, a <Polygon> or <PolygonLabels> a polygon. */
  where: Box | Polygon;
  text: string | readonly string[];
  label?: LabelArg<N, L>;
}

/** The controls of an OCR config: what draws, the <TextArea perRegion="true">, and the <Labels> beside a plain tool. */
export interface TextControls<S extends string = string, T extends string = string, N extends string = string> {
  shape: ControlArg<S, 'Rectangle' | 'RectangleLabels' | 'Polygon' | 'PolygonLabels'>;
  text: ControlArg<T, 'TextArea'>;
  labels?: ControlArg<N, 'Labels'>;
}

export class RegionBuilders extends VideoBuilders {
  /** Text found on an image: its shape, its text and its label, as results that share an id. @throws InputError */
  ocr<S extends string, T extends string, N extends string = never, const L extends Labels = never>(
    controls: TextControls<S, T, N>,
    found: FoundText<S | N, L>,
    options?: RegionOptions,
  ): Region[];
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
  labelMap<N extends string>(control: ControlArg<N>, classes: Iterable<string>): Map<string, LabelOf<N>> {
    return buildLabelMap(this.control(control), classes) as Map<string, LabelOf<N>>;
  }

  /** Labels of key points by class and index: predicted_values and model_index. @throws InputError */
  keyPointMap<N extends string>(control: ControlArg<N, 'KeyPointLabels'>): Map<string, Map<number, LabelOf<N>>> {
    return buildKeyPointMap(this.control<string>(control)) as Map<string, Map<number, LabelOf<N>>>;
  }

  /** The first control of a tag for an object of a tag. @throws InputError when the config has none */
  getFirstTagOccurrence(controls: string | readonly string[], objects: string | readonly string[]): TagOccurrence {
    return findFirstTag(this.config, controls, objects);
  }

  /** The score below which results are left out: model_score_threshold of the control, else 0.5. @throws InputError */
  scoreThreshold<N extends string>(control: ControlArg<N>, otherwise = 0.5): number {
    return numberAttribute(this.control(control), ['model_score_threshold', 'score_threshold'], otherwise);
  }

  /** A number of a control's own attributes, such as model_iou="0.7". @throws InputError when it is no number */
  numberOf<N extends string>(control: ControlArg<N>, attribute: string, otherwise: number): number {
    return numberAttribute(this.control(control), [attribute], otherwise);
  }

  /** An attribute of a control that is on or off, such as model_skip="true". @throws InputError */
  flagOf<N extends string>(control: ControlArg<N>, attribute: string, otherwise = false): boolean {
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
