import stringWidth from 'string-width';
import { visibleText } from '../../bot/render/visible-text.ts';
import { cutToWidth, wrapText } from '../../bot/render/wrap-text.ts';
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

/** One table as lines; where it is too wide the last column breaks into lines of its own, then the widest of the others is cut. */
export function tableLines({ head, rows, figures }: ReportTable, columns: number): string[] {
  const shown = [head, ...rows.slice(0, MOST_ROWS)].map((row) => row.map(visibleText));
  const widths = head.map((_, at) => Math.max(...shown.map((row) => stringWidth(row[at] ?? ''))));
  narrow(widths, columns - GAP.length * (head.length - 1));
  const last = widths.length - 1;
  const lines = shown.flatMap((row) => {
    const broken = brokenCell(row[last] ?? '', widths[last] ?? 1);
    return broken.map((line, at) =>
      row
        .map((cell, column) => (column === last ? line : at > 0 ? '' : cutToWidth(cell, widths[column] ?? 1)))
        .map((cell, column) => padded(cell, widths[column] ?? 0, figures.includes(column)))
        .join(GAP)
        .trimEnd(),
    );
  });
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join(GAP));
  if (rows.length > MOST_ROWS) lines.push(`… and ${rows.length - MOST_ROWS} more: see the page`);
  return lines;
}

/** Takes from the last column first, then from the widest, until all fit or nothing can give way. */
function narrow(widths: number[], room: number): void {
  const last = widths.length - 1;
  for (;;) {
    const excess = widths.reduce((all, width) => all + width, 0) - room;
    const others = Math.max(0, ...widths.slice(0, -1));
    const at = (widths[last] ?? 0) > LEAST_LAST ? last : widths.indexOf(others);
    const given = Math.min(excess, (widths[at] ?? 0) - (at === last ? LEAST_LAST : LEAST));
    if (excess <= 0 || at < 0 || given <= 0) return;
    // The others share the loss: none is cut to nothing while another is wide.
    widths[at] = (widths[at] ?? 0) - (at === last ? given : Math.min(given, Math.max(1, Math.ceil(given / 4))));
  }
}

/** A sentence in so many cells; what is still longer is cut, and says so. */
function brokenCell(text: string, width: number): string[] {
  const lines = wrapText(text, width);
  if (lines.length <= MOST_LINES) return lines;
  const kept = lines.slice(0, MOST_LINES);
  const end = kept.pop() ?? '';
  return [...kept, stringWidth(end) < width ? `${end}…` : `${cutEnd(end, width - 1)}…`];
}

function cutEnd(text: string, width: number): string {
  let kept = text;
  while (stringWidth(kept) > width) kept = kept.slice(0, -1);
  return kept;
}

const MOST_LINES = 4;
/** Cells that any other column keeps. */
const LEAST = 6;

/** The last column is where sentences stand: it keeps this much. */
const LEAST_LAST = 30;

function padded(text: string, width: number, toTheRight: boolean): string {
  const room = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return toTheRight ? room + text : text + room;
}
