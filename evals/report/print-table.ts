import stringWidth from 'string-width';
import { visibleText } from '../../bot/render/visible-text.ts';
import { cutToWidth } from '../../bot/render/wrap-text.ts';
import type { Report } from './make-report.ts';
import { headLines, type ReportTable, reportTables } from './report-tables.ts';

/** Rows of one table; the rest is in the page. */
const MOST_ROWS = 40;
const GAP = '  ';

/** The report for a terminal: tables as wide as `columns` at the most, worst news last, where the eye is. */
export function printTable(report: Report, write: (line: string) => void, columns = 120): void {
  for (const table of reportTables(report).reverse()) {
    write('');
    write(`== ${table.title}${table.note === '' ? '' : ` (${table.note})`}`);
    for (const line of tableLines(table, columns)) write(line);
  }
  write('');
  for (const line of headLines(report)) write(visibleText(line));
}

/** One table as lines; the last column gives way when they are too wide, then the widest one. */
export function tableLines({ head, rows, figures }: ReportTable, columns: number): string[] {
  const shown = [head, ...rows.slice(0, MOST_ROWS)].map((row) => row.map(visibleText));
  const widths = head.map((_, at) => Math.max(...shown.map((row) => stringWidth(row[at] ?? ''))));
  const room = columns - GAP.length * (head.length - 1);
  const last = widths.length - 1;
  const sum = () => widths.reduce((all, width) => all + width, 0);
  while (sum() > room) {
    const widest = (widths[last] ?? 0) > LEAST_LAST ? last : widths.indexOf(Math.max(...widths.slice(0, -1)));
    const least = widest === last ? LEAST_LAST : 8;
    const excess = Math.min(sum() - room, (widths[widest] ?? 0) - least);
    if (excess <= 0) break;
    widths[widest] = (widths[widest] ?? 0) - excess;
  }
  const lines = shown.map((row) =>
    row
      .map((cell, at) => padded(cutToWidth(cell, widths[at] ?? 1), widths[at] ?? 0, figures.includes(at)))
      .join(GAP)
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join(GAP));
  if (rows.length > MOST_ROWS) lines.push(`… and ${rows.length - MOST_ROWS} more: see the page`);
  return lines;
}

/** The last column is where sentences stand: it keeps this much. */
const LEAST_LAST = 30;

function padded(text: string, width: number, toTheRight: boolean): string {
  const room = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return toTheRight ? room + text : text + room;
}
