/** What a project's labeling config has that the model was not written for, and the other way round. */

import type { ControlDef, LabelConfig } from './config.ts';

/** One line a difference, in the order of the configs; empty where a model for `written` answers `live` as it is. */
export function compareConfigs(written: LabelConfig, live: LabelConfig): string[] {
  const missing = [...written.controls.values()].filter(({ name }) => !live.controls.has(name));
  return [
    ...missing.map(({ name, tag }) => `control '${name}' (${tag}) is missing`),
    ...[...live.controls.values()].flatMap((control) =>
      compareControl(written.controls.get(control.name), control, written, live),
    ),
  ];
}

function compareControl(
  written: ControlDef | undefined,
  live: ControlDef,
  writtenConfig: LabelConfig,
  liveConfig: LabelConfig,
): string[] {
  const { name, tag } = live;
  if (written === undefined) return [`control '${name}' (${tag}) is new`];
  if (written.tag !== tag) return [`control '${name}' is a ${tag}, the model was written for ${written.tag}`];
  const dataOf = (control: ControlDef, config: LabelConfig): string =>
    control.toName
      .map((object) => config.objects.get(object)?.dataKey ?? config.objects.get(object)?.listKey ?? object)
      .join(', ');
  const [before, now] = [dataOf(written, writtenConfig), dataOf(live, liveConfig)];
  const gone = written.flat.filter((label) => !live.known.has(label));
  const added = live.flat.filter((label) => !written.known.has(label));
  return [
    ...(before === now
      ? []
      : [`control '${name}' is about the task's '${now}', the model was written for '${before}'`]),
    ...(gone.length === 0 ? [] : [`control '${name}' has no label ${list(gone)} any more`]),
    ...(added.length === 0 ? [] : [`control '${name}' has new labels: ${list(added)}`]),
  ];
}

function list(labels: readonly string[]): string {
  const shown = labels.slice(0, 10).map((label) => `'${label}'`);
  return labels.length > shown.length
    ? `${shown.join(', ')} and ${labels.length - shown.length} more`
    : shown.join(', ');
}
