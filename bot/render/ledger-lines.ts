import stringWidth from 'string-width';
import type { Language } from '../../knowledge/bilingual.ts';
import { formatClock } from './format-clock.ts';
import { LABELS } from './labels.ts';
import type { LedgerRow, LedgerTable } from './ledger-rows.ts';

/** Cells of the columns of figures: this run, and with a comparison the usual run and the difference. */
const FIGURE_COLUMNS = 10;

/** The ledger as lines of text with bars, at most `columns` cells wide. */
export function ledgerLines(
  table: LedgerTable,
  language: Language,
  columns: number,
): { head: string | null; lines: string[] } {
  const rows = [...table.rows, table.total];
  const compared = table.total.deltaMs !== null;
  const nameColumns = Math.max(...rows.map((row) => stringWidth(row.name))) + 1;
  const width = Math.max(...rows.flatMap((row) => cellsOf(row, table)).map((cell) => cell.length + 1), FIGURE_COLUMNS);
  const room = Math.floor((columns - 2 - nameColumns) / width);
  const shown = (compared ? SHOWN.find((some) => some.length <= room) : undefined) ?? [0];
  const { thisRun, usual, more } = LABELS[language];
  const line = (name: string, cells: readonly string[]) =>
    `  ${padded(name, nameColumns)}${shown.map((at) => right(cells[at] ?? '', width)).join('')}`;
  const barColumns = Math.max(0, columns - 4 - nameColumns - shown.length * width);
  return {
    head: compared ? line('', [thisRun, usual, more]) : null,
    lines: rows.map((row) =>
      `${line(row.name, cellsOf(row, table))}  ${'█'.repeat(Math.round(row.bar * barColumns))}`.trimEnd(),
    ),
  };
}

/** Columns of figures by the room there is: without room for all, what is usual goes first, then the difference. */
const SHOWN: readonly (readonly number[])[] = [[0, 1, 2], [0, 2], [0]];

function cellsOf(row: LedgerRow, { tenths }: LedgerTable): string[] {
  const clock = (ms: number) => formatClock(ms, tenths);
  if (row.deltaMs === null || row.baselineMs === null) return [clock(row.ms)];
  return [clock(row.ms), clock(row.baselineMs), `${row.deltaMs >= 0 ? '+' : ''}${clock(row.deltaMs)}`];
}

function padded(name: string, columns: number): string {
  return name + ' '.repeat(Math.max(0, columns - stringWidth(name)));
}

function right(text: string, columns: number): string {
  return ' '.repeat(Math.max(1, columns - stringWidth(text))) + text;
}
