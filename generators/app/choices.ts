/** What can be chosen from: each a row here, and where it has files, a folder of the same name. A new one is one of each. */

import type { CONTROL_TAGS, ControlTagName } from '../../runtime/labeling/tags.ts';

export interface Choice {
  id: string;
  title: string;
  hint: string;
}

/** A label type is a row here and a folder in templates/label-types: its starter is written for `control` on one of `objects`. */
export interface LabelType extends Choice {
  /** The control tag whose results the starter predicts. */
  control: ControlTagName;
  /** The object tags that it works on; 'any' where the starter takes what it gets. */
  objects: readonly string[] | 'any';
  /** Folders of templates/parts that the starter shares with others. */
  parts?: readonly string[];
  /** Only where the labeling config declares relations. */
  relations?: true;
}

const SHAPES = { objects: ['Image'], parts: ['pixels'] } as const;
const NAMED = { objects: ['Image'], parts: ['pixels', 'named-shapes'] } as const;
const VIDEO = { objects: ['Video'], parts: ['frames'] } as const;

// biome-ignore format: a table is read by its rows
export const labelTypes = [
  { id: 'choices', title: 'Choices', hint: 'classify a whole text', control: 'Choices', objects: 'any' },
  { id: 'taxonomy', title: 'Taxonomy', hint: 'classify into a tree', control: 'Taxonomy', objects: 'any' },
  { id: 'textarea', title: 'Text area', hint: 'write text: summaries, answers', control: 'TextArea', objects: 'any' },
  { id: 'rating', title: 'Rating', hint: 'stars', control: 'Rating', objects: 'any' },
  { id: 'number', title: 'Number', hint: 'a quantity', control: 'Number', objects: 'any' },
  { id: 'datetime', title: 'Date and time', hint: 'a date that a text tells', control: 'DateTime', objects: 'any' },
  { id: 'pairwise', title: 'Pairwise', hint: 'which of two is better', control: 'Pairwise', objects: 'any' },
  { id: 'ranker', title: 'Ranker', hint: 'put a list in order, or into buckets', control: 'Ranker', objects: ['List'] },

  { id: 'relations', title: 'Relations', hint: 'mark names and how they relate', control: 'Labels', objects: ['Text'], relations: true },
  { id: 'labels', title: 'Labels on text', hint: 'NER: mark names, dates, amounts', control: 'Labels', objects: ['Text'] },
  { id: 'hypertextlabels', title: 'Hypertext labels', hint: 'mark spans of an HTML page', control: 'HyperTextLabels', objects: ['HyperText'] },
  { id: 'paragraphlabels', title: 'Paragraph labels', hint: 'mark spans of a dialogue', control: 'ParagraphLabels', objects: ['Paragraphs'] },
  { id: 'audiolabels', title: 'Labels on audio', hint: 'mark stretches of a recording', control: 'Labels', objects: ['Audio'] },
  { id: 'timeserieslabels', title: 'Time series labels', hint: 'mark stretches of sensor data', control: 'TimeSeriesLabels', objects: ['TimeSeries'] },

  { id: 'rectanglelabels', title: 'Rectangle labels', hint: 'draw boxes on images', control: 'RectangleLabels', ...NAMED },
  { id: 'rectangle', title: 'Rectangle', hint: 'OCR: box the lines of a page, and read them', control: 'Rectangle', ...SHAPES },
  { id: 'ellipselabels', title: 'Ellipse labels', hint: 'draw ellipses on images', control: 'EllipseLabels', ...NAMED },
  { id: 'ellipse', title: 'Ellipse', hint: 'draw ellipses, name them with Labels', control: 'Ellipse', ...SHAPES },
  { id: 'polygonlabels', title: 'Polygon labels', hint: 'draw outlines on images', control: 'PolygonLabels', ...NAMED },
  { id: 'polygon', title: 'Polygon', hint: 'draw outlines, name them with Labels', control: 'Polygon', ...SHAPES },
  { id: 'keypointlabels', title: 'Key point labels', hint: 'set named points on images', control: 'KeyPointLabels', ...NAMED },
  { id: 'keypoint', title: 'Key point', hint: 'set points on images: corners', control: 'KeyPoint', ...SHAPES },
  { id: 'vectorlabels', title: 'Vector labels', hint: 'draw named lines on images', control: 'VectorLabels', ...NAMED },
  { id: 'vector', title: 'Vector', hint: 'draw lines on images', control: 'Vector', ...SHAPES },
  { id: 'brushlabels', title: 'Brush labels', hint: 'segment images with named masks', control: 'BrushLabels', ...SHAPES },
  { id: 'brush', title: 'Brush', hint: 'paint masks on images', control: 'Brush', ...SHAPES },
  { id: 'magicwand', title: 'Magic wand', hint: 'masks of similar pixels', control: 'Magicwand', ...SHAPES },
  { id: 'bitmasklabels', title: 'Bitmask labels', hint: 'segment images pixel by pixel', control: 'BitmaskLabels', ...SHAPES },
  { id: 'bitmask', title: 'Bitmask', hint: 'masks pixel by pixel', control: 'Bitmask', ...SHAPES },

  { id: 'timelinelabels', title: 'Timeline labels', hint: 'mark what happens when in a video', control: 'TimelineLabels', ...VIDEO },
  { id: 'videorectangle', title: 'Video rectangle', hint: 'follow objects through a video', control: 'VideoRectangle', objects: ['Video'], parts: ['frames', 'pixels'] },
] as const satisfies readonly LabelType[];

/** The tags that open servers have; those of no label type do not compile. */
type OpenTag = {
  [T in ControlTagName]: (typeof CONTROL_TAGS)[T]['availability'] extends 'community' ? T : never;
}[ControlTagName];
type Missing = Exclude<OpenTag, (typeof labelTypes)[number]['control'] | 'Relations'>;
true satisfies [Missing] extends [never] ? true : Missing;

/** An example is a row here and a folder in examples/: a finished backend with its own labeling config. */
export interface Example extends Choice {
  labelType: (typeof labelTypes)[number]['id'];
}

export const examples = [
  {
    id: 'text-classifier',
    title: 'Text classifier',
    hint: 'TF-IDF and logistic regression, learns from annotations',
    labelType: 'choices',
  },
] as const satisfies readonly Example[];

/** The four package managers, and how each spells what we print. */
export const packageManagers = [
  {
    id: 'npm',
    title: 'npm',
    hint: 'comes with Node',
    install: 'npm install',
    run: 'npm run',
    start: 'npm start',
    test: 'npm test',
  },
  {
    id: 'pnpm',
    title: 'pnpm',
    hint: 'pnpm.io',
    install: 'pnpm install',
    run: 'pnpm run',
    start: 'pnpm start',
    test: 'pnpm test',
  },
  {
    id: 'yarn',
    title: 'Yarn',
    hint: 'yarnpkg.com',
    install: 'yarn install',
    run: 'yarn run',
    start: 'yarn start',
    test: 'yarn test',
  },
  {
    id: 'bun',
    title: 'Bun',
    hint: 'bun.sh',
    install: 'bun install',
    run: 'bun run',
    start: 'bun run start',
    test: 'bun run test',
  },
] as const satisfies readonly (Choice & Record<'install' | 'run' | 'start' | 'test', string>)[];

export type LabelTypeId = (typeof labelTypes)[number]['id'];
export type ExampleId = (typeof examples)[number]['id'];
export type PackageManagerId = (typeof packageManagers)[number]['id'];
