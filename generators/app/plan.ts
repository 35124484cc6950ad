/** What writing a project would do to a folder, file by file, before anything is done. */

import { createHash } from 'node:crypto';
import type { Content, Owner, ProjectFile } from './compose.ts';
import { updateManifest } from './manifest.ts';
import type { JsonObject } from './merge.ts';

/** What the last run left behind in .yo-rc.json, to tell the user's changes from ours. */
export interface Written {
  /** Hashes of the shared files as they were written. */
  files: Record<string, string>;
  /** package.json as it was written. */
  manifest: JsonObject;
}

export type Action =
  /** Nothing is there yet. */
  | 'create'
  /** The same bytes are there. */
  | 'same'
  /** Ours, or unchanged by the user since the last run: replaced. */
  | 'update'
  /** package.json: what is new goes in, what the user changed stays. */
  | 'merge'
  /** The user's: stays as it is. */
  | 'keep'
  /** Both sides have changed it since the last run. */
  | 'conflict';

export interface Step {
  path: string;
  owner: Owner;
  action: Action;
  /** What is written when the user's side is kept; undefined: nothing. */
  kept: Content | undefined;
  /** What is written when ours is taken. */
  content: Content;
  /** What is on the disk. */
  current: Content | undefined;
}

interface PlanInput {
  files: ReadonlyMap<string, ProjectFile>;
  /** What is on the disk, by path within the project. */
  read(path: string): Content | undefined;
  /** Undefined when the folder holds no project of ours. */
  written: Written | undefined;
  /** --force: conflicts are decided for us. In a folder that is not ours, all that is there counts as a conflict. */
  force: boolean;
}

export function planSteps({ files, read, written, force }: PlanInput): Step[] {
  return [...files].map(([path, { content, owner }]) => {
    const current = read(path);
    const step = { path, owner, content, current, kept: undefined };
    if (current === undefined) return { ...step, action: 'create' as const };
    if (equal(current, content)) return { ...step, action: 'same' as const };
    if (path === 'package.json') return planManifest(step, written, force);
    if (written === undefined) return { ...step, action: force ? ('update' as const) : ('conflict' as const) };
    return { ...step, action: decide(step, written.files[path], force) };
  });
}

function decide(
  { owner, content, current }: Pick<Step, 'owner' | 'content' | 'current'>,
  before: string | undefined,
  force: boolean,
): Action {
  if (owner === 'ours') return 'update';
  if (owner === 'yours') return 'keep';
  if (current !== undefined && before === hashOf(current)) return 'update';
  if (before === hashOf(content)) return 'keep';
  return force ? 'update' : 'conflict';
}

function planManifest(step: Omit<Step, 'action'>, written: Written | undefined, force: boolean): Step {
  const update = updateManifest(String(step.content), String(step.current), written?.manifest);
  const unchanged = (content: string) => equal(step.current ?? '', content);
  if (force || update.conflicts.length === 0) {
    return { ...step, content: update.taken, action: unchanged(update.taken) ? 'keep' : 'merge' };
  }
  return { ...step, content: update.taken, kept: unchanged(update.kept) ? undefined : update.kept, action: 'conflict' };
}

/** The steps that write something, with what they write. `taken`: the conflicts where ours is taken. */
export function writesOf(steps: readonly Step[], taken: ReadonlySet<string>): { path: string; content: Content }[] {
  return steps.flatMap((step) => {
    if (step.action === 'same' || step.action === 'keep') return [];
    const content = step.action !== 'conflict' || taken.has(step.path) ? step.content : step.kept;
    return content === undefined ? [] : [{ path: step.path, content }];
  });
}

/**
 * What to remember for the next run. A conflict that nobody has decided is remembered as before, so that it is
 * reported again; one that was decided is not.
 */
export function rememberWritten(
  steps: readonly Step[],
  files: ReadonlyMap<string, ProjectFile>,
  written: Written | undefined,
  undecided: ReadonlySet<string>,
): Written {
  const hashes: Record<string, string> = {};
  let manifest: JsonObject = written?.manifest ?? {};
  for (const { path, owner } of steps) {
    const file = files.get(path);
    if (owner !== 'shared' || file === undefined) continue;
    if (path === 'package.json') {
      if (!undecided.has(path)) manifest = JSON.parse(String(file.content)) as JsonObject;
      continue;
    }
    const hash = undecided.has(path) ? written?.files[path] : hashOf(file.content);
    if (hash !== undefined) hashes[path] = hash;
  }
  return { files: hashes, manifest };
}

function equal(a: Content, b: Content): boolean {
  return canonical(a).equals(canonical(b));
}

function hashOf(content: Content): string {
  return createHash('sha256').update(canonical(content)).digest('hex').slice(0, 16);
}

/** Git on Windows rewrites line ends: that is no change of the user's. */
function canonical(content: Content): Buffer {
  return typeof content === 'string' ? Buffer.from(content.replaceAll('\r\n', '\n')) : content;
}
