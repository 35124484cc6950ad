/** Puts a question on the terminal with `prompts`; Ctrl-C and Escape cancel the run. */

import prompts from 'prompts';
import type { Draft, Option, Question } from './questions.ts';
import type { Asking, Prompt } from './session.ts';

/**
 * How a person at a terminal is asked. Without one this must not be used: at the end of input, prompts never settles.
 * @param cancel what Ctrl-C and Escape do
 */
export function createAsking(cancel: () => never): Asking {
  const askPrompt = async (prompt: Prompt): Promise<unknown> => {
    let cancelled = false;
    const onCancel = () => {
      cancelled = true;
    };
    // Escape counts as an answer in a list that is typed into.
    const onState = ({ exited }: { exited?: boolean }) => {
      cancelled ||= exited === true;
    };
    const { value } = await prompts({ ...prompt, onState, name: 'value' } as prompts.PromptObject<'value'>, {
      onCancel,
    });
    return cancelled ? cancel() : value;
  };
  return {
    askPrompt,
    ask: async function ask(question): Promise<Draft> {
      const value = await askPrompt(promptOf(question));
      switch (question.kind) {
        case 'text':
          return question.take(String(value).trim());
        case 'confirm':
          return question.take(value === 'yes');
        case 'search':
          // Enter where nothing fits what was typed.
          return typeof value === 'string' ? question.take(value) : ask(question);
        case 'select':
          return question.take(String(value));
        case 'multiselect':
          return question.take(value as string[]);
      }
    },
  };
}

function promptOf(question: Question): Prompt {
  const { message } = question;
  switch (question.kind) {
    case 'text':
      return {
        type: 'text',
        message,
        initial: question.initial,
        validate: (typed: string) => question.validate((typed || question.initial).trim()),
      };
    case 'confirm':
      // A list rather than y/n: what "yes" means is one of its lines.
      return {
        type: 'select',
        message,
        choices: [
          { title: question.yes, value: 'yes' },
          { title: question.no, value: 'no' },
        ],
        initial: 0,
      };
    case 'select':
      return { type: 'select', message, choices: question.choices, initial: 0 };
    case 'search':
      return {
        type: 'autocomplete',
        message,
        choices: question.choices,
        limit: 12,
        suggest: async (typed: string) => findOptions(question.choices, typed),
        onRender(this: { msg?: string; done?: boolean; completing?: boolean }) {
          this.msg = this.done ? message : `${message} (type to search)`;
          // Else an answer looks another way where the search was not over yet.
          if (this.done) this.completing = false;
        },
      } as Prompt;
    case 'multiselect':
      return { type: 'multiselect', message, choices: question.choices, instructions: false, hint: 'space to select' };
  }
}

/** Those where each word that was typed begins a word of the title, the description or the name on the command line. */
export function findOptions(options: readonly Option[], typed: string): Option[] {
  const words = wordsOf(typed);
  return options.filter(({ value, title, description = '' }) => {
    const own = wordsOf(`${value} ${title} ${description}`);
    return words.every((word) => own.some((candidate) => candidate.startsWith(word)));
  });
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
