/** Layers in, a project in memory out: each path has one owner, and a layer never overrides another. */

import ejs from 'ejs';
import { fail } from '../../runtime/errors.ts';
import { findMerge } from './merge.ts';

/**
 * Who a file belongs to. `ours` is replaced when the generator runs again, `yours` is written only where it is absent,
 * `shared` is updated as long as only one side has changed it.
 */
export type Owner = 'ours' | 'yours' | 'shared';
export type Content = string | Buffer;

export interface ProjectFile {
  content: Content;
  owner: Owner;
  /** The layer it came from, for messages. */
  layer: string;
}

/** A folder's worth of files, by path within the project. Text of a `rendered` layer has names to fill in. */
export interface Layer {
  name: string;
  owner: Owner;
  rendered: boolean;
  files: Map<string, Content>;
}

/** The names that templates may use: <%- name %>. */
export type Variables = Record<string, string>;

/** Folders that are ours whichever layer they come from. */
export const ourFolders = ['runtime', 'deploy'] as const;

/** @throws InputError when two layers have the same path, or a template has logic or an unknown name */
export function compose(layers: readonly Layer[], variables: Variables): Map<string, ProjectFile> {
  const files = new Map<string, ProjectFile>();
  for (const layer of layers) {
    for (const [path, source] of layer.files) {
      const content = layer.rendered && typeof source === 'string' ? render(path, source, variables) : source;
      const present = files.get(path);
      files.set(
        path,
        present === undefined
          ? { content, owner: ownerOf(path, layer), layer: layer.name }
          : join(path, present, content, layer),
      );
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ownerOf(path: string, layer: Layer): Owner {
  if (findMerge(path) !== undefined) return 'shared';
  return ourFolders.some((folder) => path.startsWith(`${folder}/`)) ? 'ours' : layer.owner;
}

function join(path: string, present: ProjectFile, content: Content, layer: Layer): ProjectFile {
  const merge = findMerge(path);
  if (merge === undefined || typeof present.content !== 'string' || typeof content !== 'string') {
    return fail(`two layers have ${path}: ${present.layer} and ${layer.name}`);
  }
  return { ...present, content: merge(present.content, content, layer.name) };
}

/** Fills in names. A template has no logic: <%- name %> is all that EJS gets to see. */
function render(path: string, template: string, variables: Variables): string {
  for (const [tag] of template.matchAll(/<%(?!- \w+ %>).{0,40}/g)) fail(`template ${path} has more than names: ${tag}`);
  for (const [tag, name = ''] of template.matchAll(/<%- (\w+) %>/g)) {
    if (!Object.hasOwn(variables, name)) fail(`template ${path} has an unknown name: ${tag}`);
  }
  return ejs.render(template, path.endsWith('.json') ? escapeForJson(variables) : variables);
}

/** In JSON, a name stands between quotes that are already there. */
function escapeForJson(variables: Variables): Variables {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]),
  );
}
