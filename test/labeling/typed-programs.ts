/** Programs for a labeling config: some that fit it, and others with one slip each. */

export const TYPED_CONFIG = `<View>
  <Text name="text" value="$text"/>
  <Image name="photo" value="$photo"/>
  <HyperText name="page" value="$page.html"/>
  <List name="list" value="$list"/>
  <Choices name="sentiment" toName="text" choice="multiple"><Choice value="Positive"/><Choice value="Negative"/></Choices>
  <Choices name="open" toName="text" value="$opts"/>
  <Labels name="entity" toName="text"><Label value="Person"/><Label value="Place"/></Labels>
  <Labels name="mark" toName="page"><Label value="Title"/></Labels>
  <Labels name="kind" toName="photo"><Label value="Car"/></Labels>
  <Rectangle name="box" toName="photo"/>
  <RectangleLabels name="thing" toName="photo"><Label value="Dog"/><Label value="Cat" alias="cat"/></RectangleLabels>
  <TextArea name="read" toName="photo" perRegion="true"/>
  <TextArea name="note" toName="text"/>
  <Taxonomy name="topic" toName="text"><Choice value="Animal"><Choice value="Bird"/></Choice></Taxonomy>
  <Ranker name="rank" toName="list"><Bucket name="good"/><Bucket name="bad" default="true"/></Ranker>
  <Number name="count" toName="text"/>
  <Relations><Relation value="is in"/></Relations>
  <Repeater on="$pages" indexFlag="{{i}}">
    <Image name="page_{{i}}" value="$pages[{{i}}].url"/>
    <Choices name="q_{{i}}" toName="page_{{i}}"><Choice value="X"/></Choices>
  </Repeater>
</View>`;

const FOUND = '{ where: { px: [0, 0, 1, 1], image }, text: anyText, ';

export const FITTING: readonly string[] = [
  "this.choices('sentiment', 'Positive');",
  "this.choices('sentiment', ['Positive', 'Negative'], { score: 0.5, to: 'text' });",
  "const control = 'sentiment'; this.choices(control, Math.random() > 0.5 ? 'Positive' : 'Negative');",
  'this.choices(anyText, anyText); this.choices(anyText, "anything"); this.choices(anyText, [anyText]);',
  "this.choices('sentiment', anyText); this.choices('sentiment', [anyText]); this.choices('sentiment', ['Positive', anyText]);",
  "this.choices('sentiment', new Map([['a', 'b']]).get('a') ?? this.labelsOf('sentiment')[0] ?? 'Positive');",
  "this.choices('open', 'anything');",
  "this.choices('q_0', 'X'); this.choices('q_17', 'X');",
  "this.labels('entity', 'Person', { text: anyText, start: 0, end: 1 });",
  "this.rectangleLabels('thing', 'cat', { px: [0, 0, 1, 1], image });",
  "this.labelsOn('kind', 'Car', this.rectangle('box', { px: [0, 0, 1, 1], image }));",
  `this.ocr({ shape: 'box', text: 'read', labels: 'kind' }, ${FOUND} label: 'Car' });`,
  `this.ocr({ shape: 'thing', text: 'read' }, ${FOUND} label: ['Dog'] });`,
  `this.ocr({ shape: anyText, text: anyText, labels: anyText }, ${FOUND} label: anyText });`,
  "this.taxonomy('topic', [['Animal', 'Bird'], ['Animal']]); this.taxonomy('topic', [anyText.split('/')]);",
  "this.ranker('rank', ['id']); this.ranker('rank', { good: ['id'], _: [anyText] });",
  "this.ranker('rank', Object.fromEntries([[anyText, [anyText]]]));",
  "this.relation(region, region, { labels: 'is in' }); this.relation('a', 'b'); this.relation('a', 'b', { labels: [anyText] });",
  "const labels: ('Person' | 'Place')[] = this.labelsOf('entity'); labels.includes('Place');",
  "if (this.isLabel('entity', anyText)) { const label: 'Person' | 'Place' = anyText; return label; } anyText.trim();",
  "[anyText].filter((one) => this.isLabel('entity', one)).map((one) => one satisfies 'Person' | 'Place');",
  "if (!this.isLabel('open', anyText)) anyText.trim();\nif (!this.isLabel(anyText, anyText)) anyText.trim();",
  "this.labelMap('thing', ['dog']).get('dog') satisfies 'Dog' | 'cat' | undefined;",
  "this.answers(task, 'sentiment')[0]?.value?.choices satisfies ('Positive' | 'Negative')[] | undefined;",
  "this.answers(task, 'count')[0]?.value?.number satisfies number | undefined;",
  "this.answers(task, 'topic')[0]?.value?.taxonomy satisfies ('Animal' | 'Bird')[][] | undefined;",
  "this.answers(task, 'entity')[0]?.value?.start satisfies number | undefined;",
  "this.answers(task, 'mark')[0]?.value?.start satisfies string | undefined;",
  "this.answers(task, 'mark')[0]?.value?.globalOffsets?.end satisfies number | undefined;",
  "this.answers(task, 'kind')[0]?.value?.width satisfies number | undefined;",
  "this.answers(task, 'read')[0]?.value satisfies { text?: string[]; x?: number } | undefined;",
  "this.answers(task, 'q_1')[0]?.value?.choices satisfies 'X'[] | undefined;",
  'this.answers(task, anyText)[0]?.value?.anything satisfies unknown;',
  "const { x = 0, rectanglelabels: [label] = [] } = this.answers(task, 'thing')[0]?.value ?? {}; [x + 1, label?.at(0)];",
  "const regions: Region[] = this.answers(task, 'thing'); this.maskOf(this.answers(task, 'box')[0] ?? region); regions.at(0);",
  'task.data.text satisfies string | undefined; task.data.page?.html satisfies string | undefined;',
  'task.data.pages?.[0]?.url satisfies string | undefined; task.data.whatever satisfies unknown;',
  'const build = (field: string, value: unknown): Task => ({ data: { [field]: value } }); build(anyText, 1);',
  'const build = (data: Record<string, unknown>): Task => ({ data }); build({ text: 5 });',
  "const named: Task = { data: { text: 'a', more: 1 } }; this.taskText(named, 'sentiment'); this.taskText(task, anyText);",
  "this.control('sentiment').labels; this.objectOf('box').tag; this.numberOf('count', 'min', 0); this.scoreThreshold('thing');",
];

/** `line` counts within the code, from 1 on. */
export const MISTAKES: readonly { code: string; line: number; says: string }[] = [
  {
    code: "this.choices('sentiment', 'Positve');",
    line: 1,
    says: `TS2345: Argument of type '"Positve"' is not assignable to parameter of type '"Negative" | "Positive"'`,
  },
  {
    code: "this.choices('sentiment', [\n'Positive',\n'Negatve',\n]);",
    line: 3,
    says: `TS2820: Type '"Negatve"' is not assignable to type '"Negative" | "Positive"'. Did you mean '"Negative"'?`,
  },
  {
    code: "const control = 'sentiment';\nthis.choices(control, anyText ? 'Positive' : 'Other');",
    line: 2,
    says: 'TS2345',
  },
  { code: "this.choices('sentimen', 'Positive');", line: 1, says: `TS2345: Argument of type '"sentimen"'` },
  { code: "this.choices('entity', 'Person');", line: 1, says: `TS2345: Argument of type '"entity"'` },
  { code: "this.choices('sentiment', 'Person');", line: 1, says: `TS2345: Argument of type '"Person"'` },
  { code: "this.choices('q_x', 'X');", line: 1, says: `TS2345: Argument of type '"q_x"'` },
  { code: "this.choices('q_1', 'Y');", line: 1, says: `TS2345: Argument of type '"Y"'` },
  { code: "this.choices('sentiment', 5);", line: 1, says: 'TS2345: Argument of type' },
  {
    code: "this.ellipse('box', { px: { x: 1, y: 1, radiusX: 1, radiusY: 1 }, image });",
    line: 1,
    says: `TS2345: Argument of type 'string' is not assignable to parameter of type 'NoControl<"Ellipse">'`,
  },
  {
    code: "this.rectangleLabels('thing', 'Cat', { px: [0, 0, 1, 1], image });",
    line: 1,
    says: `TS2345: Argument of type '"Cat"'`,
  },
  {
    code: "this.labels('kind', 'Person', { text: anyText, start: 0, end: 1 });",
    line: 1,
    says: `TS2345: Argument of type '"Person"' is not assignable to parameter of type '"Car"'`,
  },
  { code: "this.labelsOn('thing', 'Dog', region);", line: 1, says: `TS2345: Argument of type '"thing"'` },
  { code: "this.labelsOn('kind', 'Dog', region);", line: 1, says: `TS2345: Argument of type '"Dog"'` },
  {
    code: `this.ocr({ shape: 'box', text: 'read', labels: 'kind' }, ${FOUND} label: 'Dog' });`,
    line: 1,
    says: `TS2322: Type '"Dog"'`,
  },
  { code: `this.ocr({\nshape: 'box',\ntext: 'box' }, ${FOUND} });`, line: 3, says: `TS2322: Type '"box"'` },
  {
    code: "this.taxonomy('topic', [\n['Animal', 'Brid']]);",
    line: 2,
    says: `TS2322: Type '"Brid"' is not assignable to type '"Animal" | "Bird"'`,
  },
  {
    code: "this.ranker('rank', { goood: ['id'] });",
    line: 1,
    says: "TS2353: Object literal may only specify known properties, and 'goood'",
  },
  {
    code: "this.relation('a', 'b', { labels: 'is on' });",
    line: 1,
    says: `TS2322: Type '"is on"' is not assignable to type '"is in"'`,
  },
  { code: "if (anyText === 'x' && this.labelsOf('entity').includes(anyText)) return 1;", line: 1, says: 'TS2345' },
  { code: "this.isLabel('entitty', anyText);", line: 1, says: 'TS2769' },
  {
    code: "for (const label of this.labelsOf('sentiment'))\nif (label === 'Old') return label;",
    line: 2,
    says: 'TS2367',
  },
  { code: "this.labelMap('thing', []).get('dog') === 'dog';", line: 1, says: 'TS2367' },
  { code: "this.answers(task, 'sentiment')[0]?.value?.labels;", line: 1, says: "TS2339: Property 'labels'" },
  { code: "this.answers(task, 'thing')[0]?.value?.radiusX;", line: 1, says: "TS2339: Property 'radiusX'" },
  { code: "this.answers(task, 'sentiment')[0]?.value?.choices?.includes('Posit');", line: 1, says: 'TS2345' },
  { code: "this.answers(task, 'count')[0]?.value?.number.toFixed();", line: 1, says: 'TS2532' },
  { code: "this.answers(task, 'cuont');", line: 1, says: 'TS2345' },
  { code: "this.taskText(task, 'txet');", line: 1, says: 'TS2345' },
  { code: 'task.data.text.length;', line: 1, says: 'TS18048' },
  { code: 'const wrong: Task = { data: {\ntext: 5 } };\nreturn wrong;', line: 2, says: 'TS2322' },
  { code: "this.control('nowhere');", line: 1, says: 'TS2345' },
];
