/** The fields that messages share: unknown in, typed out, or an InputError that names the field. */

import { fail } from '../errors.ts';
import type { Annotation, Region } from '../types.ts';

export type Body = Record<string, unknown>;

/**
 * The integer part of a project in all its forms: "12.1654592272", "12", 12, {id: 12}. Never read as a decimal number:
 * 1.10 is not 1.1. Missing: 'default'. @throws InputError
 */
export function parseProject(value: unknown): string {
  const given = isObject(value) ? value.id : value;
  if (given === undefined || given === null || given === '') return 'default';
  if (typeof given !== 'string' && typeof given !== 'number')
    fail(`"project" must be an id such as "12.1654592272", got ${kindOf(given)}`);
  const id = String(given).split('.', 1)[0] as string;
  // The id names a directory.
  return /^[\w-]{1,64}$/.test(id)
    ? id
    : fail(`"project" must be an id such as "12.1654592272", got ${JSON.stringify(String(given).slice(0, 80))}`);
}

export function parseAnnotation(annotation: Body, path: string): Annotation {
  const { result } = annotation;
  if (result === undefined || result === null) return { ...annotation, result: [] };
  if (!Array.isArray(result)) fail(`"${path}.result" must be a list of regions, got ${kindOf(result)}`);
  return { ...annotation, result: result.filter(isObject) as Region[] };
}

export function listOf(name: string, value: unknown): Body[] {
  if (value === undefined || value === null) return [];
  if (isObject(value)) return [value];
  if (!Array.isArray(value)) fail(`"${name}" must be a list, got ${kindOf(value)}`);
  for (const [index, item] of value.entries()) {
    if (!isObject(item)) fail(`"${name}[${index}]" must be an object, got ${kindOf(item)}`);
  }
  return value as Body[];
}

export function optionalText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : fail(`"${name}" must be text, got ${kindOf(value)}`);
}

export function optionalObject(name: string, value: unknown): Body | undefined {
  if (value === undefined || value === null) return undefined;
  return isObject(value) ? value : fail(`"${name}" must be an object, got ${kindOf(value)}`);
}

export function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function kindOf(value: unknown): string {
  return value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : `${typeof value} ${JSON.stringify(value)?.slice(0, 60) ?? ''}`.trim();
}
