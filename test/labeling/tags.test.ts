import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CONTROL_TAGS, type ControlTag, findControlTag, findTagName } from '../../runtime/labeling/tags.ts';

/** A row of the fixture, whose prose says the same in other words. */
interface Row {
  tag: string;
  result_type: string;
  label_key: string | null;
  objects: string[];
  kind: string;
  value: Record<string, string>;
  top_level: string[];
  sdk: string;
  per_region_allowed: boolean;
  availability: string;
  children: string[];
}
const { tags } = JSON.parse(readFileSync(new URL('../fixtures/tags.json', import.meta.url), 'utf8')) as { tags: Row[] };
const table: Record<string, ControlTag> = CONTROL_TAGS;

test('the table has the fixture’s 35 tags and no others', () => {
  assert.is(tags.length, 35);
  assert.equal(Object.keys(table).sort(), tags.map(({ tag }) => tag).sort());
});

for (const row of tags) {
  test(`the row of ${row.tag}`, () => {
    const { shape, answer, objects, option, ...facts } = table[row.tag] as ControlTag;
    assert.equal(facts, {
      type: row.result_type,
      labelKey: row.label_key,
      kind: row.kind as ControlTag['kind'],
      image: row.top_level.includes('original_width'),
      perRegion: row.per_region_allowed,
      availability: row.availability.split(/[ /]/).at(row.availability.includes('/') ? 1 : 0) as 'community',
      validated: row.sdk === 'class',
    });
    assert.equal(objects, expectedObjects(row));
    assert.is(option, row.children.find((child) => /^(?:Label|Choice|Bucket|Relation)$/.test(child)) ?? null);
    assert.is(answer === null, row.label_key === null);
    const bare = (names: string[]) => names.map((name) => name.replace('?', '')).sort();
    const fields = Object.keys(row.value).filter((field) => field.replace('?', '') !== row.label_key);
    // 'Labels' has '...' there: the object decides.
    const expected = fields.includes('...') ? ['start?', 'end?', 'text?'] : fields;
    assert.equal(bare(Object.keys(shape)), bare(expected));
    for (const field of expected.filter((name) => name.endsWith('?'))) assert.ok(field in shape, field);
    if (row.value.x?.includes('percent')) assert.is((shape as Record<string, string>).x, 'percent');
  });
}

function expectedObjects({ objects }: Row): ControlTag['objects'] {
  if (objects.length === 11 || objects[0] === 'any two objects') return 'any';
  if (objects[0]?.endsWith('(self)')) return 'self';
  return objects.map((object) => object.split(' ')[0] ?? '');
}

test('tags are found in any case, and only those', () => {
  for (const [tag, name] of [
    ['Choices', 'Choices'],
    ['MagicWand', 'Magicwand'],
    ['rectanglelabels', 'RectangleLabels'],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['{urn:p}Choices', undefined],
    ['', undefined],
  ] as const) {
    assert.is(findTagName(tag), name);
  }
});

test('an unknown tag gets what holds for most', () => {
  assert.equal(findControlTag('PdfLabels'), {
    type: 'pdflabels',
    labelKey: 'pdflabels',
    answer: null,
    shape: {},
    objects: 'any',
    kind: 'unknown',
    image: false,
    perRegion: false,
    option: null,
    availability: 'unknown',
    validated: false,
  });
  assert.is(findControlTag('toString').type, 'tostring');
});

test.run();
