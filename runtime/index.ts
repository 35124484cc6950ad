/** The door: what a model file imports. */

export { InputError } from './errors.ts';
export { type Image, readImage } from './images.ts';
export type { ControlDef, LabelConfig, ObjectDef, ParsedLabelConfig } from './labeling/config.ts';
export type { Box, ImageSize, RegionOptions, Span } from './labeling/regions.ts';
export type { ControlName, LabelOf, RelationLabel, TaskData } from './labeling/typed.ts';
export { type Finding, validatePrediction } from './labeling/validate.ts';
export type { ValueOf } from './labeling/value-types.ts';
export type { Log } from './log.ts';
export { type EvaluateContext, type FitContext, type Metrics, type PredictContext, WOWAIML } from './model.ts';
export type { AnnotatedTask, Annotation, Json, Prediction, Region, Task } from './types.ts';
