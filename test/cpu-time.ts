/** How long the processor worked on something: other processes on the machine do not count. */

/** Milliseconds of this process's own processor time. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
