import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { ACCOUNT_NAMES, LABELS } from './labels.ts';

/** One row of the ledger as every face shows it. */
export interface LedgerRow {
  name: string;
  ms: number;
  baselineMs: number | null;
  deltaMs: number | null;
  /** 0 to 1: the row's share of the largest bar. */
  bar: number;
}

/** The ledger as a table: the sum of its rows is its total, to the millisecond. */
export interface LedgerTable {
  rows: LedgerRow[];
  total: LedgerRow;
  /** Short runs are told to the tenth of a second, all figures of one table alike. */
  tenths: boolean;
}

/** A run shorter than this is told to the tenth of a second. */
const SHORT_RUN_MS = 120_000;
/** Rows below this share of the wall clock are summed up as "rest". */
const SMALL_SHARE = 0.02;

/** The ledger with the comparison beside it: the largest change (or account) first, small ones as one row, then the total. */
export function ledgerRows(diagnosis: Diagnosis, language: Language): LedgerTable | null {
  const { ledger, comparison } = diagnosis;
  if (!ledger || ledger.wallClockMs === 0) return null;
  const deltas = new Map(comparison?.accounts.map((entry) => [entry.account, entry.deltaMs]) ?? []);
  const own = new Map(ledger.accounts.map((entry) => [entry.account, entry.ms]));
  const names = [...new Set([...own.keys(), ...deltas.keys()])];
  const all = names.map((account) => {
    const ms = own.get(account) ?? 0;
    const deltaMs = comparison ? (deltas.get(account) ?? 0) : null;
    return { name: ACCOUNT_NAMES[language][account], ms, baselineMs: deltaMs === null ? null : ms - deltaMs, deltaMs };
  });
  if (ledger.unexplainedMs > 0) {
    const deltaMs = comparison ? (comparison.unexplainedDeltaMs ?? 0) : null;
    const ms = ledger.unexplainedMs;
    all.push({ name: LABELS[language].unexplained, ms, baselineMs: deltaMs === null ? null : ms - deltaMs, deltaMs });
  }
  const size = (row: { ms: number; deltaMs: number | null }) => Math.abs(row.deltaMs ?? row.ms);
  const shown = all.filter(
    (row) => size(row) >= ledger.wallClockMs * SMALL_SHARE || row.ms >= ledger.wallClockMs * 0.05,
  );
  const small = all.filter((row) => !shown.includes(row));
  shown.sort((a, b) => (b.deltaMs ?? b.ms) - (a.deltaMs ?? a.ms));
  if (small.length > 0) shown.push(sumRows(LABELS[language].rest, small));
  const largest = Math.max(1, ...shown.map(size));
  const bars = shown.map((row) => ({ ...row, bar: Math.max(0, row.deltaMs ?? row.ms) / largest }));
  const tenths = ledger.wallClockMs < SHORT_RUN_MS;
  return { rows: bars, total: { ...sumRows(LABELS[language].total, all), bar: 0 }, tenths };
}

function sumRows(name: string, rows: readonly Omit<LedgerRow, 'bar'>[]): Omit<LedgerRow, 'bar'> {
  const sum = (pick: (row: Omit<LedgerRow, 'bar'>) => number | null) =>
    rows.reduce<number | null>((total, row) => {
      const value = pick(row);
      return total === null || value === null ? null : total + value;
    }, 0);
  return {
    name,
    ms: sum((row) => row.ms) ?? 0,
    baselineMs: sum((row) => row.baselineMs),
    deltaMs: sum((row) => row.deltaMs),
  };
}
