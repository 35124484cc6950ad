/** Labeling configs that nobody would write, reproducible from a seed: random trees, and the same with text knocked about. */

const TAGS = [
  ...['View', 'View', 'Header', 'Style', 'Filter', 'Repeater', 'Repeater', 'Bucket', 'Shortcut', 'Channel'],
  ...['Text', 'Text', 'Image', 'Audio', 'HyperText', 'List', 'Chat', 'ReactCode', 'TimeSeries'],
  ...['Choices', 'Choices', 'Labels', 'Labels', 'RectangleLabels', 'Taxonomy', 'TextArea', 'Rating', 'Pairwise'],
  ...['Ranker', 'Relations', 'VideoRectangle', 'choices', 'label', 'Unknown', 'Étiquette', 'p:Choices', 'p:Choice'],
];
const LABEL_TAGS = ['Label', 'Choice', 'Choice', 'Relation', 'Choice'];
const NAMES = [
  't',
  't',
  'c',
  'c',
  'img',
  'x_{{idx}}',
  'constructor',
  '__proto__',
  'toString',
  '1',
  '2',
  '',
  ' t',
  'ü',
  '{{i}}',
];
const TO_NAMES = [
  't',
  't',
  't',
  'img',
  't,img',
  't, img',
  ',',
  'x_{{idx}}',
  'a{{i}}b,t',
  'nowhere',
  '',
  'c',
  '__proto__',
  't,t',
];
const TEXTS = [
  ...[
    '$t',
    '$image',
    '$$t',
    '$a.b',
    '$a[0]',
    '$opts2',
    '$',
    '',
    ' ',
    'a',
    'b',
    'b',
    '1',
    '10',
    '2',
    '__proto__',
    'constructor',
  ],
  ...[
    'R&amp;D',
    '&lt;&gt;&quot;&apos;',
    '&#10;',
    '&#233;',
    '&#x1F600;',
    '&#x41;',
    '日本',
    '😀',
    'a\tb\r\nc',
    '$x&#10;',
    "it's",
    '>',
    ']]>',
  ],
];
const ATTRIBUTES: Record<string, readonly string[]> = {
  name: NAMES,
  toName: TO_NAMES,
  value: TEXTS,
  valueList: TEXTS,
  alias: TEXTS,
  valueType: ['url', 'text', ''],
  apiUrl: ['', 'https://example.test'],
  indexFlag: ['{{idx}}', '{{i}}', '', 't'],
  on: ['$lines'],
  perRegion: ['true', 'True', 'false', ''],
  whenTagName: ['c', '', 'c,t'],
  whenLabelValue: ['a', '', 'a,b'],
  whenChoiceValue: ['b', ''],
  toname: ['t'],
  Value: ['z'],
  'p:value': ['q'],
  'xml:lang': ['en'],
  ['__proto__']: ['p'],
  hotkey: ['1'],
  data: ['$d'],
};
const BETWEEN = [
  '',
  '',
  '',
  '\n  ',
  'text',
  '<!-- a & b -->',
  '<![CDATA[<Choice value="no"/>]]>',
  '<?pi x?>',
  '&amp;',
  '&#x41;',
];
const KNOCKS = [
  ...[
    '<',
    '>',
    '/',
    '&',
    ';',
    '"',
    "'",
    '=',
    ' ',
    '\n',
    '\u0001',
    '\ud800',
    '\uFFFE',
    ']]>',
    '--',
    '<!--',
    '-->',
    '<![CDATA[',
  ],
  ...[
    '<?x ',
    '?>',
    '&#0;',
    '&nbsp;',
    '&#x110000;',
    'xmlns="u"',
    ' a:b="1"',
    ':',
    '\uFEFF',
    '</View>',
    '<View>',
    ' a="1" a="2"',
  ],
];

/** Mulberry32: small, fast, the same everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An endless supply: two of three well-formed, the third with one to three knocks. */
export function* randomConfigs(seed: number): Generator<string, never> {
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const attribute = (name: string): string => {
    const quote = random() < 0.8 ? '"' : "'";
    const value = pick(ATTRIBUTES[name] ?? TEXTS);
    return ` ${name}=${quote}${quote === "'" ? value.replaceAll("'", '&apos;') : value}${quote}`;
  };
  const element = (depth: number): string => {
    const label = random() < 0.4;
    const tag = label ? pick(LABEL_TAGS) : pick(TAGS);
    const expected = label ? ['value'] : ['name', 'toName', 'value'];
    const names = new Set(expected.filter(() => random() < 0.75));
    while (random() < 0.5) names.add(pick(Object.keys(ATTRIBUTES)));
    const open = `${tag}${[...names].map(attribute).join('')}`;
    if (depth > 5 || random() < 0.35) return `<${open}/>`;
    return `<${open}>${children(depth + 1)}</${tag}>`;
  };
  const children = (depth: number): string =>
    Array.from({ length: Math.floor(random() * 5) }, () => pick(BETWEEN) + element(depth)).join('') + pick(BETWEEN);
  const knock = (text: string): string => {
    const at = Math.floor(random() * (text.length + 1));
    if (random() < 0.5) return text.slice(0, at) + pick(KNOCKS) + text.slice(at);
    return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 4));
  };
  while (true) {
    let config = `<View xmlns:p="urn:p">${children(1)}${children(1)}</View>`;
    if (random() < 0.1) config = `<?xml version="1.0"?>\n${config}`;
    if (random() < 0.34) for (let knocks = 1 + Math.floor(random() * 3); knocks > 0; knocks--) config = knock(config);
    yield config;
  }
}
