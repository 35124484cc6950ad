import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MAX_DEPTH, MAX_LENGTH, parseXml } from '../../runtime/labeling/xml/parse.ts';
import { refusal } from './refusal.ts';

const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);

/** Source, and the value that the root's attribute `a` comes out with. */
const VALUES: [title: string, source: string, value: string][] = [
  ['line breaks and tabs become spaces', '<V a="1\n2\r\n3\r4\t5"/>', '1 2 3 4 5'],
  ['references to them do not', '<V a="1&#10;2&#13;3&#9;4"/>', '1\n2\r3\t4'],
  ['spaces at the ends stay', '<V a="  x  "/>', '  x  '],
  ['the five entities', '<V a="&amp;&lt;&gt;&quot;&apos;"/>', '&<>"\''],
  ['an entity is read once', '<V a="&amp;lt;"/>', '&lt;'],
  ['numbers, decimal and hexadecimal', '<V a="&#233;&#xe9;&#x1F600;"/>', 'éé😀'],
  ['astral characters', '<V a="😀"/>', '😀'],
  ['the other quote', `<V a='"'/>`, '"'],
  ['a > in a value', '<V a="a>b"/>', 'a>b'],
  ['a byte order mark', '\uFEFF<V a="1"/>', '1'],
  ['space around the equals sign', '<V a = "1" />', '1'],
  ['a declaration', '<?xml version="1.0"?><V a="1"/>', '1'],
  ['a declaration with an encoding', '<?xml version="1.0" encoding="UTF-8"?>\n<V a="1"/>', '1'],
  ['an encoding that a string cannot have', '<?xml version="1.0" encoding="latin1" standalone="yes"?><V a="1"/>', '1'],
  ['XML 1.1, by the rules of 1.0', '<?xml version="1.1"?><V a="1\u0085"/>', '1\u0085'],
  [
    'comments, CDATA and instructions around',
    '<!-- & --><?p?><V a="1"><![CDATA[<V a="2"/>]]><!--<b/>--></V><!-- -->',
    '1',
  ],
];
for (const [title, source, value] of VALUES) {
  test(`reads ${title}`, () => assert.is(parseXml(source)[0]?.attrs.a, value));
}

test('elements come in document order, each with its parent and children', () => {
  const elements = parseXml('<a><b><c/></b>text<d x="1"/></a>');
  const [a, b, c, d] = elements;
  assert.equal(
    elements.map(({ tag, attrs }) => [tag, attrs]),
    [
      ['a', {}],
      ['b', {}],
      ['c', {}],
      ['d', { x: '1' }],
    ],
  );
  assert.ok(a !== undefined && a.parent === undefined && b?.parent === a && c?.parent === b && d?.parent === a);
  assert.ok(a.children.length === 2 && a.children[0] === b && a.children[1] === d && b.children[0] === c);
});

test('names are case-sensitive, and names of Object.prototype are names like others', () => {
  const [root] = parseXml('<V a="1" A="2" constructor="3" __proto__="4"/>');
  assert.equal(Object.entries(root?.attrs ?? {}), [
    ['a', '1'],
    ['A', '2'],
    ['constructor', '3'],
    ['__proto__', '4'],
  ]);
});

test('a namespace is spelled out as lxml does, and ends with its element', () => {
  const source =
    '<a xmlns="urn:d" xmlns:p="urn:p"><p:b p:x="1" x="2" xml:lang="en"/><c xmlns="" xmlns:p="q"><p:d/></c><p:e/></a>';
  assert.equal(
    parseXml(source).map(({ tag, attrs }) => [tag, attrs]),
    [
      ['{urn:d}a', {}],
      ['{urn:p}b', { '{urn:p}x': '1', x: '2', '{http://www.w3.org/XML/1998/namespace}lang': 'en' }],
      ['c', {}],
      ['{q}d', {}],
      ['{urn:p}e', {}],
    ],
  );
});

/** What is refused, where, and a word that tells why. */
const REFUSED: [source: string, line: number, column: number, why: string][] = [
  ['  ', 1, 2, 'no element'],
  ['hello', 1, 6, 'text outside of the root'],
  ['x<V/>', 1, 2, 'text outside of the root'],
  ['<V/>\nx', 2, 2, 'text outside of the root'],
  ['<V/><V/>', 1, 7, 'a second root'],
  ['<V>', 1, 3, 'a tag is still open'],
  ['<V>\n  <T a="1">\n</V>', 3, 4, 'does not match the tag opened last'],
  ['</V>', 1, 4, 'no opening tag'],
  ['<V a="1" b="2" a="3"/>', 1, 22, 'given twice'],
  ['<V a="R & D"/>', 1, 9, "a bare '&': write &amp;"],
  ['<V>\n<T a="R & D"/> <!-- ; -->\n</V>', 2, 9, "a bare '&': write &amp;"],
  ['<V><!-- & -->R & D</V>', 1, 16, "a bare '&': write &amp;"],
  ['<V a="&"/>', 1, 7, "a bare '&': write &amp;"],
  ['<V a="&nbsp;"/>', 1, 12, 'an entity that XML does not know'],
  ['<V a="&constructor;"/>', 1, 19, 'an entity that XML does not know'],
  ['<V a="&#0;"/>', 1, 10, 'an entity that XML does not know'],
  ['<V a="&#xD800;"/>', 1, 14, 'an entity that XML does not know'],
  ['<V a="\uD800"/>', 1, 7, 'half of a surrogate pair'],
  ['<V a="\u0001"/>', 1, 7, 'a character that may not stand here'],
  ['<V a="<"/>', 1, 7, 'write < as &lt;'],
  ['<V a=1/>', 1, 6, 'without quotes'],
  ['<V a/>', 1, 5, 'no attribute may begin so'],
  ['<V\n=/>', 2, 1, 'no attribute may begin so'],
  ['<V a>', 1, 5, 'an attribute without a value'],
  ['<V a="1"b="2"/>', 1, 9, 'without a space'],
  ['<V <T/></V>', 1, 4, 'is a quote or a > missing before?'],
  ['<V><!-- a -- b --></V>', 1, 13, 'malformed comment'],
  ['<V>]]></V>', 1, 6, ']]>'],
  ['<V><!-- ', 1, 8, 'still open'],
  [' <?xml version="1.0"?><V/>', 1, 7, 'XML declaration must'],
  ['<?xml version="2.0"?><V/>', 1, 19, 'version number'],
  ['<!DOCTYPE V><V/>', 1, 12, 'a document type declaration: configs carry none, remove it'],
  ['<!DOCTYPE V [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><V x="&c;"/>', 1, 50, 'a document type declaration'],
  ['<!DOCTYPE V SYSTEM "file:///etc/passwd"><V/>', 1, 40, 'a document type declaration'],
  ['<p:V/>', 1, 6, "'p:V' without xmlns:p"],
  ['<V p:a="1"/>', 1, 12, "'p:a' without xmlns:p"],
  ['<V xmlns:p="u" xmlns:q="u" p:a="1" q:a="2"/>', 1, 44, 'given twice'],
  ['<V xmlns:p=""/>', 1, 15, 'a wrong namespace'],
  ['<V xmlns="a b"/>', 1, 16, 'a wrong namespace'],
  ['<V xmlns:xml="u"/>', 1, 18, 'a wrong namespace'],
  ['<:V/>', 1, 5, 'a malformed name'],
  ['<V xmlns:="u"/>', 1, 15, 'a malformed name'],
  ['<V xmlns:-p="u"/>', 1, 17, 'a malformed name'],
  ['<V><?a:b c?></V>', 1, 12, 'a colon'],
  [nested(MAX_DEPTH + 1), 1, 3 * MAX_DEPTH + 3, `deeper than ${MAX_DEPTH}`],
];
for (const [source, line, column, why] of REFUSED) {
  test(`refuses ${JSON.stringify(source.slice(0, 60))}`, () => {
    const message = refusal(() => parseXml(source));
    const place = `labeling config: not well-formed XML at line ${line}, column ${column}: `;
    assert.is(message.slice(0, place.length), place);
    assert.match(message.slice(place.length), why);
  });
}

test('the deepest nesting and the longest text that are accepted', () => {
  assert.is(parseXml(nested(MAX_DEPTH)).length, MAX_DEPTH);
  const longest = `<V>${' '.repeat(MAX_LENGTH - 7)}</V>`;
  assert.is(parseXml(longest).length, 1);
  assert.is(
    refusal(() => parseXml(` ${longest}`)),
    `labeling config: ${MAX_LENGTH + 1} characters came, at most ${MAX_LENGTH} are accepted`,
  );
});

test('a message does not grow with the config', () => {
  for (const source of [`<V ${'a:'.repeat(99_999)}b="1"/>`, `<V a="&${'a'.repeat(99_999)};"/>`, 'x'.repeat(99_999)]) {
    const message = refusal(() => parseXml(source));
    assert.ok(message.length < 400, message.slice(0, 500));
  }
});

test.run();
