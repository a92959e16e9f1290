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
  const figures = compared ? 3 : 1;
  const barColumns = Math.max(0, columns - 4 - nameColumns - figures * FIGURE_COLUMNS);
  const { thisRun, usual, more } = LABELS[language];
  const head = `  ${' '.repeat(nameColumns)}${[thisRun, usual, more].map(right).join('')}`;
  return { head: compared ? head : null, lines: rows.map((row) => lineOf(row, table, nameColumns, barColumns)) };
}

function lineOf(row: LedgerRow, { tenths }: LedgerTable, nameColumns: number, barColumns: number): string {
  const name = row.name + ' '.repeat(Math.max(0, nameColumns - stringWidth(row.name)));
  const clock = (ms: number) => formatClock(ms, tenths);
  const sign = (row.deltaMs ?? 0) >= 0 ? '+' : '';
  const cells =
    row.deltaMs === null || row.baselineMs === null
      ? [clock(row.ms)]
      : [clock(row.ms), clock(row.baselineMs), `${sign}${clock(row.deltaMs)}`];
  return `  ${name}${cells.map(right).join('')}  ${'█'.repeat(Math.round(row.bar * barColumns))}`.trimEnd();
}

function right(text: string): string {
  return ' '.repeat(Math.max(1, FIGURE_COLUMNS - stringWidth(text))) + text;
}
