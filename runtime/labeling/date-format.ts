/** Dates and times in the format of a <DateTime>: strftime patterns, as far as they can be checked. */

import { fail } from '../errors.ts';

/** What a directive matches; those that name a part are held against the calendar. */
const DIRECTIVES: Record<string, string> = {
  Y: '(?<year>\\d{4})',
  m: '(?<month>0?[1-9]|1[0-2])',
  d: '(?<day>0?[1-9]|[12]\\d|3[01])',
  H: '(?:[01]?\\d|2[0-3])',
  I: '(?:0?[1-9]|1[0-2])',
  M: '[0-5]?\\d',
  S: '(?:[0-5]?\\d|60)',
  y: '\\d{2}',
  p: '[AaPp]\\.?[Mm]\\.?',
  L: '\\d{3}',
  b: '[\\p{L}.]+',
  B: '[\\p{L}.]+',
  a: '[\\p{L}.]+',
  A: '[\\p{L}.]+',
  '%': '%',
};

/** The format that a tag's attributes ask for. */
export function dateFormatOf(attrs: Record<string, string>): string {
  const only = (attrs.only ?? '').split(',').map((part) => part.trim());
  if (only.includes('time') && !only.includes('date')) return '%H:%M';
  if (attrs.format) return attrs.format;
  if (only.includes('year') && !only.includes('month')) return '%Y';
  if (only.includes('month')) return '%Y-%m';
  return only.includes('date') && !only.includes('time') ? '%Y-%m-%d' : '%Y-%m-%dT%H:%M';
}

/** Whether a text is in a format and on the calendar; a format with directives that we do not know fits any text. */
export function fitsDateFormat(text: string, format: string): boolean {
  const pattern = toPattern(format);
  if (pattern === undefined) return text !== '';
  const parts = pattern.exec(text)?.groups;
  if (parts === undefined) return pattern.test(text);
  const { year = '2000', month = '1', day = '1' } = parts;
  return Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}

/** The date's UTC parts, names in English. @throws InputError for an invalid date, and for directives that we do not know */
export function formatDate(date: Date, format: string): string {
  if (Number.isNaN(date.getTime())) fail('an invalid Date');
  const iso = date.toISOString();
  const name = (part: 'month' | 'weekday', length: 'short' | 'long') =>
    date.toLocaleString('en', { timeZone: 'UTC', [part]: length });
  const parts: Record<string, () => string> = {
    Y: () => iso.slice(0, 4),
    y: () => iso.slice(2, 4),
    m: () => iso.slice(5, 7),
    d: () => iso.slice(8, 10),
    H: () => iso.slice(11, 13),
    I: () => String(date.getUTCHours() % 12 || 12).padStart(2, '0'),
    M: () => iso.slice(14, 16),
    S: () => iso.slice(17, 19),
    L: () => iso.slice(20, 23),
    p: () => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
    b: () => name('month', 'short'),
    B: () => name('month', 'long'),
    a: () => name('weekday', 'short'),
    A: () => name('weekday', 'long'),
    '%': () => '%',
  };
  return format.replace(
    /%([A-Za-z%])/g,
    (directive, letter: string) => parts[letter]?.() ?? fail(`a Date cannot be written as ${directive}: pass text`),
  );
}

function toPattern(format: string): RegExp | undefined {
  let source = '';
  for (let at = 0; at < format.length; at++) {
    const character = format[at] ?? '';
    if (character !== '%') {
      source += character.replace(/[$()*+./?[\\\]^{|}]/, '\\$&');
      continue;
    }
    const directive = DIRECTIVES[format[++at] ?? ''];
    const name = /\?<(\w+)>/.exec(directive ?? '')?.[0];
    // A part given twice could be two dates: not ours to judge.
    if (directive === undefined || (name !== undefined && source.includes(name))) return undefined;
    source += directive;
  }
  return new RegExp(`^${source}$`, 'u');
}
