/** Spans of text, of hypertext, of dialogues, of audio and of time series. */

import type { Check } from './check-answers.ts';
import type { ShapeCheck } from './check-geometry.ts';
import { checkNumber } from './check-scalars.ts';
import { show } from './findings.ts';
import type { Fields, Inspection } from './inspection.ts';
import { isDict, isLaxInteger, isLaxNumber } from './sdk-schemas.ts';

export const checkOffset: Check = (value, field, at) =>
  (Number.isInteger(value) && (value as number) >= 0) ||
  at.error(
    'span',
    field,
    `needs a whole number from 0 on, got ${show(value)}`,
    !isLaxInteger(value) || Number(value) < 0,
  );

export const checkXPath: Check = (value, field, at) =>
  (typeof value === 'string' && value.startsWith('/')) ||
  (Number.isInteger(value) && (value as number) >= 0) ||
  at.error(
    'hypertext',
    field,
    `needs an XPath such as /p[1]/text()[1], got ${show(value)}`,
    !isLaxNumber(value) && typeof value !== 'string',
  );

export const checkItem: Check = (value, field, at) => {
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return true;
  if (Number.isInteger(value) && (value as number) >= 0) {
    return at.warn('paragraphs', field, `the editor wants the index as text: "${value}"`);
  }
  return at.error(
    'paragraphs',
    field,
    `needs the index of a paragraph as text, got ${show(value)}`,
    typeof value !== 'string' && !isLaxNumber(value),
  );
};

export const checkGlobalOffsets: Check = (value, field, at) => {
  const { start, end } = (value ?? {}) as Fields;
  if (!checkOffset(start, `${field}/start`, at) || !checkOffset(end, `${field}/end`, at)) return false;
  if ((start as number) >= (end as number))
    return at.error('hypertext', field, `needs start < end, got ${start}..${end}`);
  const html = at.object?.valueType === 'url' ? undefined : at.data();
  if (typeof html !== 'string') return true;
  const most = countText(html);
  return (
    (end as number) <= most || at.warn('hypertext', field, `ends at ${end}, the page has ${most} characters at most`)
  );
};

/** At most so many characters are shown: without the tags, line breaks as one; entities would make it fewer. */
function countText(html: string): number {
  return [...html.replace(/<br\b[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, '')].length;
}

/** The editor writes line breaks as the two characters \ and n. */
const plain = (text: string): string => text.replaceAll('\\n', '\n').replace(/\r\n?/g, '\n');

/** <Labels>: the object says what start and end are. */
export const checkLabeledSpan: ShapeCheck = (value, at) => {
  const tag = at.object?.tag;
  if (tag === 'Text') return checkTextSpan(value, at);
  if (tag === 'Audio') return checkAudioSpan(value, at);
  if (tag === 'HyperText') {
    if (
      requireEnds(value, at) &&
      checkXPath(value.start, 'value/start', at) &&
      checkXPath(value.end, 'value/end', at)
    ) {
      checkHyperTextSpan(value, at);
    }
  } else if (tag === 'Video') {
    at.error(
      'companion',
      'value',
      'labels of a video stand in the value of the region itself, not in a result of their own',
      true,
    );
  }
};

function requireEnds(value: Fields, at: Inspection): boolean {
  for (const field of ['start', 'end']) {
    if (value[field] === undefined) return at.error('missing', `value/${field}`, `needs a ${field}`, true);
  }
  return true;
}

function checkTextSpan(value: Fields, at: Inspection): void {
  if (!requireEnds(value, at)) return;
  if (!checkOffset(value.start, 'value/start', at) || !checkOffset(value.end, 'value/end', at)) return;
  const { start, end, text } = value as { start: number; end: number; text?: unknown };
  if (start >= end) {
    at.error('span', 'value/end', `needs start < end, got ${start}..${end}`);
    return;
  }
  const offsets = at.text();
  if (offsets === undefined) return;
  if (end > offsets.codePoints) {
    at.error('span', 'value/end', `ends at ${end}, the text has ${offsets.codePoints} code points`);
    return;
  }
  const slice = offsets.text.slice(offsets.toUtf16(start), offsets.toUtf16(end));
  if (typeof text !== 'string' || text === slice || plain(text) === plain(slice)) return;
  const units = offsets.codePoints < offsets.text.length ? ' (offsets count code points, not UTF-16 units)' : '';
  at.warn('span', 'value/text', `${show(text)} is not what stands there: ${show(slice)}${units}`);
}

function checkAudioSpan(value: Fields, at: Inspection): void {
  if (!requireEnds(value, at)) return;
  if (!checkNumber(value.start, 'value/start', at) || !checkNumber(value.end, 'value/end', at)) return;
  const { start, end, channel = 0 } = value as Record<'start' | 'end' | 'channel', number>;
  if (start < 0) at.error('time', 'value/start', `needs seconds from 0 on, got ${start}`);
  if (start > end) at.error('time', 'value/end', `needs start <= end, got ${start}..${end}`);
  if (!Number.isInteger(channel) || channel < 0) {
    at.error('time', 'value/channel', `needs a whole number from 0 on, got ${show(channel)}`);
  }
  const length = at.region.original_length;
  if (typeof length === 'number' && end > length + 1e-3) {
    at.error('time', 'value/end', `ends at ${end} s, the audio (original_length) at ${length} s`);
  }
}

export const checkHyperTextSpan: ShapeCheck = (value, at) => {
  const { start, end, startOffset, endOffset, globalOffsets, text } = value;
  if (typeof start !== 'string' || typeof end !== 'string') return;
  for (const [field, offset] of [
    ['startOffset', startOffset],
    ['endOffset', endOffset],
  ] as const) {
    if (offset === undefined) at.error('hypertext', `value/${field}`, `an XPath needs a ${field} beside it`);
    else if (!checkOffset(offset, `value/${field}`, at)) return;
  }
  if (start !== end || typeof startOffset !== 'number' || typeof endOffset !== 'number') return;
  const length = endOffset - startOffset;
  if (length <= 0) {
    at.error(
      'hypertext',
      'value/endOffset',
      `needs startOffset < endOffset in one node, got ${startOffset}..${endOffset}`,
    );
    return;
  }
  // Whether these two count code points or UTF-16 units is the editor's secret: either will do.
  const lengths = typeof text === 'string' ? [text.length, [...text].length, plain(text).length] : [];
  const { start: from, end: to } = (globalOffsets ?? {}) as Record<string, number>;
  const wide = from === undefined || to === undefined ? undefined : to - from;
  const textual = lengths.length === 0 || lengths.includes(length);
  const global = wide === undefined || wide === length || (textual && lengths.includes(wide));
  if (textual && global) return;
  at.warn(
    'hypertext',
    'value/endOffset',
    `${startOffset}..${endOffset} is another length than text or globalOffsets have`,
  );
};

export const checkParagraphSpan: ShapeCheck = (value, at) => {
  const [start, end] = [Number(value.start), Number(value.end)];
  const { startOffset, endOffset, text } = value as { startOffset: number; endOffset: number; text?: unknown };
  if (start > end) {
    at.error('paragraphs', 'value/end', `needs start <= end, got ${start}..${end}`);
    return;
  }
  if (start === end && startOffset >= endOffset) {
    at.error('paragraphs', 'value/endOffset', `needs startOffset < endOffset, got ${startOffset}..${endOffset}`);
  }
  const items = at.data();
  if (!Array.isArray(items)) return;
  if (end >= items.length) {
    at.error('paragraphs', 'value/end', `there are ${items.length} paragraphs, 0 to ${items.length - 1}, got ${end}`);
    return;
  }
  const key = at.object?.attrs.textKey ?? 'text';
  for (const [field, item, offset] of [
    ['startOffset', start, startOffset],
    ['endOffset', end, endOffset],
  ] as const) {
    const spoken: unknown = (items[item] as Fields | null)?.[key];
    if (typeof spoken !== 'string') continue;
    const offsets = at.offsetsOf(spoken);
    if (offset > offsets.codePoints)
      at.error('paragraphs', `value/${field}`, `is ${offset}, paragraph ${item} has ${offsets.codePoints} characters`);
    else if (field === 'endOffset' && start === end && typeof text === 'string') {
      const slice = spoken.slice(offsets.toUtf16(startOffset), offsets.toUtf16(endOffset));
      if (plain(text) !== plain(slice))
        at.warn('paragraphs', 'value/text', `${show(text)} is not what stands there: ${show(slice)}`);
    }
  }
};

export const checkTime: Check = (value, field, at) => {
  const formatted = Boolean(at.object?.attrs.timeFormat);
  if (typeof value === 'string') {
    return (
      formatted || at.warn('time', field, `the series has no timeFormat, so times are numbers; got ${show(value)}`)
    );
  }
  if (!checkNumber(value, field, at)) return false;
  return !formatted || at.warn('time', field, `needs text in the series' timeFormat, got ${value}`);
};

export const checkTimeRange: ShapeCheck = ({ start, end, instant }, at) => {
  if (typeof start === 'number' && typeof end === 'number' && start > end) {
    at.error('time', 'value/end', `needs start <= end, got ${start}..${end}`);
  }
  if (instant === true && start !== end) at.error('time', 'value/instant', 'is true, so start and end must be equal');
  const [first, last] = seriesEnds(at);
  for (const [field, time] of Object.entries({ start, end })) {
    if (typeof time !== 'number' || (time >= first && time <= last)) continue;
    at.error('time', `value/${field}`, `is ${time}, the series goes from ${first} to ${last}`);
  }
};

/** The first and the last time, where the task holds the series and not its URL: the column of times ascends. */
function seriesEnds(at: Inspection): [first: number, last: number] {
  const column = at.object?.attrs.timeColumn;
  const series = at.data();
  const times = column && isDict(series) && Object.hasOwn(series, column) ? series[column] : [];
  const [first, last] = Array.isArray(times) ? [times[0], times.at(-1)] : [];
  const known = typeof first === 'number' && typeof last === 'number' && first <= last;
  return known ? [first, last] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}
