/** Predictions of our own on images, audio and video, built: what each value must have. */

import type { RegionBuilders } from '../../runtime/labeling/regions.ts';
import type { Region } from '../../runtime/types.ts';
import { image, lane, pixels, small } from './built-fixtures.ts';

export interface Case {
  title: string;
  config: string;
  data: Record<string, unknown>;
  act: (build: RegionBuilders) => Region[];
  /** What each result must have, beside what the config says. */
  values: unknown[];
}

/** The config's objects, by the control's body. */
export const on = (objects: string, controls: string) => `<View>${objects}${controls}</View>`;
const IMAGE = '<Image name="img" value="$image"/>';
const VIDEO = '<Video name="vid" value="$video" frameRate="25"/>';
export const DATA = { image: 'a.png', pages: ['a.png', 'b.png'], video: 'a.mp4', text: 'Ada met Bob', audio: 'a.wav' };

export const MEDIA_CASES: Case[] = [
  {
    title: 'audio with channels, and a transcript of the region',
    config: on(
      '<Audio name="wav" value="$audio"/>',
      '<Labels name="seg" toName="wav"><Label value="Speech"/></Labels><TextArea name="said" toName="wav" perRegion="true"/>',
    ),
    data: DATA,
    act: (build) => {
      const region = build.labels('seg', 'Speech', { seconds: [0.5, 3.25], channel: 1, duration: 12.4 });
      return [region, build.textArea('said', 'Hi', { about: region })];
    },
    values: [
      { start: 0.5, end: 3.25, channel: 1, labels: ['Speech'] },
      { start: 0.5, end: 3.25, channel: 1, text: ['Hi'] },
    ],
  },
  {
    title: 'bitmask labels',
    config: on(IMAGE, '<BitmaskLabels name="bm" toName="img"><Label value="Cell"/></BitmaskLabels>'),
    data: DATA,
    act: (build) => [build.bitmaskLabels('bm', 'Cell', { pixels, image: small })],
    values: [{ bitmasklabels: ['Cell'] }],
  },
  {
    title: 'shapes without labels, named beside',
    config: on(
      IMAGE,
      '<Ellipse name="e" toName="img"/><Polygon name="p" toName="img"/><Rectangle name="r" toName="img"/><Labels name="l" toName="img"><Label value="A"/></Labels>',
    ),
    data: DATA,
    act: (build) => {
      const ellipse = build.ellipse('e', { percent: { x: 50, y: 50, radiusX: 10, radiusY: 20 }, image });
      const polygon = build.polygon(
        'p',
        {
          percent: [
            [1, 2],
            [3, 4],
            [5, 9],
          ],
          image,
        },
        { parent: ellipse },
      );
      return [ellipse, polygon, build.labelsOn('l', 'A', polygon), build.rectangle('r', { px: [0, 0, 80, 60], image })];
    },
    values: [
      { x: 50, y: 50, radiusX: 10, radiusY: 20, rotation: 0 },
      {
        points: [
          [1, 2],
          [3, 4],
          [5, 9],
        ],
        closed: true,
      },
      {
        points: [
          [1, 2],
          [3, 4],
          [5, 9],
        ],
        closed: true,
        labels: ['A'],
      },
      { x: 0, y: 0, width: 10, height: 10, rotation: 0 },
    ],
  },
  {
    title: 'vector labels, closed, in pixels',
    config: on(IMAGE, '<VectorLabels name="v" toName="img" closable="true"><Label value="Road"/></VectorLabels>'),
    data: DATA,
    act: (build) => [
      build.vectorLabels('v', 'Road', {
        px: [
          { x: 80, y: 60 },
          { x: 800, y: 600, id: 'end' },
        ],
        closed: true,
        image,
      }),
    ],
    values: [
      {
        vertices: [
          { id: 'v1', x: 10, y: 10, prevPointId: null, isBezier: false },
          { id: 'end', x: 100, y: 100, prevPointId: 'v1', isBezier: false },
        ],
        closed: true,
        vectorlabels: ['Road'],
      },
    ],
  },
  {
    title: 'timeline',
    config: on(VIDEO, '<TimelineLabels name="tl" toName="vid"><Label value="Moving"/></TimelineLabels>'),
    data: DATA,
    act: (build) => [build.timelineLabels('tl', 'Moving', [3, 50])],
    values: [{ ranges: [{ start: 3, end: 50 }], timelinelabels: ['Moving'] }],
  },
  {
    title: 'labels beside a video vector, in one result',
    config: on(
      VIDEO,
      '<VideoVector name="vec" toName="vid"/><Labels name="lane" toName="vid"><Label value="Lane"/></Labels>',
    ),
    data: DATA,
    act: (build) => [build.videoVectorLabels('lane', 'Lane', lane)],
    values: [{ framesCount: 250, videovectorlabels: ['Lane'] }],
  },
  {
    title: 'a moving box without labels, in pixels',
    config: on(VIDEO, '<VideoRectangle name="box" toName="vid"/>'),
    data: DATA,
    act: (build) => [
      build.videoRectangle('box', null, {
        framesCount: 50,
        duration: 2,
        image,
        keyframes: [{ frame: 5, px: [80, 60, 160, 120] }],
      }),
    ],
    values: [
      {
        framesCount: 50,
        duration: 2,
        sequence: [{ frame: 5, time: 0.2, enabled: true, x: 10, y: 10, width: 10, height: 10, rotation: 0 }],
      },
    ],
  },
];
