/** Spans of hypertext, of dialogues, of audio and of time series, from the author's units to the server's. */

import { fail } from '../../errors.ts';
import { createTextOffsets, type TextUnit } from '../text-offsets.ts';

/** Where a span is in the page: by text node, and by the offsets over all text of the page. Give both: the editor tries both. */
export interface HyperTextSpan {
  /** From the root of the page on: '/p[1]/b[1]/text()[1]'. */
  start: string;
  end: string;
  /** Within the text nodes. */
  startOffset: number;
  endOffset: number;
  /** In code points over all text nodes; a <br> counts one. */
  globalOffsets?: { start: number; end: number };
  text?: string;
}

/** @throws InputError */
export function toHyperTextValue(span: HyperTextSpan): HyperTextSpan {
  const { start, end, startOffset, endOffset, globalOffsets, text } = span;
  if (![start, end].every((path) => typeof path === 'string' && path.startsWith('/'))) {
    fail(`span of hypertext: start and end are XPaths such as /p[1]/text()[1], got ${start} and ${end}`);
  }
  checkOffsets('span of hypertext', startOffset, endOffset, start === end);
  if (globalOffsets) checkOffsets('globalOffsets', globalOffsets.start, globalOffsets.end, true);
  return {
    start,
    end,
    startOffset,
    endOffset,
    ...(globalOffsets && { globalOffsets: { start: globalOffsets.start, end: globalOffsets.end } }),
    ...(text !== undefined && { text }),
  };
}

function checkOffsets(what: string, start: number, end: number, ordered: boolean): void {
  const sound =
    Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end >= 0 && !(ordered && start >= end);
  if (!sound) fail(`${what}: needs whole numbers, 0 <= start < end, got ${start}..${end}`);
}

export interface DialogueSpan {
  /** The task's list of paragraphs. */
  dialogue: readonly unknown[];
  /** Index of the paragraph where it starts, from 0 on. */
  item: number;
  /** Where it ends; the same unless given. */
  lastItem?: number;
  /** Within the text of the first paragraph. */
  start: number;
  /** Within the text of the last paragraph, exclusive. */
  end: number;
  /** What start and end count: 'utf16' (as indexOf() does) unless given. */
  unit?: TextUnit;
}

/** `textKey` is the object's: the field of a paragraph that holds what is said. @throws InputError */
export function toDialogueValue(span: DialogueSpan, textKey = 'text') {
  const { dialogue, item, lastItem = item, start, end, unit = 'utf16' } = span;
  const textOf = (index: number): string => {
    const text = (dialogue[index] as Record<string, unknown> | undefined)?.[textKey];
    if (typeof text === 'string') return text;
    return fail(
      `span of a dialogue: item ${index} has no text under '${textKey}' (there are ${dialogue.length} items)`,
    );
  };
  if (lastItem < item) fail(`span of a dialogue: needs item <= lastItem, got ${item}..${lastItem}`);
  const [first, last] = [textOf(item), textOf(lastItem)];
  const convert = (text: string, offset: number): { codePoint: number; utf16: number } => {
    const offsets = createTextOffsets(text);
    const length = unit === 'utf16' ? text.length : offsets.codePoints;
    if (!Number.isInteger(offset) || offset < 0 || offset > length) {
      fail(`span of a dialogue: offset ${offset} is not within 0 to ${length}, the length of the paragraph`);
    }
    return unit === 'utf16'
      ? { codePoint: offsets.toCodePoint(offset), utf16: offset }
      : { codePoint: offset, utf16: offsets.toUtf16(offset) };
  };
  const [from, to] = [convert(first, start), convert(last, end)];
  if (item === lastItem && from.codePoint >= to.codePoint)
    fail(`span of a dialogue: needs start < end, got ${start}..${end}`);
  const text =
    item === lastItem
      ? first.slice(from.utf16, to.utf16)
      : [
          first.slice(from.utf16),
          ...Array.from({ length: lastItem - item - 1 }, (_, k) => textOf(item + 1 + k)),
          last.slice(0, to.utf16),
        ].join('\n');
  return { start: String(item), end: String(lastItem), startOffset: from.codePoint, endOffset: to.codePoint, text };
}

export interface AudioSpan {
  /** Seconds. */
  seconds: readonly [start: number, end: number];
  /** From 0 on. */
  channel?: number;
  /** Of the whole recording, in seconds. */
  duration?: number;
}

/** @throws InputError */
export function toAudioValue({ seconds, channel, duration }: AudioSpan): {
  start: number;
  end: number;
  channel?: number;
} {
  const [start, end] = seconds;
  const most = duration ?? Number.POSITIVE_INFINITY;
  if (!Number.isFinite(start) || !Number.isFinite(end) || start < 0 || start > end || end > most + 1e-3) {
    fail(
      `span of audio: needs 0 <= start <= end${duration === undefined ? '' : ` <= ${duration}`} seconds, got ${start}..${end}`,
    );
  }
  if (channel !== undefined && !(Number.isInteger(channel) && channel >= 0))
    fail(`channel: needs a whole number from 0 on, got ${channel}`);
  return { start, end, ...(channel !== undefined && { channel }) };
}

/** Values of the time column: numbers, or text in the series' timeFormat. */
export type TimeSpan = { start: number | string; end: number | string } | { at: number | string };

/** @throws InputError */
export function toTimeValue(span: TimeSpan): { start: number | string; end: number | string; instant: boolean } {
  const [start, end] = 'at' in span ? [span.at, span.at] : [span.start, span.end];
  for (const time of [start, end]) {
    if (typeof time === 'string' ? time === '' : !Number.isFinite(time))
      fail(`span of time: needs finite numbers or text, got ${time}`);
  }
  if (typeof start !== typeof end) fail(`span of time: start and end must be of one kind, got ${start} and ${end}`);
  if (typeof start === 'number' && start > (end as number))
    fail(`span of time: needs start <= end, got ${start}..${end}`);
  return { start, end, instant: 'at' in span };
}
