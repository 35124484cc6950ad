/** The one result that every tool on an image makes: a shape or a mask, its labels, the size of the image. */

import type { Region } from '../../types.ts';
import type { LabelConfig } from '../config.ts';
import type { ControlTagName } from '../tags.ts';
import { checkLabels } from './chosen.ts';
import type { ImageSize } from './image-size.ts';
import { createRegion, expectControl, type RegionOptions } from './region-parts.ts';

/** `label` is null for tools without labels of their own. @throws InputError */
export function drawOnImage(
  config: LabelConfig,
  tag: ControlTagName,
  control: string,
  label: string | readonly string[] | null,
  geometry: object,
  image: ImageSize,
  options: RegionOptions | undefined,
): Region {
  const def = expectControl(config, control, tag);
  const answer = label === null ? undefined : checkLabels(def, label, def.attrs.choice === 'single');
  return createRegion(config, control, { geometry, answer, image }, options);
}
