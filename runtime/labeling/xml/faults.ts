/** What to tell the author of a config that is not well-formed: where, what stands there, what is needed instead. */

/** Advice by what the parser's own words contain; the first match counts. */
const ADVICE: readonly (readonly [fragment: string, advice: string])[] = [
  ['entity', 'an entity that XML does not know: there are &amp; &lt; &gt; &quot; &apos; and numbers such as &#233;'],
  ['duplicate attribute', 'an attribute given twice in one tag: each may be given once'],
  ['unclosed tag', 'the text ends, but a tag is still open: close it, </Tag> or <Tag/>'],
  ['unexpected end', 'the text ends inside of a tag, a comment or a declaration'],
  ['unexpected close tag', 'a closing tag that does not match the tag opened last: close that first'],
  ['unmatched closing tag', 'a closing tag that no opening tag belongs to'],
  ['only one root', 'a second root element: put all into one <View>'],
  ['must contain a root', 'no element: a config is XML such as <View>...</View>, or empty'],
  ['outside of root', 'text outside of the root element: a config is XML such as <View>...</View>'],
  ['unquoted attribute value', 'an attribute value without quotes: write name="value"'],
  ['attribute without value', 'an attribute without a value: write name="value"'],
  ['no whitespace between attributes', 'two attributes without a space between them'],
  ['character in attribute name', 'no attribute may begin so: is a quote or a > missing before?'],
  ['disallowed character.', 'a character that may not stand here: write < as &lt;, and leave control characters out'],
];

/** Known to XML or not: that is for the parser to say. */
const REFERENCE = /^&(?:#\d+|#x[\da-f]+|[\p{L}_:][\p{L}\p{N}_:.-]*);/iu;

/** One sentence of what is wrong at `index` of `source`; `reason` is the parser's. */
export function describeXmlFault(source: string, index: number, reason: string): string {
  // The parser reads on to the next ';' before it complains of a bare '&'; the author needs the '&' itself.
  const ampersand = findBareAmpersand(source, index);
  const at = ampersand ?? index;
  const what = ampersand === undefined ? advise(reason) : "a bare '&': write &amp;";
  const { line, column } = locate(source, at);
  return `labeling config: not well-formed XML at line ${line}, column ${column}: ${what}${excerpt(source, at)}`;
}

/** A reason may quote the source: it is cut, so that no message grows with the config. */
function advise(reason: string): string {
  return ADVICE.find(([fragment]) => reason.includes(fragment))?.[1] ?? reason.replace(/\.$/, '').slice(0, 160);
}

/** Both from 1; columns in UTF-16 units, as editors count. */
function locate(source: string, index: number): { line: number; column: number } {
  const breaks = /\r\n|\r|\n/g;
  let [line, start] = [1, 0];
  while (breaks.exec(source) !== null && breaks.lastIndex <= index) [line, start] = [line + 1, breaks.lastIndex];
  return { line, column: index - start + 1 };
}

/** What stands around, on the same line. */
function excerpt(source: string, at: number): string {
  const [before = ''] = /[^\r\n]*$/.exec(source.slice(Math.max(0, at - 24), at)) ?? [];
  const [after = ''] = /^[^\r\n]*/.exec(source.slice(at, at + 16)) ?? [];
  const near = `${before}${after}`.trim().toWellFormed();
  return near === '' ? '' : ` (near: ${near})`;
}

/** The first '&' up to `end` that begins no reference, outside of comments, CDATA and processing instructions. */
function findBareAmpersand(source: string, end: number): number | undefined {
  const skipped = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' };
  const marks = /&|<!--|<!\[CDATA\[|<\?/g;
  for (let mark = marks.exec(source); mark !== null && mark.index <= end; mark = marks.exec(source)) {
    const close = skipped[mark[0] as keyof typeof skipped];
    if (close === undefined) {
      if (!REFERENCE.test(source.slice(mark.index, mark.index + 64))) return mark.index;
      continue;
    }
    const closed = source.indexOf(close, mark.index + mark[0].length);
    if (closed === -1) return undefined;
    marks.lastIndex = closed + close.length;
  }
  return undefined;
}
