/** What <ReactCode outputs="…"> says of the object that comes back: 'name', 'name:choices(a, b)', …, or JSON Schema. */

import { pointerStep, show } from './findings.ts';
import type { Fields, Inspection } from './inspection.ts';

/** The part of JSON Schema that the short forms are made of; other keywords are not looked at. */
export interface OutputSchema {
  type?: unknown;
  enum?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  items?: unknown;
  properties?: unknown;
  required?: unknown;
}

/** Deeper schemas and values are not followed. */
const DEEPEST = 16;

const FORMS: Record<string, (args: string[]) => OutputSchema> = {
  choices: (args) => ({ type: 'string', enum: args }),
  multichoices: (args) => ({ type: 'array', items: { type: 'string', enum: args } }),
  number: ([minimum, maximum]) => ({
    type: 'number',
    ...(minimum && { minimum: Number(minimum) }),
    ...(maximum && { maximum: Number(maximum) }),
  }),
  rating: ([maximum]) => ({ type: 'integer', minimum: 1, maximum: Number(maximum) || 5 }),
};

/** The schema behind an `outputs` attribute, as the reference SDK reads it. */
export function parseOutputs(outputs: string): OutputSchema {
  if (outputs.startsWith('{')) {
    try {
      const schema = JSON.parse(outputs) as OutputSchema;
      const whole =
        (schema.type === 'object' && 'properties' in schema) || (schema.type === 'array' && 'items' in schema);
      return whole ? schema : { type: 'object', properties: schema };
    } catch {
      // Read as a list then, as the SDK does.
    }
  }
  const properties: Record<string, OutputSchema> = Object.create(null);
  for (const field of splitOutside(outputs)) {
    const colon = field.indexOf(':');
    const name = (colon === -1 ? field : field.slice(0, colon)).trim();
    if (name !== '') properties[name] = colon === -1 ? { type: 'string' } : parseForm(field.slice(colon + 1).trim());
  }
  return { type: 'object', properties };
}

function parseForm(text: string): OutputSchema {
  const [, name = '', args = ''] = /^(\w+)\s*\((.*)\)$/s.exec(text) ?? [];
  const form = Object.hasOwn(FORMS, name.toLowerCase()) ? FORMS[name.toLowerCase()] : undefined;
  const given = args.split(',').map((arg) => arg.trim());
  return form !== undefined && args.trim() !== ''
    ? form(given.filter((arg, at) => arg !== '' || at === 0))
    : { type: 'string' };
}

/** Cuts at , ; | tab and newline, but not within parentheses. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let [start, depth] = [0, 0];
  for (let at = 0; at <= text.length; at++) {
    const character = text[at] ?? '';
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (at === text.length || (depth === 0 && ',;|\t\n'.includes(character))) {
      const part = text.slice(start, at).trim();
      if (part !== '') parts.push(part);
      start = at + 1;
    }
  }
  return parts;
}

export function checkOutputs(value: Fields, outputs: string, field: string, at: Inspection): boolean {
  return fits(value, parseOutputs(outputs), field, at, 0);
}

const TYPES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: Number.isFinite,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  null: (value) => value === null,
};

function fits(value: unknown, schema: OutputSchema, field: string, at: Inspection, depth: number): boolean {
  if (depth > DEEPEST || typeof schema !== 'object' || schema === null) return true;
  const { type, minimum, maximum, items, properties, required } = schema;
  const fail = (message: string): false => at.error('reactcode', field, message);
  const types = (Array.isArray(type) ? type : [type]).filter(
    (name) => typeof name === 'string' && Object.hasOwn(TYPES, name),
  );
  if (types.length > 0 && !types.some((name) => TYPES[name]?.(value)))
    return fail(`needs ${types.join(' or ')}, got ${show(value)}`);
  if (Array.isArray(schema.enum) && !schema.enum.includes(value))
    return fail(at.unknown('value', value, schema.enum.map(String)));
  if (typeof value === 'number') {
    if (typeof minimum === 'number' && value < minimum) return fail(`needs at least ${minimum}, got ${value}`);
    if (typeof maximum === 'number' && value > maximum) return fail(`needs at most ${maximum}, got ${value}`);
  }
  let sound = true;
  if (Array.isArray(value) && items) {
    for (let k = 0; k < value.length; k++) sound = fits(value[k], items, `${field}/${k}`, at, depth + 1) && sound;
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Array.isArray(required) ? required : []) {
      if (!Object.hasOwn(value, String(name))) sound = fail(`lacks ${show(name)}, which outputs require`);
    }
    for (const [name, part] of Object.entries(value)) {
      const known = properties as Record<string, OutputSchema> | undefined;
      if (!known || typeof known !== 'object') continue;
      if (!Object.hasOwn(known, name)) {
        at.warn('reactcode', field, at.unknown('output', name, Object.keys(known)));
        continue;
      }
      sound = fits(part, known[name] ?? {}, `${field}/${pointerStep(name)}`, at, depth + 1) && sound;
    }
  }
  return sound;
}
