/** Which question comes next, from what is already known: asked one by one, at most four behind the recommended defaults. */

import { examples, type LabelTypeId, labelTypes, packageManagers } from './choices.ts';
import { type Flags, options } from './options.ts';
import { failCancelled } from './stop.ts';
import type { Surroundings } from './surroundings.ts';

/** What is known so far: flags first, then answers. */
export interface Draft extends Flags {
  /** Where the project goes, as typed. */
  folder?: string;
  recommended?: boolean;
  /** The model is to be a file of the user's own; its path is `script`. */
  ownScript?: boolean;
  /** The labeling config is to be the user's own; its path is `config`. */
  ownConfig?: boolean;
  /** The fresh starter was chosen. */
  starter?: boolean;
  /** The project that is there is to be updated. */
  update?: boolean;
}

/** What to do with an answer: the draft that it makes. */
type Take<Value> = (value: Value) => Draft;
type Validate = (value: string) => string | true | Promise<string | true>;

export type Question =
  | { kind: 'text'; message: string; initial: string; validate: Validate; take: Take<string> }
  | { kind: 'confirm'; message: string; yes: string; no: string; take: Take<boolean> }
  /** A long list: typing narrows it down. */
  | { kind: 'search'; message: string; choices: Option[]; take: Take<string> }
  | { kind: 'select'; message: string; choices: Option[]; take: Take<string> }
  | { kind: 'multiselect'; message: string; choices: (Option & { selected: boolean })[]; take: Take<string[]> };

export interface Option {
  value: string;
  title: string;
  description?: string;
}

/** Checks that need the disk: a message, or true. */
export interface Checks {
  folder: Validate;
  config: Validate;
  script: Validate;
  /** The folder holds a project that we made: nothing but the update is left to ask. */
  isProject(folder: string): boolean;
}

/** Undefined when all is known, or may be taken from the defaults. */
export function nextQuestion(draft: Draft, surroundings: Surroundings, checks: Checks): Question | undefined {
  if (draft.folder === undefined) return askFolder(draft, checks);
  if (checks.isProject(draft.folder)) return draft.update === undefined ? askUpdate(draft) : undefined;
  const open = openDecisions(draft, surroundings);
  if (open.length === 0) return undefined;
  if (draft.recommended === undefined) return askRecommended(draft, open);
  if (draft.recommended) return undefined;
  if (draft.ownConfig && draft.config === undefined) {
    return askPath(options.config.question, checks.config, (config) => ({ ...draft, config }));
  }
  if (isTypeOpen(draft)) return askLabelType(draft);
  if (draft.ownScript && draft.script === undefined) {
    return askPath(options.script.question, checks.script, (script) => ({ ...draft, script }));
  }
  if (isModelOpen(draft)) return askModel(draft);
  // Two paths are the third and fourth question: what happens then is left to its flags and defaults.
  return draft.ownConfig && draft.ownScript ? undefined : askThen(draft, surroundings);
}

const isTypeOpen = ({ labelType, config, example, script }: Draft) =>
  [labelType, config, example, script].every((known) => known === undefined);
const isModelOpen = (draft: Draft) => draft.example === undefined && draft.script === undefined && !draft.starter;
const isThenOpen = (draft: Draft) => draft.install === undefined || draft.git === undefined;

/** The decisions that the defaults would take, in words. */
function openDecisions(draft: Draft, { packageManager }: Surroundings): string[] {
  const install = packageManagers.find(({ id }) => id === (draft.packageManager ?? packageManager))?.install;
  return [
    ...(isTypeOpen(draft) ? [`${labelTypes[0].title} (${labelTypes[0].hint})`] : []),
    ...(isModelOpen(draft) ? ['a fresh starter'] : []),
    ...(draft.install === undefined ? [install ?? 'install'] : []),
    ...(draft.git === undefined ? ['git init'] : []),
  ];
}

function askFolder(draft: Draft, checks: Checks): Question {
  return {
    kind: 'text',
    message: options.name.question,
    initial: draft.name ?? 'my-backend',
    validate: checks.folder,
    take: (folder) => ({ ...draft, folder }),
  };
}

function askUpdate(draft: Draft): Question {
  return {
    kind: 'confirm',
    message: 'A project of ours is there. Update it?',
    yes: 'Yes: runtime/ and deploy/ are replaced, what is yours stays',
    no: 'No, leave it as it is',
    take: (update) => (update ? { ...draft, update } : failCancelled()),
  };
}

function askRecommended(draft: Draft, open: string[]): Question {
  return {
    kind: 'confirm',
    message: 'Use the recommended defaults?',
    yes: `Yes: ${open.join(', ')}`,
    no: 'No, let me choose',
    take: (recommended) => ({ ...draft, recommended }),
  };
}

function askLabelType(draft: Draft): Question {
  return {
    kind: 'search',
    message: options.labelType.question,
    choices: [
      {
        value: 'own',
        title: 'A labeling config of mine',
        description: 'an XML file: a starter for its control, or typed stubs for all',
      },
      ...labelTypes.map(({ id, title, hint }) => ({ value: id, title, description: hint })),
    ],
    take: (value) => (value === 'own' ? { ...draft, ownConfig: true } : { ...draft, labelType: value as LabelTypeId }),
  };
}

function askModel(draft: Draft): Question {
  const fitting = examples.filter(({ labelType }) => draft.config === undefined && labelType === draft.labelType);
  return {
    kind: 'select',
    message: options.example.question,
    choices: [
      {
        value: 'starter',
        title: 'A fresh starter',
        description: 'predict() and fit() in 40 lines, to be replaced by yours',
      },
      ...fitting.map(({ id, title, hint }) => ({ value: id, title: `Example: ${title}`, description: hint })),
      { value: 'own', title: 'A script of mine', description: 'a .ts, .js or .mjs file with a model class' },
    ],
    take: (value) => {
      if (value === 'starter') return { ...draft, starter: true };
      return value === 'own'
        ? { ...draft, ownScript: true }
        : { ...draft, example: value as NonNullable<Draft['example']> };
    },
  };
}

function askPath(message: string, validate: Validate, take: Take<string>): Question {
  return { kind: 'text', message, initial: '', validate, take };
}

function askThen(draft: Draft, { packageManager }: Surroundings): Question | undefined {
  if (!isThenOpen(draft)) return undefined;
  const manager = packageManagers.find(({ id }) => id === (draft.packageManager ?? packageManager));
  const choices = [
    ...(draft.install === undefined
      ? [{ value: 'install', title: manager?.install ?? 'install', selected: true }]
      : []),
    ...(draft.git === undefined ? [{ value: 'git', title: 'git init', selected: true }] : []),
  ];
  return {
    kind: 'multiselect',
    message: options.install.question,
    choices,
    take: (chosen) => ({
      ...draft,
      install: draft.install ?? chosen.includes('install'),
      git: draft.git ?? chosen.includes('git'),
    }),
  };
}
