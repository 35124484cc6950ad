/** The columns of a time series, as a task has them: an object of columns, or a table as CSV. */

import type { ObjectDef } from './runtime/labeling/config.ts';

export interface Series {
  /** Values of the time column, as results have them: numbers, or text where the config has a timeFormat. */
  times: (number | string)[];
  /** The channels of the config: at each time a number, NaN where there is none. */
  channels: number[][];
}

/** @param data an object of columns; text is taken for JSON or CSV */
export function readSeries(data: unknown, { attrs, children }: ObjectDef): Series {
  const columns = typeof data === 'string' ? parseColumns(data, attrs.sep || ',') : (data as Record<string, unknown>);
  const columnOf = (name: string | undefined) => {
    const column = Object.hasOwn(columns, name ?? '') ? columns[name ?? ''] : undefined;
    return Array.isArray(column) ? (column as unknown[]) : undefined;
  };
  const named = children.flatMap(({ tag, attrs: { column } }) => (tag === 'Channel' && column ? [column] : []));
  const names = named.length > 0 ? named : Object.keys(columns).filter((name) => name !== attrs.timeColumn);
  const channels = names.flatMap((name) => {
    const column = columnOf(name);
    return column ? [column.map((value) => (value === '' || value === null ? Number.NaN : Number(value)))] : [];
  });
  const length = Math.max(0, ...channels.map((channel) => channel.length));
  // Without a time column, the editor counts.
  const times = attrs.timeColumn ? (columnOf(attrs.timeColumn) ?? []) : Array.from({ length }, (_, at) => at);
  return { times: times.map((time) => (attrs.timeFormat ? String(time) : Number(time))), channels };
}

function parseColumns(text: string, separator: string): Record<string, unknown> {
  if (text.trimStart().startsWith('{')) return JSON.parse(text);
  const tab = separator === '\\t' ? '\t' : separator;
  const [header = [], ...rows] = text.split(/\r?\n/).flatMap((line) => {
    return line.trim() === '' ? [] : [line.split(tab).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))];
  });
  return Object.fromEntries(header.map((name, at) => [name, rows.map((row) => row[at])]));
}
