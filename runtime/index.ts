/** The door: what a model file imports. */

export { InputError } from './errors.ts';
export type { ControlDef, LabelConfig, ObjectDef, ParsedLabelConfig } from './labeling/config.ts';
export type { Log } from './log.ts';
export { type FitContext, type PredictContext, WOWAIML } from './model.ts';
export type { AnnotatedTask, Annotation, Json, Prediction, Region, Task } from './types.ts';
