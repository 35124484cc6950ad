import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findOptions } from '../../generators/app/ask.ts';
import { examples, labelTypes } from '../../generators/app/options.ts';
import { type Checks, type Draft, nextQuestion, type Question } from '../../generators/app/questions.ts';
import type { Surroundings } from '../../generators/app/surroundings.ts';

const surroundings: Surroundings = {
  cwd: '/nowhere',
  env: {},
  interactive: true,
  packageManager: 'pnpm',
  nodeVersion: '24.1.0',
  typed: 'create',
  version: '1.2.3',
};
const checks: Checks = {
  folder: () => true,
  config: () => true,
  script: () => true,
  isProject: (folder) => folder === 'there',
};

type Answer = string | boolean | string[];

/** Answers question after question; what was asked, and what is known at the end. */
function walk(draft: Draft, ...answers: Answer[]): { asked: string[]; draft: Draft; left: Answer[] } {
  const asked: string[] = [];
  for (;;) {
    const question = nextQuestion(draft, surroundings, checks);
    if (question === undefined) return { asked, draft, left: answers };
    asked.push(question.message);
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`no answer to '${question.message}'`);
    draft = (question.take as (value: Answer) => Draft)(answer);
  }
}

const where = 'Where should the project go?';
const recommended = 'Use the recommended defaults?';
const predict = 'What should the model predict?';
const model = 'Which model do you start from?';
const config = 'Path of the labeling config (XML):';
const script = 'Path of the model script (.ts, .js, .mjs):';
const then = 'And then?';

/** Flags, answers → what is asked, and what is known then beside the flags. */
const walks: [string, Draft, Answer[], string[], Draft][] = [
  ['the defaults', {}, ['app', true], [where, recommended], { folder: 'app', recommended: true }],
  [
    'a label type and a starter',
    {},
    ['app', false, 'labels', 'starter', ['git']],
    [where, recommended, predict, model, then],
    { folder: 'app', recommended: false, labelType: 'labels', starter: true, install: false, git: true },
  ],
  [
    'an example',
    {},
    ['app', false, 'choices', 'text-classifier', []],
    [where, recommended, predict, model, then],
    { folder: 'app', recommended: false, labelType: 'choices', example: 'text-classifier', install: false, git: false },
  ],
  [
    'files of one’s own: four questions behind the defaults, and no fifth',
    {},
    ['app', false, 'own', 'a.xml', 'own', 'b.ts'],
    [where, recommended, predict, config, model, script],
    { folder: 'app', recommended: false, ownConfig: true, config: 'a.xml', ownScript: true, script: 'b.ts' },
  ],
  [
    'flags that leave one decision',
    { folder: 'app', example: 'text-classifier', git: false },
    [false, ['install']],
    [recommended, then],
    { recommended: false, install: true },
  ],
  [
    'all flags',
    { folder: 'app', labelType: 'choices', example: 'text-classifier', install: true, git: true },
    [],
    [],
    {},
  ],
  [
    'a script by flag: its label type is in it',
    { folder: 'app', script: 'a.ts', install: true, git: true },
    [],
    [],
    {},
  ],
  ['an existing project', { folder: 'there' }, [true], ['A project of ours is there. Update it?'], { update: true }],
];
for (const [what, flags, answers, asked, known] of walks) {
  test(`questions: ${what}`, () => {
    const walked = walk(flags, ...answers);
    assert.equal(walked, { asked, draft: { ...flags, ...known }, left: [] });
  });
}

test('an existing project that is not to be updated ends the run', () => {
  assert.throws(
    () => walk({ folder: 'there' }, false),
    (error: { exitCode?: number }) => error.exitCode === 130,
  );
});

function questionOf(draft: Draft): Question {
  const question = nextQuestion(draft, surroundings, checks);
  if (question === undefined) throw new Error('no question');
  return question;
}

test('the choices are the table’s, in its order, and the defaults name the user’s package manager', () => {
  const types = questionOf({ folder: 'app', recommended: false });
  assert.equal(types.kind === 'search' && types.choices.map(({ value }) => value), [
    'own',
    ...labelTypes.map(({ id }) => id),
  ]);
  const defaults = questionOf({ folder: 'app' });
  assert.is(
    defaults.kind === 'confirm' && defaults.yes,
    'Yes: Choices (classify a whole text), a fresh starter, pnpm install, git init',
  );
});

test('what is typed narrows the label types down by the beginnings of their words', () => {
  const types = questionOf({ folder: 'app', recommended: false });
  const find = (typed: string) =>
    types.kind === 'search' && findOptions(types.choices, typed).map(({ value }) => value);
  assert.equal(find('NER'), ['labels']);
  assert.equal(find('brush lab'), ['brushlabels']);
  assert.equal(find('videorect'), ['videorectangle']);
  assert.equal(find('config'), ['own']);
  assert.equal(find('zzz'), []);
  assert.is((find(' ') || []).length, labelTypes.length + 1);
});

test('an example is offered for its label type alone', () => {
  for (const { id } of labelTypes) {
    const question = questionOf({ folder: 'app', recommended: false, labelType: id });
    const fitting = examples.filter(({ labelType }) => labelType === id).map((example) => example.id);
    assert.equal(
      question.kind === 'select' && question.choices.map(({ value }) => value),
      ['starter', ...fitting, 'own'],
      id,
    );
  }
});

test.run();
