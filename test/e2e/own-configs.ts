/** Labeling configs as users have them: one per label type, with names and labels that a careless template would break on. */

import { type LabelType, type LabelTypeId, labelTypes } from '../../generators/app/choices.ts';
import { CONTROL_TAGS, type ControlTagName } from '../../runtime/labeling/tags.ts';

export interface OwnConfig {
  xml: string;
  /** What the generator says it found, after the label type. */
  found: string;
}

/** Line by line: quotes of all kinds, template syntax, a backslash, an alias, letters of other scripts. */
const labels = (tag: string) => `
    <${tag} value="It's &quot;fine&quot;"/>
    <${tag} value="\${price} &lt;%- name %> \`now\`"/>
    <${tag} value="C:\\temp" alias="path"/>
    <${tag} value="Größe &amp; 色" background="red"/>
    <${tag} value="كتاب 📖"/>`;

/** Names in turn: what a control, an object and a field of the task data can be called. */
const names = [
  { control: "reader's verdict", object: 'review-text', field: 'review.body' },
  { control: 'спаны', object: 'źródło', field: 'doc' },
  { control: 'say "where"', object: 'img', field: 'photo_url' },
  { control: 'back\\slash', object: 'question', field: "q'n" },
  { control: 'constructor', object: 'toString', field: 'a_b' },
] as const;

/** Attributes that a tag needs, or that change what its answers are. */
const attributes: Partial<Record<ControlTagName | 'Paragraphs' | 'TimeSeries', string>> = {
  Choices: 'choice="multiple"',
  Rating: 'maxRating="7"',
  Number: 'min="0" max="50"',
  DateTime: 'only="date" format="%d.%m.%Y"',
  Paragraphs: 'nameKey="who" textKey="says" layout="dialogue"',
  TimeSeries: 'valueType="json" timeColumn="t"',
};

/** What a control is of little use without: labels for plain tools, relations, a note that nobody predicts. */
function besideOf({ control, relations }: LabelType, object: string): string {
  if (relations) return '\n  <Relations><Relation value="&lt;works&gt; for"/></Relations>';
  const { option, image } = CONTROL_TAGS[control];
  if (image || control === 'VideoRectangle') {
    return option === null ? `\n  <Labels name="kind" toName="${object}">${labels('Label')}\n  </Labels>` : '';
  }
  return control === 'Choices' ? `\n  <TextArea name="why" toName="${object}"/>` : '';
}

function objectsOf({ control, objects }: LabelType, name: string, field: string): { xml: string; to: string } {
  const tag = objects === 'any' ? 'Text' : (objects[0] ?? 'Text');
  const inner = tag === 'TimeSeries' ? '<Channel column="c1"/><Channel column="c2"/>' : '';
  const own = attributes[tag as keyof typeof attributes];
  const xml = `\n  <${tag} name="${name}" value="$${field}"${own ? ` ${own}` : ''}>${inner}</${tag}>`;
  if (control !== 'Pairwise') return { xml, to: name };
  return { xml: `${xml}\n  <${tag} name="other" value="$other"/>`, to: `${name},other` };
}

function optionsOf(control: ControlTagName): string {
  const { option, answer } = CONTROL_TAGS[control];
  if (control === 'Ranker') return '\n    <Bucket name="über" title="Über"/><Bucket name="rest" default="true"/>\n  ';
  if (option === null) return '';
  return answer === 'paths'
    ? `\n    <Choice value="Root">${labels('Choice')}\n    </Choice>\n    <Choice value="Other"/>\n  `
    : `${labels(option)}\n  `;
}

function configOf(type: LabelType, index: number): OwnConfig {
  const { control, objects } = type;
  const { control: name, object, field } = names[index % names.length] ?? names[0];
  const { xml, to } = objectsOf(type, object, field);
  const quoted = name.includes('"') ? `'${name}'` : `"${name}"`;
  const own = attributes[control] ? ` ${attributes[control]}` : '';
  const tag = objects === 'any' ? 'Text' : (objects[0] ?? 'Text');
  return {
    xml: `<View>
  <Header value="Mark what fits"/>${xml}
  <${control} name=${quoted} toName="${to}"${own}>${optionsOf(control)}</${control}>${besideOf(type, object)}
</View>`,
    found: `'${name}' on ${tag} '${object}'`,
  };
}

export const ownConfigs = Object.fromEntries(
  labelTypes.map((type, index) => [type.id, configOf(type, index)]),
) as Record<LabelTypeId, OwnConfig>;
