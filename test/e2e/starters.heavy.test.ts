import { configFiles, dailyTypes, starterPlans } from './starters.ts';
import { walkProjects } from './walks.ts';

const plans = starterPlans.filter(({ labelType }) => !dailyTypes.includes(labelType));

walkProjects('starters', plans, configFiles).run();
