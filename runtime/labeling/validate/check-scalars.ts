/** Numbers, ratings, dates, chat messages and the outputs of code: what a control's attributes say of single values. */

import { dateFormatOf, fitsDateFormat } from '../date-format.ts';
import type { Check } from './check-answers.ts';
import { show } from './findings.ts';
import type { Fields } from './inspection.ts';
import { checkOutputs } from './outputs.ts';
import { isLaxInteger, isLaxNumber } from './sdk-schemas.ts';

/** JSON has no NaN, but a model's objects may. */
export const checkNumber: Check = (value, field, at) =>
  Number.isFinite(value) || at.error('number', field, `needs a finite number, got ${show(value)}`, !isLaxNumber(value));

export const checkInteger: Check = (value, field, at) =>
  Number.isInteger(value) ||
  at.error('number', field, `needs a whole number, got ${show(value)}`, !isLaxInteger(value));

/** A <Rating>: 1 to maxRating. */
export const checkRating: Check = (value, field, at) => {
  if (!checkInteger(value, field, at)) return false;
  const most = Number.parseInt(at.rule?.def.attrs.maxRating ?? '', 10) || 5;
  const stars = value as number;
  if (stars === 0) return at.warn('rating', field, '0 stands for "not rated": leave the result out');
  return (
    (stars > 0 && stars <= most) || at.error('rating', field, `needs 1 to ${most} (maxRating), got ${stars}`, true)
  );
};

/** A <Number>: within min and max, on a step. */
export const checkQuantity: Check = (value, field, at) => {
  if (!checkNumber(value, field, at)) return false;
  const { min, max, step } = at.rule?.def.attrs ?? {};
  const number = value as number;
  if (min && number < Number(min)) return at.error('number', field, `needs at least ${min} (min), got ${number}`);
  if (max && number > Number(max)) return at.error('number', field, `needs at most ${max} (max), got ${number}`);
  if (!step || !(Number(step) > 0)) return true;
  const steps = (number - (Number(min) || 0)) / Number(step);
  const off = Math.abs(steps - Math.round(steps)) > 1e-6;
  return !off || at.error('number', field, `needs steps of ${step} from ${Number(min) || 0} on (step), got ${number}`);
};

export const checkDate: Check = (value, field, at) => {
  const attrs = at.rule?.def.attrs ?? {};
  const format = dateFormatOf(attrs);
  if (typeof value !== 'string')
    return at.error('date', field, `needs text in the format ${format}, got ${show(value)}`, true);
  if (value.length > 100 || !fitsDateFormat(value, format)) {
    return at.error('date', field, `needs a date in the format ${format}, got ${show(value)}`);
  }
  // Formats that begin with the year compare as text.
  const comparable = format.startsWith('%Y') || format === '%H:%M';
  const { min = '', max = '' } = comparable ? attrs : {};
  if (/^\d/.test(min) && value < min) return at.error('date', field, `needs ${min} or later (min), got ${value}`);
  if (/^\d/.test(max) && value.slice(0, max.length) > max) {
    return at.error('date', field, `needs ${max} or earlier (max), got ${value}`);
  }
  return true;
};

const ROLES = ['user', 'assistant', 'system', 'tool', 'developer'];

export const checkMessage: Check = (value, field, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return at.error('chat', field, `needs { role, content }, got ${show(value)}`, true);
  }
  const { role, content, createdAt } = value as Fields;
  const roleText = typeof role === 'string';
  if (!roleText) at.error('chat', `${field}/role`, `needs text, got ${show(role)}`, true);
  else if (!ROLES.includes(role)) at.error('chat', `${field}/role`, at.unknown('role', role, ROLES));
  if (typeof content !== 'string') at.error('chat', `${field}/content`, `needs text, got ${show(content)}`, true);
  if (createdAt === undefined) return true;
  if (!Number.isInteger(createdAt)) {
    const refused = createdAt !== null && !isLaxInteger(createdAt);
    return at.error('chat', `${field}/createdAt`, `needs whole milliseconds, got ${show(createdAt)}`, refused);
  }
  if ((createdAt as number) < 1e11)
    at.warn('chat', `${field}/createdAt`, `${createdAt} looks like seconds: milliseconds since 1970 are needed`);
  return true;
};

export const checkObject: Check = (value, field, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return at.error('reactcode', field, `needs an object, got ${show(value)}`, true);
  }
  const outputs = at.rule?.def.attrs.outputs?.trim();
  return outputs ? checkOutputs(value as Fields, outputs, field, at) : true;
};
