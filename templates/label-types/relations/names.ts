/** Names in a text: what is known to be one, and what is capitalised, though not the first word of a sentence alone. */

/** @param known names to find wherever they stand */
export function createNameFinder(known: Iterable<string>) {
  const longestFirst = [...known].sort((a, b) => b.length - a.length).map(escapeRegExp);
  const phrase = `(?:${longestFirst.join('|') || '(?!)'})(?![\\p{L}\\p{N}])`;
  const word = `(?!${phrase})\\p{Lu}[\\p{L}\\p{N}]+`;
  const name = `${phrase}|${word}(?: ${word})+|(?<!^|[.!?…]\\s+)${word}`;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${name})`, 'gu');
  return (text: string) =>
    [...text.matchAll(pattern)].map(({ 0: name, index }) => ({ name, start: index, end: index + name.length }));
}

const escapeRegExp = (text: string) => text.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&');
