/** The label-type fixtures' predictions, built: what builders must reproduce. */

import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { RegionBuilders } from '../../runtime/labeling/regions.ts';
import type { Region } from '../../runtime/types.ts';

export const image = { width: 800, height: 600 };
export const small = { width: 6, height: 4 };
export const pixels = Uint8Array.from({ length: 24 }, (_, at) =>
  Number(at % 6 >= 2 && at % 6 <= 4 && at >= 6 && at < 18),
);
export const path = {
  percent: [
    { x: 10, y: 10 },
    { x: 60, y: 15, curve: { controlPoint1: { x: 40, y: 5 }, controlPoint2: { x: 55, y: 25 } } },
    { x: 70, y: 60 },
  ],
};
export const lane = {
  framesCount: 250,
  duration: 10,
  keyframes: [
    { frame: 1, ...path },
    { frame: 30, enabled: false, ...path },
  ],
};
const name = { start: '/p[1]/b[1]/text()[1]', end: '/p[1]/b[1]/text()[1]', startOffset: 0, endOffset: 3, text: 'Ana' };

/** By fixture: what gives its prediction's result. */
export const FIXTURES: Record<string, (build: RegionBuilders, data: Record<string, string>) => Region[]> = {
  bitmask: (build) => [build.bitmask('bm', { pixels, image: small }, { id: 'm1' })],
  brush: (build) => {
    const mask = build.brush('mask', { pixels, image: small }, { id: 'm1' });
    return [mask, build.labelsOn('cls', 'Tumor', mask)];
  },
  brushlabels: (build) => [build.brushLabels('mask', 'Tumor', { pixels, image: small }, { id: 'm1' })],
  choices: (build) => [build.choices('mood', 'Positive', { id: 'r1', score: 0.93 })],
  choices_multiple: (build) => [build.choices('flags', ['Blurred', 'Dark'], { id: 'r1' })],
  choices_per_region: (build) => {
    const percent = { x: 10, y: 20, width: 15, height: 10 };
    const box = build.rectangleLabels('box', 'Sign', { percent, image }, { id: 's1' });
    return [box, build.choices('state', 'Damaged', { about: box })];
  },
  datetime: (build) => [build.dateTime('when', new Date('2024-05-03'), { id: 'd1' })],
  ellipselabels: (build) => [
    build.ellipseLabels(
      'ell',
      'Planet',
      { px: { x: 400, y: 300, radiusX: 100, radiusY: 54 }, rotation: 30, image },
      { id: 'e1' },
    ),
  ],
  hypertextlabels: (build) => [
    build.hyperTextLabels('part', 'Name', { ...name, globalOffsets: { start: 5, end: 8 } }, { id: 'h1' }),
  ],
  keypoint: (build) => [build.keyPoint('kp', { percent: [38.4, 34.21], width: 1, image }, { id: 'k1' })],
  keypointlabels: (build) => [
    build.keyPointLabels('kp', 'Nose', { percent: [40, 33.3], width: 0.6, image }, { id: 'k1' }),
  ],
  labels_hypertext: (build) => [build.labels('part', 'Name', name, { id: 'h1' })],
  labels_text: (build, { text = '' }) => [
    build.labels('ner', 'Person', { text, start: 0, end: 12 }, { id: 'e1', score: 0.98 }),
    build.labels('ner', ['Person'], { text, start: 17, end: 32, unit: 'codePoint' }, { id: 'e2', score: 0.7 }),
  ],
  magicwand: (build) => {
    const mask = build.magicWand('wand', { pixels, image: small }, { id: 'm1' });
    return [mask, build.labelsOn('cls', 'Cloud', mask)];
  },
  number: (build) => [build.number('count', 7, { id: 'n1' })],
  pairwise: (build) => [build.pairwise('best', 'right', { id: 'w1' })],
  paragraphlabels: (build, { dialogue }) => [
    build.paragraphLabels(
      'act',
      'Question',
      { dialogue: dialogue as unknown as [], item: 0, start: 0, end: 12 },
      { id: 'p1' },
    ),
  ],
  polygonlabels: (build) => [
    build.polygonLabels(
      'poly',
      'Roof',
      {
        px: [
          [80, 60],
          [480, 75],
          [280, 420],
        ],
        image,
      },
      { id: 'p1' },
    ),
  ],
  ranker: (build) => [build.ranker('order', ['b', 'a', 'c'], { id: 'k1' })],
  rating: (build) => [build.rating('stars', 4, { id: 's1' })],
  reactcode: (build) => [build.reactCode('app', { decision: 'approve', priority: 4, note: 'fine' }, { id: 'z1' })],
  rectangle_labels_textarea_ocr: (build) =>
    build.ocr(
      { shape: 'bbox', labels: 'kind', text: 'text' },
      { where: { px: [40, 30, 200, 54], image }, label: 'Printed', text: 'TOTAL' },
      { id: 'w1' },
    ),
  rectanglelabels: (build) => [
    build.rectangleLabels('box', 'Car', { px: [84, 120, 324, 271.5], image }, { id: 'b1', score: 0.77 }),
  ],
  taxonomy: (build) => [build.taxonomy('species', [['Animal', 'Bird', 'Owl'], ['Plant']], { id: 'x1' })],
  textarea: (build) => [build.textArea('transcript', 'Hello and welcome.', { id: 't1' })],
  timeserieslabels: (build) => [build.timeSeriesLabels('ev', 'Run', { start: 592, end: 700.5 }, { id: 't1' })],
  vector: (build) => [build.vector('path', { ...path, image }, { id: 'v1' })],
  videorectangle: (build) => [
    build.videoRectangle(
      'box',
      'Car',
      {
        framesCount: 250,
        duration: 10,
        keyframes: [
          { frame: 1, percent: { x: 16, y: 51, width: 30, height: 28 } },
          { frame: 25, percent: { x: 44.7, y: 51.5, width: 30.1, height: 28.8 }, enabled: false },
        ],
      },
      { id: 'q1' },
    ),
  ],
  videovector: (build) => [build.videoVector('vec', lane, { id: 'q1' })],
  videovectorlabels: (build) => [build.videoVectorLabels('lane', 'Lane', lane, { id: 'q1' })],
};

/** A builder that notes which of its methods were called. */
export function createRecorder(config: string, called: Set<string>): RegionBuilders {
  return new Proxy(new RegionBuilders(parseLabelConfig(config)), {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      called.add(String(name));
      return member.bind(target);
    },
  });
}
