/** Every label type as a newcomer and as a user with a labeling config of their own would have it made. */

import { type LabelTypeId, labelTypes } from '../../generators/app/options.ts';
import { ownConfigs } from './own-configs.ts';
import type { Plan } from './workshop.ts';

export interface StarterPlan extends Plan {
  labelType: LabelTypeId;
  /** What the command says it found in the labeling config. */
  found?: string;
}

/** The few that run with every test; the others have a suite that takes its time. */
export const dailyTypes: readonly LabelTypeId[] = ['choices', 'rectanglelabels'];

export const starterPlans: readonly StarterPlan[] = [
  ...labelTypes.map(({ id }) => ({ name: `starter-${id}`, labelType: id, flags: ['--label-type', id] })),
  ...labelTypes.map(({ id, title }) => ({
    name: `config-${id}`,
    labelType: id,
    flags: ['--config', `${id}.xml`, '--label-type', id],
    found: `${title} ${ownConfigs[id].found}, a fresh starter`,
  })),
];

/** The files that the plans' flags name. */
export const configFiles = Object.fromEntries(labelTypes.map(({ id }) => [`${id}.xml`, ownConfigs[id].xml]));
