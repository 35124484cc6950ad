/** A labeling config that fits a script which comes without one: the controls that it builds regions for. */

import type { ScriptFile } from './script-files.ts';

/** Builder → its tag, the tags of its labels and of its object. */
const BUILDERS: Record<string, { tag: string; option: string | undefined; object: string }> = {
  choices: { tag: 'Choices', option: 'Choice', object: 'Text' },
  labels: { tag: 'Labels', option: 'Label', object: 'Text' },
  rectangleLabels: { tag: 'RectangleLabels', option: 'Label', object: 'Image' },
  textArea: { tag: 'TextArea', option: undefined, object: 'Text' },
};

/** Stand in for labels that the script takes from the labeling config. */
const UNKNOWN_LABELS = ['First', 'Second'];

/** As XML; undefined where no builder is called with a control's name. */
export function configOf(files: Iterable<ScriptFile>): string | undefined {
  const controls = new Map<string, { builder: string; labels: Set<string> }>();
  for (const { source } of files) {
    for (const { builder, control, labels } of source.builderCalls) {
      if (!Object.hasOwn(BUILDERS, builder)) continue;
      const known = controls.get(control) ?? { builder, labels: new Set() };
      for (const label of labels) known.labels.add(label);
      controls.set(control, known);
    }
  }
  const rows = [...controls].flatMap(([name, { builder, labels }]) => {
    const row = BUILDERS[builder];
    return row === undefined ? [] : [{ name, ...row, labels: labels.size > 0 ? [...labels] : UNKNOWN_LABELS }];
  });
  if (rows.length === 0) return undefined;
  const objects = [...new Set(rows.map(({ object }) => object))].map((tag) => {
    const name = freeName(tag.toLowerCase(), controls);
    return { tag, name, line: `  <${tag} name="${name}" value="$${tag.toLowerCase()}"/>` };
  });
  const lines = rows.flatMap(({ name, tag, option, object, labels }) => {
    const start = `  <${tag} name="${escapeXml(name)}" toName="${objects.find((entry) => entry.tag === object)?.name}"`;
    if (option === undefined) return [`${start}/>`];
    return [`${start}>`, ...labels.map((label) => `    <${option} value="${escapeXml(label)}"/>`), `  </${tag}>`];
  });
  return `${['<View>', ...objects.map(({ line }) => line), ...lines, '</View>'].join('\n')}\n`;
}

/** Names are shared by controls and objects. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  return taken.has(name) ? freeName(`${name}_`, taken) : name;
}

const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
