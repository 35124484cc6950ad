/** What a subject has found: a table, its goals, and remarks; printed as Markdown. */

import type { Ratio } from './rounds.ts';

/** How much is measured. */
export interface Scale {
  /** A minute instead of six: fewer rounds and cases, wider error bars. */
  quick: boolean;
  say: (progress: string) => void;
}

export interface Goal {
  what: string;
  /** The bound: 'at least' for what should be high, 'at most' for what should be low. */
  bound: 'at least' | 'at most';
  limit: number;
  measured: number;
}

export interface Section {
  title: string;
  head: string[];
  rows: string[][];
  goals: Goal[];
  remarks: string[];
}

export function reached({ bound, limit, measured }: Goal): boolean {
  return bound === 'at least' ? measured >= limit : measured <= limit;
}

export function toMarkdown(sections: readonly Section[]): string {
  const parts = sections.map(({ title, head, rows, remarks }) =>
    [`### ${title}`, table(head, rows), ...remarks].filter((part) => part !== '').join('\n\n'),
  );
  const goals = sections.flatMap((section) => section.goals);
  if (goals.length > 0) {
    const rows = goals.map((goal) => [
      goal.what,
      `${goal.bound} ${number(goal.limit)}`,
      number(goal.measured),
      reached(goal) ? 'yes' : 'no',
    ]);
    parts.push(`### Goals\n\n${table(['', 'goal', 'measured', 'reached'], rows)}`);
  }
  return parts.join('\n\n');
}

/** Three significant digits, no exponent. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : `${Number(value.toPrecision(3))}`;
}

/** '0.93'; '~0.93' where the rounds differ by more than a third: the machine was busy with something else. */
export function ratio({ median, least, most }: Ratio): string {
  return Number.isFinite(median) ? `${most / least > 1.33 ? '~' : ''}${median.toFixed(2)}` : '–';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return rows.length === 0 ? '' : [line(head), line(rule), ...rows.map(line)].join('\n');
}
