/** Builders for stretches of something: text, hypertext, dialogues, audio, time series, pages. */

import { fail } from '../../errors.ts';
import type { Region } from '../../types.ts';
import type { ControlDef } from '../config.ts';
import { createTextOffsets, type TextOffsets } from '../text-offsets.ts';
import type { ControlArg, LabelArg, Labels } from '../typed.ts';
import { checkLabels } from './chosen.ts';
import { type HtmlText, readHtml } from './html-spans.ts';
import { MaskBuilders } from './masks.ts';
import { createRegion, expectControl, findTarget, type RegionOptions } from './region-parts.ts';
import {
  type AudioSpan,
  type DialogueSpan,
  type HyperTextSpan,
  type TimeSpan,
  toAudioValue,
  toDialogueValue,
  toHyperTextValue,
  toTimeValue,
} from './spans.ts';
import { type Span, toSpanValue } from './text-spans.ts';

/** A box on a page of a PDF: 0..1 of the page. */
export interface PageBox {
  x: number;
  y: number;
  width: number;
  height: number;
  rotation?: number;
  /** From 1 on. */
  page?: number;
  text?: string;
}

export class SpanBuilders extends MaskBuilders {
  #offsets: TextOffsets | undefined;

  /**
   * What <Labels> marks: a span of <Text> (give the whole text: offsets are checked, and stored as code points), of
   * <HyperText>, or of <Audio>. @throws InputError
   */
  labels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'Labels'>,
    label: LabelArg<N, L>,
    span: Span | HyperTextSpan | AudioSpan,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'Labels');
    const { object } = findTarget(this.config, control, options?.to);
    const kind = 'seconds' in span ? 'Audio' : 'startOffset' in span ? 'HyperText' : 'Text';
    if (object.tag !== kind) {
      const images = object.tag === 'Image' ? '; labelsOn() names what is drawn on images' : '';
      fail(`control '${control}': this is a span of <${kind}>, but '${object.name}' is <${object.tag}>${images}`);
    }
    const answer = this.#answer(def, label);
    if ('seconds' in span) {
      const { duration } = span;
      const beside = duration === undefined ? undefined : { original_length: duration };
      return createRegion(
        this.config,
        control,
        { geometry: toAudioValue(span), answer, ...(beside && { beside }) },
        options,
      );
    }
    const geometry = 'startOffset' in span ? toHyperTextValue(span) : toSpanValue(span, this.#offsetsOf(span.text));
    return createRegion(this.config, control, { geometry, answer }, options);
  }

  /** A span of a page under <HyperTextLabels>. @throws InputError */
  hyperTextLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'HyperTextLabels'>,
    label: LabelArg<N, L>,
    span: HyperTextSpan,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'HyperTextLabels');
    return createRegion(
      this.config,
      control,
      { geometry: toHyperTextValue(span), answer: this.#answer(def, label) },
      options,
    );
  }

  /** A span of a dialogue under <ParagraphLabels>. @throws InputError */
  paragraphLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'ParagraphLabels'>,
    label: LabelArg<N, L>,
    span: DialogueSpan,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'ParagraphLabels');
    const { textKey } = findTarget(this.config, control, options?.to).object.attrs;
    return createRegion(
      this.config,
      control,
      { geometry: toDialogueValue(span, textKey), answer: this.#answer(def, label) },
      options,
    );
  }

  /** A stretch or an instant of a series under <TimeSeriesLabels>. @throws InputError */
  timeSeriesLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'TimeSeriesLabels'>,
    label: LabelArg<N, L>,
    span: TimeSpan,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'TimeSeriesLabels');
    return createRegion(
      this.config,
      control,
      { geometry: toTimeValue(span), answer: this.#answer(def, label) },
      options,
    );
  }

  /** A box on a page under <OcrLabels>. @throws InputError */
  ocrLabels<N extends string, const L extends Labels>(
    control: ControlArg<N, 'OcrLabels'>,
    label: LabelArg<N, L>,
    box: PageBox,
    options?: RegionOptions,
  ): Region {
    const def = expectControl(this.config, control, 'OcrLabels');
    const { x, y, width, height, rotation = 0, page, text } = box;
    const fractions = [x, y, width, height].every((number) => number >= 0 && number <= 1);
    if (!fractions || width === 0 || height === 0) {
      fail(`box on a page: needs x, y, width, height in 0..1 of the page, got ${[x, y, width, height].join(', ')}`);
    }
    if (page !== undefined && !(Number.isInteger(page) && page >= 1)) fail(`page: counts from 1, got ${page}`);
    const geometry = {
      ...{ x, y, width, height, rotation },
      ...(page !== undefined && { pageIndex: page }),
      ...(text !== undefined && { ocrtext: text }),
    };
    return createRegion(this.config, control, { geometry, answer: this.#answer(def, label) }, options);
  }

  /** The text of a page, and where each stretch of it stands: for spans of <HyperText>. @throws InputError */
  readHtml(html: string): HtmlText {
    return readHtml(html);
  }

  #answer(def: ControlDef, label: Labels): string[] {
    return checkLabels(def, label, def.attrs.choice === 'single');
  }

  /** Many spans of one text share its table. */
  #offsetsOf(text: string): TextOffsets {
    if (this.#offsets?.text !== text) this.#offsets = createTextOffsets(text);
    return this.#offsets;
  }
}
