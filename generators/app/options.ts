/** The table of everything a user can choose: flags, questions, --help, types, stored answers and tests all read it. */

import { type Choice, examples, labelTypes, packageManagers } from './choices.ts';

export type { ExampleId, LabelTypeId, PackageManagerId } from './choices.ts';
export { examples, labelTypes, packageManagers } from './choices.ts';

interface BaseRow {
  flag: string;
  /** Other spellings, not listed first: the original's, and short names. */
  also?: readonly string[];
  alias?: string;
  help: string;
  group: 'what' | 'where' | 'after' | 'other';
  /** What a terminal asks where the flag is missing. */
  question?: string;
  /** Stays as it was when the project was made: running again cannot change it. */
  fixed?: true;
}

export type Row = BaseRow &
  (
    | { type: 'boolean'; default: boolean; negatable?: true }
    | { type: 'text'; value: string; default?: string }
    | {
        type: 'choice';
        value: string;
        choices: readonly Choice[];
        default?: string;
        /** Folder of the package that holds one folder per choice: the chosen one is a layer of the project. */
        layers?: string;
      }
  );

export const options = {
  labelType: {
    flag: 'label-type',
    also: ['type'],
    alias: 'l',
    type: 'choice',
    value: 'TYPE',
    choices: labelTypes,
    default: 'choices',
    layers: 'templates/label-types',
    help: 'what the model predicts',
    question: 'What should the model predict?',
    group: 'what',
    fixed: true,
  },
  example: {
    flag: 'example',
    alias: 'e',
    type: 'choice',
    value: 'NAME',
    choices: examples,
    layers: 'examples',
    help: 'start from a finished backend instead of a starter',
    question: 'Which model do you start from?',
    group: 'what',
    fixed: true,
  },
  script: {
    flag: 'script',
    also: ['from'],
    alias: 's',
    type: 'text',
    value: 'PATH[:Class]',
    help: 'start from your own model: a .ts, .js or .mjs file and the local files it imports',
    question: 'Path of the model script (.ts, .js, .mjs):',
    group: 'what',
    fixed: true,
  },
  config: {
    flag: 'config',
    also: ['label-config'],
    alias: 'c',
    type: 'text',
    value: 'PATH',
    help: 'begin with this labeling config (XML): a starter, or a stub for each control',
    question: 'Path of the labeling config (XML):',
    group: 'what',
    fixed: true,
  },
  name: {
    flag: 'name',
    alias: 'n',
    type: 'text',
    value: 'NAME',
    help: "the project's name (default: its folder's)",
    question: 'Where should the project go?',
    group: 'where',
  },
  rootDir: {
    flag: 'root-dir',
    type: 'text',
    value: 'DIR',
    default: '.',
    help: 'the folder that FOLDER is made in (default: here)',
    group: 'where',
  },
  force: {
    flag: 'force',
    alias: 'f',
    type: 'boolean',
    default: false,
    help: 'write into a folder with other files: overwrites those in the way, deletes none',
    group: 'where',
  },
  dryRun: {
    flag: 'dry-run',
    type: 'boolean',
    default: false,
    help: 'list what would be written, write nothing',
    group: 'where',
  },
  install: {
    flag: 'install',
    type: 'boolean',
    default: true,
    negatable: true,
    help: 'install the dependencies, or not',
    question: 'And then?',
    group: 'after',
  },
  git: {
    flag: 'git',
    type: 'boolean',
    default: true,
    negatable: true,
    help: 'start a git repository, or not',
    group: 'after',
  },
  start: {
    flag: 'start',
    type: 'boolean',
    default: false,
    help: 'start the backend when all is installed',
    group: 'after',
  },
  packageManager: {
    flag: 'pm',
    also: ['package-manager'],
    type: 'choice',
    value: 'NAME',
    choices: packageManagers,
    help: 'the package manager (default: the one that runs this)',
    group: 'after',
  },
  yes: {
    flag: 'yes',
    alias: 'y',
    type: 'boolean',
    default: false,
    help: 'ask nothing: take the default where a flag is missing',
    group: 'other',
  },
  verbose: {
    flag: 'verbose',
    type: 'boolean',
    default: false,
    help: "show the installer's output, and stack traces",
    group: 'other',
  },
  version: { flag: 'version', alias: 'v', type: 'boolean', default: false, help: 'print the version', group: 'other' },
  help: { flag: 'help', alias: 'h', type: 'boolean', default: false, help: 'print this', group: 'other' },
} as const satisfies Record<string, Row>;

export type OptionKey = keyof typeof options;
type ValueOf<R extends Row> = R extends { type: 'boolean' }
  ? boolean
  : R extends { choices: readonly { id: infer Id }[] }
    ? Id
    : string;

/** What the command line said: a missing key was not said. */
export type Flags = { -readonly [K in OptionKey]?: ValueOf<(typeof options)[K]> };
/** The table as rows of one type, for loops over it. */
export function optionRows(): [OptionKey, Row][] {
  return Object.entries(options) as [OptionKey, Row][];
}
