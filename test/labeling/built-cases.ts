/** Predictions of our own, built, for what the fixtures leave out. */

import { image } from './built-fixtures.ts';
import { type Case, DATA, MEDIA_CASES, on } from './built-media.ts';

const PAGES = '<Image name="pages" valueList="$pages"/>';

export const CASES: Case[] = [
  ...MEDIA_CASES,
  {
    title: 'pages of a PDF',
    config: on(
      '<Pdf name="doc" value="$pdf"/>',
      '<OcrLabels name="ocr" toName="doc"><Label value="Typo"/></OcrLabels>',
    ),
    data: { pdf: 'a.pdf' },
    act: (build) => [
      build.ocrLabels('ocr', 'Typo', { x: 0.12, y: 0.3, width: 0.2, height: 0.02, page: 1, text: 'Ammount' }),
    ],
    values: [
      { x: 0.12, y: 0.3, width: 0.2, height: 0.02, rotation: 0, pageIndex: 1, ocrtext: 'Ammount', ocrlabels: ['Typo'] },
    ],
  },
  {
    title: 'chat',
    config: '<View><Chat name="chat" value="$messages"/></View>',
    data: { messages: [] },
    act: (build) => [build.chatMessage('chat', { role: 'assistant', content: 'Hello!', createdAt: 1757612212681 })],
    values: [{ chatmessage: { role: 'assistant', content: 'Hello!', createdAt: 1757612212681 } }],
  },
  {
    title: 'relations',
    config: on(
      '<Text name="doc" value="$text"/>',
      '<Labels name="ner" toName="doc"><Label value="P" alias="person"/></Labels><Relations><Relation value="knows"/></Relations>',
    ),
    data: DATA,
    act: (build) => {
      const text = String(DATA.text);
      const [ada, bob] = [
        build.labels('ner', 'person', { text, start: 0, end: 3 }),
        build.labels('ner', 'person', { text, start: 8, end: 11 }),
      ];
      return [ada, bob, build.relation(ada, bob, { labels: 'knows' })];
    },
    values: [
      { start: 0, end: 3, text: 'Ada', labels: ['person'] },
      { start: 8, end: 11, text: 'Bob', labels: ['person'] },
      undefined,
    ],
  },
  {
    title: 'nested choices',
    config: on(
      '<Text name="t" value="$text"/>',
      '<Choices name="topic" toName="t" allowNested="true"><Choice value="Sport"><Choice value="Tennis"/></Choice></Choices>',
    ),
    data: DATA,
    act: (build) => [build.nestedChoices('topic', [['Sport', 'Tennis']])],
    values: [{ choices: [['Sport', 'Tennis']] }],
  },
  {
    title: 'ranker with buckets',
    config: on(
      '<List name="hits" value="$hits"/>',
      '<Ranker name="order" toName="hits"><Bucket name="good"/><Bucket name="bad"/></Ranker>',
    ),
    data: { hits: [{ id: 'a' }, { id: 'b' }] },
    act: (build) => [build.ranker('order', { good: ['b'], _: ['a'] })],
    values: [{ ranker: { good: ['b'], _: ['a'] } }],
  },
  {
    title: 'a list of images',
    config: on(
      PAGES,
      '<RectangleLabels name="box" toName="pages"><Label value="Logo"/></RectangleLabels><Choices name="kind" toName="pages" perItem="true"><Choice value="Cover"/></Choices>',
    ),
    data: DATA,
    act: (build) => [
      build.rectangleLabels('box', 'Logo', { px: [8, 6, 48, 36], image }, { item: 1 }),
      build.choices('kind', 'Cover', { item: 0 }),
    ],
    values: [{ x: 1, y: 1, width: 5, height: 5, rotation: 0, rectanglelabels: ['Logo'] }, { choices: ['Cover'] }],
  },
  {
    title: 'names of a Repeater',
    config:
      '<View><Repeater on="$lines" indexFlag="{{idx}}"><Text name="line_{{idx}}" value="$lines[{{idx}}].text"/><Labels name="tag_{{idx}}" toName="line_{{idx}}"><Label value="A"/></Labels></Repeater></View>',
    data: { lines: [{ text: 'one' }, { text: 'two 😀' }] },
    act: (build) => [build.labels('tag_1', 'A', { text: 'two 😀', start: 4, end: 6 })],
    values: [{ start: 4, end: 5, text: '😀', labels: ['A'] }],
  },
  {
    title: 'labels that come with the task',
    config: on('<Text name="t" value="$text"/>', '<Choices name="c" toName="t" value="$options"/>'),
    data: { text: 'x', options: [{ value: 'Big brand', children: [{ value: 'Small', alias: 's' }] }] },
    act: (build) => [build.choices('c', 's')],
    values: [{ choices: ['s'] }],
  },
];
