/** What a project predicts, in words: for the report, its README and its package.json. */

import type { ControlDef, LabelConfig } from '../../runtime/labeling/config.ts';
import { labelTypes } from './choices.ts';
import type { Starter } from './starter.ts';

export interface Subject {
  /** "Choices 'sentiment' on Text 'text'" */
  found: string;
  /** 'Choices' */
  title: string;
  /** As part of a sentence, in Markdown. */
  predicts: string;
}

/** Past this, names are counted. */
const MOST = 6;

export function describeSubject(starter: Starter, config: LabelConfig): Subject {
  const { labelType, control, object, objectTag } = starter;
  if (labelType !== 'stubs') {
    const title = labelTypes.find(({ id }) => id === labelType)?.title ?? labelType;
    return {
      found: `${title} '${control}' on ${objectTag} '${object}'`,
      title,
      predicts: `\`${control}\` (${title}) on \`${object}\``,
    };
  }
  const controls = [...config.controls.values()];
  const tags = [...new Set(controls.map(({ tag }) => tag))];
  return {
    found: `${controls.length} ${controls.length === 1 ? 'control' : 'controls'} (${joined(controls, ({ tag, name }) => `${tag} '${name}'`)})`,
    title: tags.length > MOST ? 'many controls' : tags.join(', '),
    predicts: joined(controls, ({ tag, name }) => `\`${name}\` (${tag})`),
  };
}

function joined(controls: readonly ControlDef[], show: (control: ControlDef) => string): string {
  const rest = controls.length - MOST;
  return [...controls.slice(0, MOST).map(show), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}
