/** Puts a question on the terminal with `prompts`; Ctrl-C and Escape cancel the run. */

import prompts from 'prompts';
import type { Question } from './questions.ts';
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
    const { value } = await prompts({ ...prompt, name: 'value' } as prompts.PromptObject<'value'>, { onCancel });
    return cancelled ? cancel() : value;
  };
  return {
    askPrompt,
    ask: async (question) => {
      const value = await askPrompt(promptOf(question));
      switch (question.kind) {
        case 'text':
          return question.take(String(value).trim());
        case 'confirm':
          return question.take(value === 'yes');
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
    case 'multiselect':
      return { type: 'multiselect', message, choices: question.choices, instructions: false, hint: 'space to select' };
  }
}
