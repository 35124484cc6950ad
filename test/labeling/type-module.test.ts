/** label-config.d.ts: what stands in it for any config, as a formatter would have it. */

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';
import { writeTypeModule } from '../../runtime/labeling/type-module.ts';

const root = resolve(import.meta.dirname, '../..');
const moduleOf = (xml: string) => writeTypeModule(parseLabelConfig(xml));
/** The lines within the interface, less their indentation. */
const bodyOf = (xml: string) =>
  moduleOf(xml)
    .split('\n')
    .slice(6, -3)
    .map((line) => line.slice(4));

const escapeXml = (text: string) => text.replace(/[&<>"\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
const choicesOf = (labels: readonly string[], name = 'c') =>
  `<View><Text name="t" value="$t"/><Choices name="${escapeXml(name)}" toName="t">${labels
    .map((label) => `<Choice value="${escapeXml(label)}"/>`)
    .join('')}</Choices></View>`;

const EVERYTHING = `<View>
  <Header name="h" value="Words"/>
  <Text name="review-text" value="$review.body"/>
  <Text name="again" value="$review.title" valueType="url"/>
  <Image name="toString" valueList="$photos"/>
  <HyperText name="__proto__" value="$q'n"/>
  <TimeSeries name="series" value="$series" valueType="json"/>
  <TimeSeries name="file" value="$file"/>
  <Paragraphs name="talk" value="$talk"/>
  <Audio name="a" value="$both"/><List name="list" value="$both"/>
  <Thing name="thing" value="$a[0].b[1]"/>
  <Choices name="reader's verdict" toName="review-text,again">
    <Choice value="O'Brien"/><Choice value='say "hi"'/><Choice value="shown" alias="line&#10;break"/>
  </Choices>
  <Taxonomy name="constructor" toName="nowhere"><Choice value="Animal"><Choice value="Bird"/></Choice></Taxonomy>
  <Labels name="kind" toName="clip"/><Labels name="moving" toName="clip"><Label value="Car"/></Labels>
  <Video name="clip" value="$clip"/><VideoRectangle name="box" toName="clip"/>
  <Choices name="open" toName="a" value="$opts"><Choice value="Known"/></Choices>
  <TextArea name="1st" toName="toString" perRegion="true" value="$pre.fill"/>
  <magicwand name="wand" toName="toString"/>
  <Mystery name="mystery" toName="a"/>
  <Ranker name="rank" toName="list"><Bucket name="good"/><Bucket name="bad" default="true"/></Ranker>
  <Relations><Relation value="is in"/><Relation value="before"/></Relations>
  <Repeater on="$pages" indexFlag="{{i}}">
    <Image name="page_{{i}}" value="$pages[{{i}}].url"/>
    <Repeater on="$pages[{{i}}].parts" indexFlag="{{j}}">
      <Choices name="q_{{i}}\`{{j}}" toName="page_{{i}}"><Choice value="X"/></Choices>
    </Repeater>
  </Repeater>
  <Chat name="chat" value="$chat"/>
</View>`;

const EXPECTED = `controls: {
  "reader's verdict": {
    tag: 'Choices';
    labels: "O'Brien" | 'say "hi"' | 'line\\nbreak';
    to: 'review-text' | 'again';
  };
  constructor: {
    tag: 'Taxonomy';
    labels: 'Animal' | 'Bird';
    to: never;
  };
  kind: {
    tag: 'Labels';
    labels: never;
    to: 'clip';
  };
  moving: {
    tag: 'Labels';
    labels: 'Car';
    to: 'clip';
  };
  box: {
    tag: 'VideoRectangle';
    labels: 'Car';
    to: 'clip';
  };
  open: {
    tag: 'Choices';
    labels: string;
    to: 'a';
  };
  '1st': {
    tag: 'TextArea';
    to: 'toString';
    perRegion: true;
  };
  wand: {
    tag: 'Magicwand';
    to: 'toString';
  };
  mystery: {
    tag: 'Mystery';
    to: 'a';
  };
  rank: {
    tag: 'Ranker';
    buckets: 'good' | 'bad';
    to: 'list';
  };
  [name: \`q_\${number}\\\`\${number}\`]: {
    tag: 'Choices';
    labels: 'X';
    to: \`page_\${number}\`;
  };
  chat: {
    tag: 'Chat';
    to: 'chat';
  };
};
objects: {
  h: 'Header';
  'review-text': 'Text';
  again: 'Text';
  toString: 'Image';
  __proto__: 'HyperText';
  series: 'TimeSeries';
  file: 'TimeSeries';
  talk: 'Paragraphs';
  a: 'Audio';
  list: 'List';
  thing: 'Thing';
  clip: 'Video';
  [name: \`page_\${number}\`]: 'Image';
  chat: 'Chat';
};
relations: 'is in' | 'before';
data: {
  review?: {
    body?: string;
    title?: string;
  };
  photos?: string[];
  "q'n"?: string;
  series?: Record<string, unknown>;
  file?: string | Record<string, unknown>;
  talk?: Record<string, unknown>[];
  both?: string | Record<string, unknown>[];
  a?: {
    b?: unknown[];
  }[];
  clip?: string;
  pages?: {
    url?: string;
    parts?: unknown[];
  }[];
  chat?: Record<string, unknown>[];
  opts?: unknown[];
  pre?: {
    fill?: string;
  };
};`;

test('what a config declares, each in its place', () => {
  assert.is(bodyOf(EVERYTHING).join('\n'), EXPECTED);
});

test('an empty config', () => {
  assert.equal(bodyOf(''), ['controls: object;', 'objects: object;', 'relations: never;', 'data: object;']);
});

test('the whole module; the same config gives the same bytes', () => {
  const module = moduleOf(choicesOf(['A']));
  assert.is(module, moduleOf(choicesOf(['A'])));
  assert.match(
    module,
    /^\/\*\* label-config\.xml as types\. `npm run types` writes this file anew: .* \*\/\n\nexport \{\};\n\n/,
  );
  assert.match(module, "declare module './runtime/labeling/typed.ts' {\n  interface TypedConfig {\n    controls: {\n");
  assert.match(module, /\n {4}\};\n {2}\}\n\}\n$/);
});

test('names with one pattern: the first counts, as it does at run time', () => {
  const repeated = (flag: string, label: string) =>
    `<Repeater on="$l" indexFlag="${flag}"><Choices name="n_${flag}" toName="t"><Choice value="${label}"/></Choices></Repeater>`;
  const body = bodyOf(`<View><Text name="t" value="$t"/>${repeated('{{i}}', 'One')}${repeated('{{j}}', 'Two')}</View>`);
  assert.equal(
    body.filter((line) => /name:|labels:/.test(line)),
    [`  [name: \`n_\${number}\`]: {`, "    labels: 'One';"],
  );
});

test('data that two objects read in two ways is unknown', () => {
  const data = (...paths: string[]) =>
    bodyOf(`<View>${paths.map((path, at) => `<Text name="t${at}" value="$${path}"/>`).join('')}</View>`).slice(-3);
  assert.equal(data('a', 'a.b'), ['data: {', '  a?: unknown;', '};']);
  assert.equal(data('a[0]', 'a.b'), ['data: {', '  a?: unknown;', '};']);
  assert.equal(data('a', 'a'), ['data: {', '  a?: string;', '};']);
});

/** Around the width where a line breaks, in letters of all widths, and names that a property may or may not have bare. */
const FORMATTED: string[] = [
  '',
  EVERYTHING,
  choicesOf(Array.from({ length: 3_000 }, (_, at) => `Label ${at}`)),
  ...['x', '色', '한', 'ك', 'Ω', '—', '📖', '\u0301', '。'].flatMap((letter) =>
    Array.from({ length: 60 }, (_, at) => choicesOf([letter.repeat(at + 30), 'yyyyyyyyyyy'])),
  ),
  ...[
    'спаны',
    'a-b',
    '1',
    '01',
    '1e3',
    '-1',
    "it's",
    'say "hi"',
    `'"`,
    '\\',
    'class',
    '$',
    '_',
    ' ',
    '\u2028',
    `\`\${x}`,
  ].map((name) => choicesOf([name, `${name}!`], name)),
  choicesOf(['x'.repeat(200)], 'n'.repeat(200)),
];

test('it is formatted, whatever the names', async () => {
  const [folder = '', settings = ''] = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'type-module-')));
  const config = JSON.parse(readFileSync(join(root, 'templates/base/biome.json'), 'utf8')) as Record<string, unknown>;
  // Biome looks at its own settings, too: theirs are of no interest here, and lie elsewhere.
  writeFileSync(join(settings, 'biome.json'), JSON.stringify({ ...config, files: { maxSize: 10_000_000 } }));
  for (const [at, xml] of FORMATTED.entries()) writeFileSync(join(folder, `${at}.d.ts`), moduleOf(xml));
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'check', '--colors=off', '--max-diagnostics=5', `--config-path=${settings}`, '.'];
  const said = await new Promise<string>((done) => {
    execFile(process.execPath, args, { cwd: folder }, (_, out, err) => done(out + err));
  });
  for (const made of [folder, settings]) rmSync(made, { recursive: true });
  assert.match(said, `Checked ${FORMATTED.length} files`);
  assert.not.match(said, '━━');
});

test.run();
