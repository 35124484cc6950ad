/** Labeling configs as users have them: one per label type, with names and labels that a careless template would break on. */

import type { LabelTypeId } from '../../generators/app/options.ts';

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

export const ownConfigs = {
  choices: {
    xml: `<View>
  <Header value="Pick what fits"/>
  <Choices name="reader's verdict" toName="review-text" choice="multiple">${labels('Choice')}
  </Choices>
  <TextArea name="why" toName="review-text"/>
  <Text name="review-text" value="$review.body"/>
</View>`,
    found: "'reader's verdict' on Text 'review-text'",
  },
  labels: {
    xml: `<View>
  <Text name="źródło" value="$doc"/>
  <Labels name="спаны" toName="źródło">${labels('Label')}
  </Labels>
</View>`,
    found: "'спаны' on Text 'źródło'",
  },
  rectanglelabels: {
    xml: `<View>
  <Image name="img" value="$photo_url"/>
  <RectangleLabels name='say "where"' toName="img">${labels('Label')}
  </RectangleLabels>
</View>`,
    found: `'say "where"' on Image 'img'`,
  },
  textarea: {
    xml: `<View>
  <Text name="question" value="$q'n"/>
  <TextArea name="back\\slash" toName="question"/>
</View>`,
    found: "'back\\slash' on Text 'question'",
  },
} as const satisfies Record<LabelTypeId, OwnConfig>;
