/** Dates that a text names, as people write them. */

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>[0-5]\d)`;
const DATES = [
  String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`,
  String.raw`(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})`,
  String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?<month>\p{L}{3,})\.? (?<year>\d{4})`,
  String.raw`(?<month>\p{L}{3,}) (?<day>\d{1,2})(?:st|nd|rd|th)?, (?<year>\d{4})`,
];

/** In the order of the text, with the time of day where one follows, and with the two words before. */
export function datesIn(text: string) {
  return find(
    text,
    DATES.map((date) => `${date}(?:(?:T|,? (?:at )?)${TIME})?`),
  );
}

/** Times of day alone. */
export function timesIn(text: string) {
  return find(text, [TIME]);
}

function find(text: string, patterns: string[]) {
  const found = patterns.flatMap((pattern) => [...text.matchAll(new RegExp(`(?<!\\p{N})${pattern}(?!\\p{N})`, 'gu'))]);
  return found
    .toSorted((a, b) => a.index - b.index)
    .flatMap(({ index, groups: { year = 2000, month = '1', day = 1, hour = 0, minute = 0 } = {} }) => {
      const monthIndex = Number(month) ? Number(month) - 1 : MONTHS.indexOf(month.slice(0, 3).toLowerCase());
      const date = new Date(Date.UTC(Number(year), monthIndex, Number(day), Number(hour), Number(minute)));
      const exists = date.getUTCMonth() === monthIndex && date.getUTCDate() === Number(day);
      return exists ? [{ date, before: wordsOf(text.slice(Math.max(0, index - 40), index)).slice(-2) }] : [];
    });
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
