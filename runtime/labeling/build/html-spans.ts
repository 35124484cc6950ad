/** Where a stretch of a page's text stands in its HTML: the text nodes with their XPaths, as a browser would have them. */

import { fail } from '../../errors.ts';
import { createTextOffsets, type TextUnit } from '../text-offsets.ts';
import type { HyperTextSpan } from './spans.ts';

/** A page's text, and where each piece of it stands. */
export interface HtmlText {
  /** All text nodes in document order; a <br> counts one line break. Find your spans in this. */
  readonly text: string;
  /**
   * A span of `text`, for the hyperTextLabels() and labels() builders. Offsets are exact; XPaths are as good as the
   * HTML is well-formed: where a browser would repair it, the editor falls back on the offsets.
   * @throws InputError
   */
  span(start: number, end: number, unit?: TextUnit): HyperTextSpan;
}

const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);
/** Their content is no text of the page. */
const RAW = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'textarea', 'title']);
/** Left out of XPaths: the editor's root stands in their place. */
const OUTER = new Set(['html', 'body', 'head']);
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };
/** Browsers stop nesting at 512 as well. */
const DEEPEST = 512;

interface Level {
  tag: string;
  path: string;
  /** Children so far, by tag; text nodes under ''. */
  counts: Map<string, number>;
  /** The text node that is being read: ends with the next tag. */
  open: TextNode | undefined;
}
interface TextNode {
  path: string;
  /** Where it begins in the text. */
  start: number;
  length: number;
}

/** Time is linear in the length of the HTML. @throws InputError when it is no text */
export function readHtml(html: string): HtmlText {
  if (typeof html !== 'string') fail(`hypertext must be text, got ${typeof html}`);
  const nodes: TextNode[] = [];
  const parts: string[] = [];
  const levels: Level[] = [{ tag: '', path: '', counts: new Map(), open: undefined }];
  let length = 0;
  for (let at = 0; at < html.length; ) {
    const level = levels.at(-1) as Level;
    const tag = tagAt(html, at);
    if (tag === undefined) {
      const next = html.indexOf('<', at + 1);
      const end = next === -1 ? html.length : next;
      length = addText(decode(html.slice(at, end)), level, nodes, parts, length);
      at = end;
      continue;
    }
    at = tag.end;
    const { name } = tag;
    if (tag.closing) {
      const opened = levels.findLastIndex((open) => open.tag === name);
      if (opened > 0) levels.length = opened;
      continue;
    }
    if (name === '' || !OUTER.has(name)) level.open = undefined;
    if (name === '' || OUTER.has(name)) continue;
    const count = (level.counts.get(name) ?? 0) + 1;
    level.counts.set(name, count);
    if (name === 'br') {
      parts.push('\n');
      length += 1;
    } else if (RAW.has(name)) at = endOfRaw(html, name, at);
    else if (!VOID.has(name) && levels.length < DEEPEST) {
      levels.push({ tag: name, path: `${level.path}/${name}[${count}]`, counts: new Map(), open: undefined });
    }
  }
  return createHtmlText(parts.join(''), nodes);
}

interface Tag {
  /** In lower case; '' of comments and declarations. */
  name: string;
  closing: boolean;
  /** Behind its last character. */
  end: number;
}

/** The tag, comment or declaration that begins here; undefined where text does. */
function tagAt(html: string, at: number): Tag | undefined {
  if (html[at] !== '<') return undefined;
  const behind = (mark: string): number => {
    const found = html.indexOf(mark, at + 2);
    return found === -1 ? html.length : found + mark.length;
  };
  if (html.startsWith('<!--', at)) return { name: '', closing: false, end: behind('-->') };
  if (html[at + 1] === '!' || html[at + 1] === '?') return { name: '', closing: false, end: behind('>') };
  // No name is longer; the rest of one that is would be skipped like attributes.
  const [whole = '', name = ''] = /^<\/?([A-Za-z][^\s/>]*)/.exec(html.slice(at, at + 64)) ?? [];
  if (name === '') return undefined;
  // A > within quotes does not end a tag; one that never ends swallows the rest, as in browsers.
  let end = at + whole.length;
  for (let quote = ''; end < html.length && (quote !== '' || html[end] !== '>'); end++) {
    const character = html[end] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
  }
  return { name: name.toLowerCase(), closing: html[at + 1] === '/', end: end + 1 };
}

function endOfRaw(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}[^>]*>?`, 'gi');
  closing.lastIndex = from;
  return closing.exec(html) === null ? html.length : closing.lastIndex;
}

function addText(text: string, level: Level, nodes: TextNode[], parts: string[], at: number): number {
  if (level.open === undefined) {
    const count = (level.counts.get('') ?? 0) + 1;
    level.counts.set('', count);
    level.open = { path: `${level.path}/text()[${count}]`, start: at, length: 0 };
    nodes.push(level.open);
  }
  level.open.length += text.length;
  parts.push(text);
  return at + text.length;
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]+));/g, (reference, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? reference) : reference;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference;
  });
}

function createHtmlText(text: string, nodes: readonly TextNode[]): HtmlText {
  const offsets = createTextOffsets(text);
  /** The node that holds a position; of the end of a span, the one before it. */
  const locate = (position: number, end: boolean): { path: string; offset: number } => {
    const fits = (node: TextNode) => (end ? node.start < position : node.start <= position);
    let [low, high] = [0, nodes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (fits(nodes[middle] as TextNode)) low = middle + 1;
      else high = middle;
    }
    const node = nodes[low - 1] ?? fail('span of hypertext: it begins before any text');
    return { path: node.path, offset: Math.min(position - node.start, node.length) };
  };
  return {
    text,
    span(start, end, unit = 'utf16') {
      const most = unit === 'utf16' ? text.length : offsets.codePoints;
      if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start >= end || end > most) {
        fail(`span of hypertext: needs whole numbers, 0 <= start < end <= ${most}, got ${start}..${end}`);
      }
      const [from, to] = unit === 'utf16' ? [start, end] : [offsets.toUtf16(start), offsets.toUtf16(end)];
      const [first, last] = [locate(from, false), locate(to, true)];
      return {
        start: first.path,
        end: last.path,
        startOffset: first.offset,
        endOffset: last.offset,
        globalOffsets: { start: offsets.toCodePoint(from), end: offsets.toCodePoint(to) },
        text: text.slice(from, to),
      };
    },
  };
}
