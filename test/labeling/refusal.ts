/** What an InputError says, for tests: anything else that happens is a failure. */

import * as assert from 'uvu/assert';
import { InputError } from '../../runtime/errors.ts';

/** The message of the InputError(400) that `act` throws. */
export function refusal(act: () => unknown): string {
  let result: unknown;
  try {
    result = act();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    assert.is(error.status, 400);
    return error.message;
  }
  return assert.unreachable(`accepted: ${JSON.stringify(result)}`) as never;
}
