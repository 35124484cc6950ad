/** Ends the run with one message and an honest exit code: 1 it cannot be done, 2 it was said wrongly, 130 cancelled. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly exitCode: 1 | 2 | 130;

  constructor(message: string, exitCode: 1 | 2 | 130 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** For what was typed wrongly: the message ends with where to look. */
export function failUsage(message: string): never {
  throw new Stop(`${message}\nAll flags: --help`, 2);
}

/** Ctrl-C, or "no" to the last question before writing. */
export function failCancelled(message = 'Cancelled: nothing was written.'): never {
  throw new Stop(message, 130);
}
