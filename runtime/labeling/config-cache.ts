/** Labeling configs, each parsed once: servers send theirs with every request, and projects often share one. */

import { type LabelConfig, parseLabelConfig } from './config.ts';

export type ParseConfig = (xml: string) => LabelConfig;

/** How many, and how many characters of XML in all: one of the largest that the parser takes, or many as people write them. */
const MOST = 64;
const MOST_CHARACTERS = 4_000_000;

/** Keeps the configs that were asked for last, by their XML. Malformed ones are not kept. */
export function createConfigCache(parse: ParseConfig = parseLabelConfig): ParseConfig {
  const known = new Map<string, LabelConfig>();
  let characters = 0;
  return (xml) => {
    const config = known.get(xml) ?? parse(xml);
    // A Map keeps insertion order: setting it again makes it the most recently used.
    if (!known.delete(xml)) characters += xml.length;
    known.set(xml, config);
    for (const oldest of known.keys()) {
      if (known.size <= MOST && characters <= MOST_CHARACTERS) break;
      known.delete(oldest);
      characters -= oldest.length;
    }
    return config;
  };
}
