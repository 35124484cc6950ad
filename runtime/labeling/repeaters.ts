/** Names within a Repeater: 'tag_{{idx}}' in the config, 'tag_0', 'tag_1', … in results. */

import type { ControlDef } from './config.ts';

/** A name of the config with the indices that a result's name has in its place. */
export interface RepeatedName {
  control: ControlDef;
  /** One for each Repeater whose flag the name contains, outermost first. */
  indices: readonly number[];
}

export interface RepeatedNames {
  find(name: string): RepeatedName | undefined;
}

/** 'tag_{{idx}}' and [3] as 'tag_3'; names without a flag stay as they are. */
export function expandName(control: ControlDef, name: string, indices: readonly number[]): string {
  let expanded = name;
  for (const [at, { flag }] of flagsOf(control).entries()) {
    if (indices[at] !== undefined) expanded = expanded.replaceAll(flag, String(indices[at]));
  }
  return expanded;
}

/** The Repeaters whose index is part of the control's name, outermost first. */
export function flagsOf(control: ControlDef): { on: string; flag: string }[] {
  return (control.repeater ?? []).filter(({ flag }) => flag !== '' && control.name.includes(flag));
}

/**
 * Finds by what is left when digits go, so that a name costs the same with one Repeater or a thousand;
 * undefined where the config has none.
 */
export function createRepeatedNames(controls: Iterable<ControlDef>): RepeatedNames | undefined {
  const byShape = new Map<string, { control: ControlDef; pattern: RegExp }[]>();
  for (const control of controls) {
    const flags = flagsOf(control).map(({ flag }) => flag);
    if (flags.length === 0) continue;
    const shape = shapeOf(flags.reduce((name, flag) => name.replaceAll(flag, '0'), control.name));
    const known = byShape.get(shape) ?? [];
    byShape.set(shape, known);
    known.push({ control, pattern: patternOf(control.name, flags) });
  }
  if (byShape.size === 0) return undefined;
  return {
    find(name) {
      for (const { control, pattern } of byShape.get(shapeOf(name)) ?? []) {
        const found = pattern.exec(name);
        if (found !== null)
          return { control, indices: flagsOf(control).map((_, at) => Number(found.groups?.[`i${at}`])) };
      }
      return undefined;
    },
  };
}

const shapeOf = (name: string): string => name.replace(/\d+/g, '#');

/** Each flag a number; where it comes again, the same number. */
function patternOf(name: string, flags: readonly string[]): RegExp {
  let [source, at] = ['', 0];
  const seen = new Set<number>();
  while (at < name.length) {
    const flag = flags.findIndex((candidate) => name.startsWith(candidate, at));
    const text = flags[flag];
    if (text === undefined) source += (name[at++] ?? '').replace(/[^\w]/, '\\$&');
    else {
      source += seen.has(flag) ? `\\k<i${flag}>` : `(?<i${flag}>0|[1-9]\\d{0,8})`;
      seen.add(flag);
      at += text.length;
    }
  }
  return new RegExp(`^${source}$`);
}
