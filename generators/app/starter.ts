/** From a labeling config to what a project begins with: the starter for one of its controls, or a stub for each. */

import { fail } from '../../runtime/errors.ts';
import type { ControlDef, LabelConfig, ObjectDef } from '../../runtime/labeling/config.ts';
import { findControlTag, findTagName } from '../../runtime/labeling/tags.ts';
import { type LabelType, type LabelTypeId, labelTypes } from './choices.ts';
import { keyOf } from './sample-tasks.ts';

/** What a project was written for. */
export interface Starter {
  /** 'stubs': no starter, but a stub for each control. The rest is the first one's then. */
  labelType: LabelTypeId | 'stubs';
  control: string;
  object: string;
  /** The object's tag: 'Text'. */
  objectTag: string;
  /** The task data field behind the object. */
  dataKey: string;
}

interface Wish {
  /** Only this label type will do. */
  labelType?: LabelTypeId | 'stubs' | undefined;
  /** A model is there: which of the controls it answers for is known to its author. */
  ownModel?: boolean;
}

/**
 * The starter for the config's only control, or the one that is wished for; where there is none, stubs.
 * @throws InputError naming what was found and what is supported
 */
export function chooseStarter(config: LabelConfig, what: string, { labelType, ownModel = false }: Wish = {}): Starter {
  const controls = [...config.controls.values()];
  if (controls.length === 0) {
    const shown = [...config.objects.values()].map(({ tag, name }) => `${tag} '${name}'`);
    fail(
      `${what} has no control: no tag with name and toName that takes answers (it has ${shown.join(', ') || 'no objects either'})`,
    );
  }
  const wanted = labelType === 'stubs' ? undefined : labelType;
  const sought = wanted !== undefined || ownModel || controls.length === 1;
  const found = labelType !== 'stubs' && sought ? findStarter(config, controls, wanted) : undefined;
  if (found !== undefined) return found;
  if (wanted !== undefined) failUnsupported(config, what, wanted);
  return beginStubs(config, what);
}

/** The first control, in document order, that a label type has a starter for. */
function findStarter(config: LabelConfig, controls: readonly ControlDef[], wanted: LabelTypeId | undefined) {
  for (const control of controls) {
    const object = objectOf(config, control);
    if (object === undefined || obstacleOf(control, object) !== undefined) continue;
    const row = labelTypes.find(
      (type) => fits(type, control, object, config) && (wanted === undefined || type.id === wanted),
    );
    if (row !== undefined) return starterFor(row.id, control, object);
  }
  return undefined;
}

/** Every control must be one that a model can answer, as servers have it too. */
function beginStubs(config: LabelConfig, what: string): Starter {
  let first: Starter | undefined;
  for (const control of config.controls.values()) {
    const object = objectOf(config, control);
    if (object === undefined) {
      const known = [...config.objects.keys()].map((name) => `'${name}'`).join(', ');
      fail(
        `${what}: ${control.tag} '${control.name}' has the toName '${control.toName.join(',')}', which names no object (known: ${known || 'none'})`,
      );
    } else first ??= starterFor('stubs', control, object);
  }
  return first ?? fail(`${what} has no control`);
}

function starterFor(labelType: Starter['labelType'], control: ControlDef, object: ObjectDef): Starter {
  return { labelType, control: control.name, object: object.name, objectTag: object.tag, dataKey: keyOf(object) };
}

/** What a control is for: the first of its objects that is there. */
export function objectOf({ objects }: LabelConfig, { toName }: ControlDef): ObjectDef | undefined {
  return toName.map((name) => objects.get(name)).find((object) => object !== undefined);
}

function failUnsupported(config: LabelConfig, what: string, wanted: LabelTypeId): never {
  const found = [...config.controls.values()].map((control) => {
    const object = objectOf(config, control);
    const obstacle =
      object === undefined ? `its toName '${control.toName.join(',')}' names no object` : obstacleOf(control, object);
    return `${control.tag} '${control.name}'${object ? ` on ${object.tag}` : ''}${obstacle ? ` (${obstacle})` : ''}`;
  });
  const row: LabelType = labelTypes.find(({ id }) => id === wanted) ?? labelTypes[0];
  const on = row.objects === 'any' ? '' : ` on ${row.objects.join(' or ')}`;
  return fail(
    `${what} has no control that there is a '${wanted}' starter for.
Found: ${found.join(', ')}
Supported: ${row.control}${on}${row.relations ? ', beside <Relations> that have labels' : ''}. Leave --label-type out to get a typed stub for each control`,
  );
}

function fits(type: LabelType, control: ControlDef, object: ObjectDef, { relationLabels }: LabelConfig): boolean {
  if (type.relations && relationLabels.length === 0) return false;
  return type.control === findTagName(control.tag) && (type.objects === 'any' || type.objects.includes(object.tag));
}

/** Why a control cannot be the one that the starter predicts, though its tag could. */
function obstacleOf(control: ControlDef, object: ObjectDef): string | undefined {
  if (control.perRegion) return 'answers per region';
  if (control.perItem) return 'answers per item';
  if (control.dynamic && control.flat.length === 0 && control.tag !== 'TextArea')
    return 'its labels come with the task';
  if (control.repeater !== undefined) return 'is inside a Repeater';
  if (control.toName.length > 1 && control.tag !== 'Pairwise') return 'is for several objects';
  if (object.listKey !== undefined && findControlTag(control.tag).image) return 'is for a list of images';
  return undefined;
}
