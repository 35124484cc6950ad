/** What can be chosen from: each a row here, and where it has files, a folder of the same name. A new one is one of each. */

export interface Choice {
  id: string;
  title: string;
  hint: string;
}

/** A label type is a row here and a folder in templates/label-types: its starter is written for `control` on one of `objects`. */
export interface LabelType extends Choice {
  /** The control tag whose results the starter predicts. */
  control: string;
  /** The object tags that it works on; 'any' where the starter takes what it gets. */
  objects: readonly string[] | 'any';
}

export const labelTypes = [
  { id: 'choices', title: 'Choices', hint: 'classify a whole text', control: 'Choices', objects: 'any' },
  {
    id: 'labels',
    title: 'Labels on text',
    hint: 'NER: mark names, dates, amounts',
    control: 'Labels',
    objects: ['Text'],
  },
  {
    id: 'rectanglelabels',
    title: 'Rectangle labels',
    hint: 'draw boxes on images',
    control: 'RectangleLabels',
    objects: ['Image'],
  },
  { id: 'textarea', title: 'Text area', hint: 'write text: summaries, answers', control: 'TextArea', objects: 'any' },
] as const satisfies readonly LabelType[];

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
