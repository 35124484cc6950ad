/** Text to words: what counts as one, in any script. */

/** Scripts that put no space between words: each character counts as a word, pairs of them do the rest. */
const WORD =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]|[[\p{L}\p{M}\p{N}_]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]]+/gv;

/** The beginning tells what a text is about; the limit keeps one hostile text from costing more than a page of prose. */
const LONGEST_TEXT = 200_000;
/** Longer runs are hashes and encoded bytes. */
const LONGEST_WORD = 64;

/** The words of a text, in order, in lower case and in one Unicode form ('ﬁ' is 'fi', 'é' is one character). */
export function wordsOf(text: string): string[] {
  const words = text.slice(0, LONGEST_TEXT).normalize('NFKC').toLowerCase().match(WORD);
  return words === null ? [] : words.filter((word) => word.length <= LONGEST_WORD);
}
