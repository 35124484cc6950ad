/** XML text in, elements in document order out; whatever is not well-formed is refused with its line and column. */

import { SaxesParser } from 'saxes';
import { fail } from '../../errors.ts';
import { describeXmlFault } from './faults.ts';
import { createNameScopes } from './names.ts';

export interface XmlElement {
  /** As written; `{uri}Name` where a namespace applies, as ElementTree and lxml spell it. */
  readonly tag: string;
  readonly attrs: Record<string, string>;
  readonly parent: XmlElement | undefined;
  readonly children: XmlElement[];
}

/** The depth at which libxml2, and with it the labeling server, stops as well. */
export const MAX_DEPTH = 256;
/** In UTF-16 units: some 80,000 labels, half a second and a quarter of a gigabyte. */
export const MAX_LENGTH = 4_000_000;

/**
 * Every element in document order, the root first. Comments, CDATA, text and processing instructions leave no trace.
 * DTDs are refused, so there are no entities but XML's own five and no entity bombs. Time is linear in the length.
 * @throws InputError that names line and column
 */
export function parseXml(source: string): XmlElement[] {
  if (source.length > MAX_LENGTH) {
    fail(`labeling config: ${source.length} characters came, at most ${MAX_LENGTH} are accepted`);
  }
  const refuseAt = (index: number, reason: string): never => fail(describeXmlFault(source, index, reason));
  if (!source.isWellFormed())
    refuseAt(source.search(/\p{Surrogate}/u), 'half of a surrogate pair, which is no character');

  // XML 1.1 is read by the rules of 1.0, as libxml2 does: the server must see the same document.
  const parser = new SaxesParser({ xmlns: false, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const refuse = (reason: string): never => refuseAt(Math.max(0, parser.position - 1), reason);
  const names = createNameScopes(refuse);
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  parser.on('error', ({ message }) => refuse(message));
  parser.on('doctype', () => refuse('a document type declaration: configs carry none, remove it'));
  parser.on('processinginstruction', ({ target }) => {
    if (target.includes(':')) refuse(`a colon in the processing instruction '${target}'`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length === MAX_DEPTH) refuse(`elements nested deeper than ${MAX_DEPTH}`);
    const parent = open.at(-1);
    const element = { ...names.enter(name, attributes), parent, children: [] };
    parent?.children.push(element);
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    names.leave();
    open.pop();
  });
  parser.write(source).close();
  return elements;
}
