/** A labeling config with every control tag there is, and what no template should break on. */

const hostile = ['A', `It's "B"`, 'C*/ \\ x', `\${x} \`y\``, 'line\u2028break', 'Größe', '</View>'];
const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
const options = (tag: string) => hostile.map((label) => `<${tag} value="${escapeXml(label)}"/>`).join('');
const labels = (tag: string, to: string, more = '') =>
  `<${tag} name="${tag} on ${to}" toName="${to}"${more}>${options('Label')}</${tag}>`;
const choices = (name: string, to: string, more = '') =>
  `<Choices name="${escapeXml(name)}" toName="${to}"${more}>${options('Choice')}</Choices>`;
const plain = (tag: string, to: string, more = '') => `<${tag} name="${tag} on ${to}" toName="${to}"${more}/>`;

const drawn = ['Rectangle', 'Ellipse', 'Polygon', 'KeyPoint', 'Brush', 'Bitmask', 'Vector'];
/** Names of one control: quotes, comments, template syntax, line ends, nothing that an identifier can have, a member of the class. */
const names = [
  'it\'s "one"',
  '*/ end',
  `\${name} <%- name %> \`now\``,
  'two\nlines',
  '★',
  '☆',
  'task',
  'constructor',
  'predict',
  'relations',
  'a-b',
  'a b',
  'back\\slash',
  'long '.repeat(40).trim(),
  '中文',
  'm²',
  '𝒜'.repeat(50),
  '標'.repeat(48),
  '標'.repeat(49),
  '標'.repeat(50),
];

export const everyControl = `<View>
  <Text name="t" value="$text"/><Text name="t2" value="$a.b"/><Text name="fixed" value="Words"/><Text name="file" value="$file" valueType="url"/>
  <Image name="i" value="$photo"/><Image name="list" valueList="$pages"/>
  <HyperText name="h" value="$html"/><Paragraphs name="d" value="$dialogue"/><TimeSeries name="ts" value="$csv"/>
  <Audio name="a" value="$wav"/><Video name="v" value="$mp4"/><Video name="v2" value="$mp4"/><Pdf name="pdf" value="$pdf"/>
  <List name="items" value="$items"/><Table name="table" value="$table"/>
  ${choices('one', 't')}${choices('several', 't', ' choice="multiple"')}${choices('nested', 'fixed', ' allowNested="true"')}
  ${choices('table', 'table')}${choices('item', 'list', ' perItem="true"')}${choices('per', 'i,t', ' perRegion="true"')}
  <Choices name="dynamic" toName="t" value="$options"><Choice value="A"/></Choices>
  <Taxonomy name="tree" toName="t">${options('Choice')}</Taxonomy>
  ${plain('TextArea', 'i')}${plain('TextArea', 'a', ' perRegion="true"')}${plain('Rating', 't,t2')}${plain('Number', 'a')}
  ${plain('DateTime', 'v')}${plain('Pairwise', 't,t2')}${plain('Ranker', 'items')}
  <Ranker name="buckets" toName="items"><Bucket name="x"/></Ranker>
  ${['t', 't,t2', 'file', 'h', 'a', 'i', 'v', 'v2'].map((to) => labels('Labels', to)).join('')}
  ${labels('HyperTextLabels', 'h')}${labels('ParagraphLabels', 'd')}${labels('TimeSeriesLabels', 'ts')}${labels('OcrLabels', 'pdf')}
  ${drawn.flatMap((tag) => [plain(tag, 'i'), labels(`${tag}Labels`, 'i'), labels(`${tag}Labels`, 'list')]).join('')}
  ${plain('MagicWand', 'i')}${labels('TimelineLabels', 'v')}${plain('VideoRectangle', 'v')}${plain('VideoRectangle', 'v2')}
  ${plain('VideoVector', 'v2')}${labels('VideoVectorLabels', 'v')}
  <Relations><Relation value="is */ x"/></Relations>
  <Chat name="chat" value="$chat"/><ReactCode name="code" toName="code" data="$code"/><Unheard name="unheard" toName="t"/>
  <Repeater on="$rows" indexFlag="{{i}}">
    <Text name="row_{{i}}" value="$rows[{{i}}].x"/><Image name="photo_{{i}}" value="$rows[{{i}}].url"/>
    ${choices(`\`\${x}_{{i}}`, 'row_{{i}}')}${choices('kind_{{i}}', 'row_{{i}}')}
    <Labels name="spans_{{i}}" toName="row_{{i}}">${options('Label')}</Labels>
    <RectangleLabels name="boxes_{{i}}" toName="photo_{{i}}">${options('Label')}</RectangleLabels>
  </Repeater>
  ${names.map((name) => choices(name, 't')).join('')}
</View>`;

/** What a model may find, by the field that a stub asks it for: as code. */
const samples: Record<string, string> = {
  label: "'A'",
  labels: "['A']",
  paths: "[['A']]",
  text: "'The parcel came two days late, and the box was wet.'",
  stars: '1',
  quantity: '2.5',
  date: 'new Date(0)',
  selected: "'left'",
  ranking: "['a']",
  start: '0',
  end: '3',
  seconds: '[0, 1.5]',
  paragraph: '0',
  x: '0.5',
  y: '0.5',
  radiusX: '0.5',
  radiusY: '0.5',
  width: '0.25',
  height: '0.25',
  page: '1',
  pixels: 'new Uint8Array([1, 0, 0, 1])',
  frames: '[1, 5]',
  framesCount: '10',
  duration: '1',
  content: "'Tomorrow.'",
  answer: '{}',
  value: '{}',
  score: '0.5',
  to: "'t'",
  from: 'regions[0]',
  item: '0',
  row: '0',
  image: '{ width: 2, height: 2 }',
};

/** Where one name has two kinds of values. */
const byType: [type: RegExp, code: string][] = [
  [/^ranking: Record/, "{ x: ['a'] }"],
  [/^px: \[left/, '[0, 0, 1, 1]'],
  [/^px: \[x: number, y: number\]\[\]/, '[[0, 0], [1, 0], [1, 1]]'],
  [/^px: \[x/, '[1, 1]'],
  [/^px: \{/, '[{ x: 0, y: 0 }, { x: 1, y: 1 }]'],
  [/^keyframes: .*width/, '[{ frame: 1, percent: { x: 1, y: 1, width: 5, height: 5 } }]'],
  [/^keyframes/, '[{ frame: 1, percent: [{ x: 1, y: 1 }] }]'],
  [/^to: Region/, 'regions[1]'],
];

/** The model with a find in each stub, and the labels that relations and tasks bring. */
export function findOneEach(model: string): string {
  return model.replace(/await yourModel<\{\n([\s\S]*?)\n *\}>\((.*)\);/g, (_, lines: string, input: string) => {
    const fields = lines.split('\n').map((line) => line.trim());
    const found = fields.map((field) => {
      const name = field.split(':')[0] ?? '';
      const code = byType.find(([type]) => type.test(field))?.[1] ?? samples[name];
      if (code === undefined) throw new Error(`no sample of '${field}'`);
      const label = input === 'task.data, regions' ? "'is */ x'" : code;
      return `${name}: ${name === 'label' ? label : code}`;
    });
    return `[{ ${found.join(', ')} }] as any[];`;
  });
}
