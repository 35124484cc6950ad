/** An id a request, short and unique in the log: the caller's own when it is harmless, else ours. */

import { randomUUID } from 'node:crypto';

/** The last 48 bits of a UUID, whose randomness Node draws for many at a time: a log of a million requests has a collision once in some 500 logs. */
export function nextRequestId(given: string | undefined): string {
  return given !== undefined && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID().slice(24);
}
