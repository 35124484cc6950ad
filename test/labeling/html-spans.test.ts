import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readHtml } from '../../runtime/labeling/build/html-spans.ts';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { RegionBuilders } from '../../runtime/labeling/regions.ts';
import { validatePrediction } from '../../runtime/labeling/validate.ts';
import { cpuMilliseconds } from '../cpu-time.ts';
import { refusal } from './refusal.ts';

const spanOf = (html: string, wanted: string) => {
  const page = readHtml(html);
  const start = page.text.indexOf(wanted);
  const { start: from, end: to, startOffset, endOffset, globalOffsets } = page.span(start, start + wanted.length);
  return [page.text, from, startOffset, to, endOffset, globalOffsets?.start, globalOffsets?.end];
};

/** HTML, what is looked for, and the whole answer. */
const PAGES: [html: string, wanted: string, expected: unknown[]][] = [
  [
    '<p>Call <b>Ana</b> at 9</p><p>Bye</p>',
    'Ana',
    ['Call Ana at 9Bye', '/p[1]/b[1]/text()[1]', 0, '/p[1]/b[1]/text()[1]', 3, 5, 8],
  ],
  [
    '<p>Call <b>Ana</b> at 9</p><p>Bye</p>',
    'at 9Bye',
    ['Call Ana at 9Bye', '/p[1]/text()[2]', 1, '/p[2]/text()[1]', 3, 9, 16],
  ],
  [
    '<html><body><DIV class=">">a<br/>b</DIV></body></html>',
    'b',
    ['a\nb', '/div[1]/text()[2]', 0, '/div[1]/text()[2]', 1, 2, 3],
  ],
  ['x &amp; &#128512; &bogus; y', 'y', ['x & 😀 &bogus; y', '/text()[1]', 15, '/text()[1]', 16, 14, 15]],
  [
    '<style>p{}</style><script>if (a<b) {}</script><p>a<!-- no -->b</p>',
    'b',
    ['ab', '/p[1]/text()[2]', 0, '/p[1]/text()[2]', 1, 1, 2],
  ],
  ['<ul><li>a<li>b</ul>z', 'z', ['abz', '/text()[1]', 0, '/text()[1]', 1, 2, 3]],
  ['1 < 2 </i> ok', 'ok', ['1 < 2  ok', '/text()[1]', 7, '/text()[1]', 9, 7, 9]],
];
for (const [html, wanted, expected] of PAGES) {
  test(`finds '${wanted}' in ${html}`, () => assert.equal(spanOf(html, wanted), expected));
}

test('what it finds is a valid result', () => {
  const html = '<p>Call <b>Ana 😀</b> at 9</p><p>Bye</p>';
  const config = parseLabelConfig(
    '<View><HyperText name="page" value="$html"/><HyperTextLabels name="l" toName="page"><Label value="N"/></HyperTextLabels></View>',
  );
  const region = new RegionBuilders(config).hyperTextLabels('l', 'N', readHtml(html).span(5, 10, 'codePoint'));
  assert.equal([region.value?.text, region.value?.globalOffsets], ['Ana 😀', { start: 5, end: 10 }]);
  assert.equal(validatePrediction({ result: [region] }, config, { task: { data: { html } } }), []);
});

test('what is refused', () => {
  assert.match(
    refusal(() => readHtml('<p>a</p>').span(0, 2)),
    '0 <= start < end <= 1, got 0..2',
  );
  assert.match(
    refusal(() => readHtml('<p></p>').span(0, 0)),
    '0 <= start < end <= 0',
  );
  assert.match(
    refusal(() => readHtml(undefined as unknown as string)),
    'hypertext must be text, got undefined',
  );
});

test('a million characters of noise take no time', () => {
  for (const noise of ['<', '<a ', '<!--', '"<p', '<b>', '</b>', '&#1;']) {
    const start = cpuMilliseconds();
    readHtml(noise.repeat(30_000));
    assert.ok(cpuMilliseconds() - start < 1500, `${noise}: ${cpuMilliseconds() - start} ms`);
  }
});

test.run();
