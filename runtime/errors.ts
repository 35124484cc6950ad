/** The one error a caller can act on: what came, what is needed, what is known. Anything else is our fault. */

export class InputError extends Error {
  override readonly name = 'InputError';
  /** HTTP status to answer with: 4xx. */
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** What a caller can try again: too much at once, or a model that is not there just now. */
export class UnavailableError extends InputError {
  /** Seconds. */
  readonly retryAfter: number;

  constructor(message: string, retryAfter: number) {
    super(message, 503);
    this.retryAfter = retryAfter;
  }
}

/** The model did what the runtime cannot use. The message names it and is safe to show to a caller: status 500. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** Throws InputError, as an expression: `const id = body.id ?? fail('…')`. */
export function fail(message: string, status = 400): never {
  throw new InputError(message, status);
}

/** The names in `known` closest to `name` first: for "did you mean". At most `limit`, none when nothing is near. */
export function nearest(name: string, known: Iterable<string>, limit = 1): string[] {
  const lower = name.toLowerCase();
  // Two letters apart is a typo in a long name and another name among short ones.
  const reach = ({ length }: string): number => Math.min(length - 1, Math.max(2, Math.floor(length / 3)));
  return [...known]
    .filter((candidate) => Math.abs(candidate.length - name.length) <= reach(candidate))
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= reach(candidate))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** A message that lists more names than this is not read any more. */
const NAMES_SHOWN = 20;

/** What is wrong with a name, in one sentence: the name that came, the nearest match, what is known. */
export function unknownName(kind: string, name: string, known: Iterable<string>): string {
  const names = [...known];
  const [near] = nearest(name, names);
  const hint = near === undefined ? '' : `; did you mean '${near}'?`;
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return `unknown ${kind} '${name}'${hint} (known: ${names.slice(0, NAMES_SHOWN).join(', ') || 'none'}${more})`;
}

/** Levenshtein distance in O(a·b) time and O(b) memory; inputs are cut at 64 characters, so hostile names stay cheap. */
function editDistance(a: string, b: string): number {
  const [left, right] = [a.slice(0, 64), b.slice(0, 64)];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    for (let j = 1; j <= right.length; j++) {
      const substitution = (previous[j - 1] as number) + (left[i - 1] === right[j - 1] ? 0 : 1);
      current[j] = Math.min(substitution, (previous[j] as number) + 1, (current[j - 1] as number) + 1);
    }
    previous = current;
  }
  return previous[right.length] as number;
}
