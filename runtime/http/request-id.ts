/** An id a request, short and unique in the log: the caller's own when it is harmless, else ours. */

import { randomBytes } from 'node:crypto';

/** 48 bits: a log of a million requests has a collision once in some 500 logs. */
export function nextRequestId(given: string | undefined): string {
  return given !== undefined && /^[\w.:-]{1,64}$/.test(given) ? given : randomBytes(6).toString('hex');
}
