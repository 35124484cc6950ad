import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLabelConfig } from '../../runtime/labeling/config.ts';

const FULL = `<View>
  <Header value="Hello"/>
  <Text name="text" value="$doc.text" granularity="word"/>
  <Image name="pages" valueList="$pages" valueType="url"/>
  <TimeSeries name="ts" value="$csv"><Channel column="a"/><Channel column="b"/></TimeSeries>
  <Taxonomy name="kind" toName="text,pages" apiUrl="" leafsOnly="true">
    <Choice value="Animal" alias="a"><View><Choice value="Dog"/></View><Choice value="Cat"/></Choice>
    <Choice value="Plant"/>
  </Taxonomy>
  <Repeater on="$rows"><Repeater on="$rows[{{idx}}].cells" indexFlag="{{j}}">
    <TextArea name="note_{{j}}" toName="text" value="$notes2" perRegion="true" perItem="true" whenLabelValue="x"/>
  </Repeater></Repeater>
  <Ranker name="rank" toName="text"><Bucket name="good" default="true"/><Bucket name="bad"/></Ranker>
  <Relations><Relation value="owns"/><Relation value="is part of" alias="part"/><Relation value="owns"/></Relations>
  <Chat name="chat" value="$messages"/>
  <ReactCode name="app" data="$payload"/>
  <MagicWand name="wand" toName="pages"/>
  <Rectangle name="box" toName="pages"/>
  <Sparkle name="new" toName="pages"/>
</View>`;

test('controls, whole', () => {
  const leaf = { children: [] };
  const attrsOf = (value: string, alias?: string) => (alias === undefined ? { value } : { value, alias });
  const label = (path: string[], value: string, children: unknown[] = [], alias?: string) => {
    return { key: path.at(-1), ...attrsOf(value, alias), attrs: attrsOf(value, alias), path, ...leaf, children };
  };
  const none = { labels: [], flat: [], known: new Set(), perRegion: false, perItem: false, dynamic: false };
  assert.equal(
    [...parseLabelConfig(FULL).controls],
    [
      [
        'kind',
        {
          ...none,
          name: 'kind',
          tag: 'Taxonomy',
          type: 'taxonomy',
          labelKey: 'taxonomy',
          toName: ['text', 'pages'],
          attrs: { name: 'kind', toName: 'text,pages', apiUrl: '', leafsOnly: 'true' },
          labels: [
            label(['a'], 'Animal', [label(['a', 'Dog'], 'Dog'), label(['a', 'Cat'], 'Cat')], 'a'),
            label(['Plant'], 'Plant'),
          ],
          flat: ['a', 'Dog', 'Cat', 'Plant'],
          known: new Set(['a', 'Dog', 'Cat', 'Plant']),
        },
      ],
      [
        'note_{{j}}',
        {
          ...none,
          name: 'note_{{j}}',
          tag: 'TextArea',
          type: 'textarea',
          labelKey: 'text',
          toName: ['text'],
          attrs: {
            ...{ name: 'note_{{j}}', toName: 'text', value: '$notes2', perRegion: 'true', perItem: 'true' },
            whenLabelValue: 'x',
          },
          perRegion: true,
          perItem: true,
          conditionals: { type: 'label', name: 'x' },
          dynamic: true,
          dynamicField: 'notes2',
          repeater: [
            { on: 'rows', flag: '{{idx}}' },
            { on: 'rows[{{idx}}].cells', flag: '{{j}}' },
          ],
        },
      ],
      [
        'rank',
        {
          ...none,
          name: 'rank',
          tag: 'Ranker',
          type: 'ranker',
          labelKey: 'ranker',
          toName: ['text'],
          attrs: { name: 'rank', toName: 'text' },
          buckets: [
            { name: 'good', default: true },
            { name: 'bad', default: false },
          ],
        },
      ],
      ...(
        [
          ['wand', 'MagicWand', { type: 'magicwand' }],
          ['box', 'Rectangle', { type: 'rectangle' }],
          ['new', 'Sparkle', { type: 'sparkle', labelKey: 'sparkle' }],
        ] as const
      ).map(([name, tag, facts]) => [
        name,
        { ...none, name, tag, ...facts, toName: ['pages'], attrs: { name, toName: 'pages' } },
      ]),
      [
        'chat',
        {
          ...none,
          name: 'chat',
          tag: 'Chat',
          type: 'chatmessage',
          labelKey: 'chatmessage',
          toName: ['chat'],
          attrs: { name: 'chat', value: '$messages' },
          dynamic: true,
          dynamicField: 'messages',
        },
      ],
      [
        'app',
        {
          ...none,
          name: 'app',
          tag: 'ReactCode',
          type: 'reactcode',
          labelKey: 'reactcode',
          toName: ['app'],
          attrs: { name: 'app', data: '$payload' },
        },
      ],
    ],
  );
});

test('objects, whole', () => {
  const plain = { valueType: null, children: [] };
  assert.equal(Object.fromEntries(parseLabelConfig(FULL).objects), {
    text: {
      ...plain,
      name: 'text',
      tag: 'Text',
      dataKey: 'doc.text',
      attrs: { name: 'text', value: '$doc.text', granularity: 'word' },
    },
    pages: {
      ...plain,
      name: 'pages',
      tag: 'Image',
      listKey: 'pages',
      valueType: 'url',
      attrs: { name: 'pages', valueList: '$pages', valueType: 'url' },
    },
    ts: {
      ...plain,
      name: 'ts',
      tag: 'TimeSeries',
      dataKey: 'csv',
      attrs: { name: 'ts', value: '$csv' },
      children: [
        { tag: 'Channel', attrs: { column: 'a' } },
        { tag: 'Channel', attrs: { column: 'b' } },
      ],
    },
    chat: { ...plain, name: 'chat', tag: 'Chat', dataKey: 'messages', attrs: { name: 'chat', value: '$messages' } },
    app: { ...plain, name: 'app', tag: 'ReactCode', dataKey: 'payload', attrs: { name: 'app', data: '$payload' } },
  });
});

test('relation labels and the source', () => {
  const config = parseLabelConfig(FULL);
  assert.equal(config.relationLabels, ['owns', 'part']);
  assert.is(config.xml, FULL);
  assert.equal(parseLabelConfig(''), {
    xml: '',
    controls: new Map(),
    objects: new Map(),
    relationLabels: [],
    parsed: {},
  });
});

test('Chat and ReactCode with toName are objects as well', () => {
  const { controls, objects } = parseLabelConfig('<View><Chat name="c" toName="c" value="$m"/></View>');
  assert.equal([controls.get('c')?.toName, objects.get('c')?.dataKey], [['c'], 'm']);
});

test('a control that has a Chat’s name stays', () => {
  const { controls } = parseLabelConfig(
    '<V><Chat name="c" value="$m"/><Choices name="c" toName="c" perItem="true"/></V>',
  );
  assert.equal(
    [...controls.values()].map(({ tag, perItem, perRegion }) => [tag, perItem, perRegion]),
    [['Choices', true, false]],
  );
});

test('labels of a control inside of a control are not each other’s parents', () => {
  const { controls } = parseLabelConfig(
    '<V><Choices name="a" toName="t"><Choice value="1"><Choices name="b" toName="t"><Choice value="2"/></Choices></Choice></Choices></V>',
  );
  assert.equal(
    ['a', 'b'].map((name) => controls.get(name)?.labels.map(({ path, children }) => [path, children])),
    [[[['1'], []]], [[['2'], []]]],
  );
});

test.run();
