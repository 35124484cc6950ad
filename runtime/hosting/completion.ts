/** Events that name annotations without saying what is in them: looked up where that can be, else reported. */

import type { Log } from '../log.ts';
import type { Delivered } from '../state/annotations.ts';

/** Fetches annotations, with their tasks, from the labeling server. */
export type Complete = (project: string, annotationIds: readonly string[]) => Promise<Delivered[]>;

/** What an event delivered, with what could be looked up. Never rejects: the event is answered all the same. */
export async function completeDelivered(
  event: { project: string; delivered: Delivered[]; incomplete: string[] },
  complete: Complete | undefined,
  log: Log,
): Promise<Delivered[]> {
  const { project, delivered, incomplete } = event;
  if (incomplete.length === 0) return delivered;
  try {
    if (complete) return [...delivered, ...(await complete(project, incomplete))];
    log.warn(`annotations came as ids alone and are not kept: ${WAYS_OUT}`, { project, annotations: incomplete });
  } catch (error) {
    log.error('annotations came as ids alone and could not be looked up', { project, annotations: incomplete, error });
  }
  return delivered;
}

/** Annotations whose task has never come cannot be learned from. */
export function reportTaskless(project: string, annotations: readonly string[], log: Log): void {
  if (annotations.length === 0) return;
  log.warn(`annotations came without their task's data: they are kept, and wait for it: ${WAYS_OUT}`, {
    project,
    annotations,
  });
}

const WAYS_OUT = 'switch on "send payload" in the webhook, or start a training in the labeling server';
