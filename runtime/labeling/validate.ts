/** Predictions held against the labeling config before they leave: what is wrong, where, and what would be right. */

import type { Task } from '../types.ts';
import type { LabelConfig } from './config.ts';
import { rulebookOf } from './rulebook.ts';
import { validateAsSdk } from './validate/as-sdk.ts';
import type { Finding } from './validate/findings.ts';
import { Inspection } from './validate/inspection.ts';
import { validateStrictly } from './validate/strictly.ts';

export type { Finding, Severity } from './validate/findings.ts';

export interface ValidateOptions {
  /** The task that the prediction is for: with it, offsets, list items and labels from task data are checked as well. */
  task?: Task;
  /** 'strict' knows every rule; 'sdk' says what a server with prediction validation says, its gaps and bugs included. */
  mode?: 'strict' | 'sdk';
}

/**
 * Everything that is wrong with a prediction; an empty list when nothing is. Never throws, whatever came, and costs no
 * more than reading it. Errors are what the server or the editor would refuse, drop or show wrong.
 */
export function validatePrediction(prediction: unknown, config: LabelConfig, options: ValidateOptions = {}): Finding[] {
  const book = rulebookOf(config);
  if (options.mode === 'sdk') return validateAsSdk(prediction, new Inspection(book, options.task));
  const findings = validateStrictly(prediction, new Inspection(book, options.task));
  if (findings.length > 0) reconcile(findings, validateAsSdk(prediction, new Inspection(book, options.task)));
  return findings;
}

/**
 * Rules know by themselves whether the SDK has them, too; but one finding may hide another, and the SDK reads numbers
 * in its own way. What it says of the very same result decides.
 */
function reconcile(findings: Finding[], theirs: readonly Finding[]): void {
  const refused = new Set(theirs.map(placeOf));
  const unforeseen = theirs.some(({ code }) => code === 'unforeseen');
  const marked = new Set<string>();
  for (const finding of findings) {
    if (finding.sdk && !unforeseen) finding.sdk = refused.has(placeOf(finding));
    if (finding.sdk) marked.add(placeOf(finding));
  }
  for (const finding of findings) {
    const place = placeOf(finding);
    if (finding.sdk || finding.severity === 'warning' || marked.has(place) || !refused.has(place)) continue;
    finding.sdk = true;
    marked.add(place);
  }
}

/** '/result/3' of '/result/3/value/x'; '/score' and '/result' stand for themselves. */
function placeOf({ path }: Finding): string {
  return path.split('/', 3).join('/');
}
