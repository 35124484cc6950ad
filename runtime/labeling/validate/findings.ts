/** What a validation found: where, what came, what is known. */

export type Severity = 'error' | 'warning';

export interface Finding {
  /** Which rule, in a word: 'label-unknown'. */
  code: string;
  /** JSON pointer into the prediction: '/result/0/value/choices/0'. */
  path: string;
  /** What came, what is needed, what is known, and the nearest match where there is one. */
  message: string;
  severity: Severity;
  /** Whether a server with prediction validation, which runs the reference SDK, refuses the prediction for this. */
  sdk: boolean;
}

/** A value for a message: short, whatever came. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 60 ? `${JSON.stringify(value.slice(0, 60).toWellFormed())}…` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return value === undefined ? 'nothing' : String(value).slice(0, 60);
}

/** A step of a JSON pointer. */
export function pointerStep(name: string): string {
  return name.slice(0, 60).replaceAll('~', '~0').replaceAll('/', '~1');
}
