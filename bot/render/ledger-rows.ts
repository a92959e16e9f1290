import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { LedgerAccount } from '../investigation/ledger-accounts.ts';
import { ACCOUNT_NAMES, LABELS } from './labels.ts';

/** One row of the ledger as every face shows it. */
export interface LedgerRow {
  account: LedgerAccount | 'unexplained' | 'rest' | 'total';
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
  const all: BareRow[] = names.map((account) => {
    const ms = own.get(account) ?? 0;
    const deltaMs = comparison ? (deltas.get(account) ?? 0) : null;
    return row(account, ACCOUNT_NAMES[language][account], ms, deltaMs);
  });
  if (ledger.unexplainedMs > 0) {
    const deltaMs = comparison ? (comparison.unexplainedDeltaMs ?? 0) : null;
    all.push(row('unexplained', LABELS[language].unexplained, ledger.unexplainedMs, deltaMs));
  }
  const size = (entry: BareRow) => Math.abs(entry.deltaMs ?? entry.ms);
  const shown = all.filter(
    (entry) => size(entry) >= ledger.wallClockMs * SMALL_SHARE || entry.ms >= ledger.wallClockMs * 0.05,
  );
  const small = all.filter((entry) => !shown.includes(entry));
  shown.sort((a, b) => (b.deltaMs ?? b.ms) - (a.deltaMs ?? a.ms));
  if (small.length > 0) shown.push(sumRows('rest', LABELS[language].rest, small));
  const largest = Math.max(1, ...shown.map(size));
  const bars = shown.map((entry) => ({ ...entry, bar: Math.max(0, entry.deltaMs ?? entry.ms) / largest }));
  const tenths = ledger.wallClockMs < SHORT_RUN_MS;
  return { rows: bars, total: { ...sumRows('total', LABELS[language].total, all), bar: 0 }, tenths };
}

type BareRow = Omit<LedgerRow, 'bar'>;

function row(account: LedgerRow['account'], name: string, ms: number, deltaMs: number | null): BareRow {
  return { account, name, ms, baselineMs: deltaMs === null ? null : ms - deltaMs, deltaMs };
}

function sumRows(account: LedgerRow['account'], name: string, rows: readonly BareRow[]): BareRow {
  const sum = (pick: (entry: BareRow) => number | null) =>
    rows.reduce<number | null>((total, entry) => {
      const value = pick(entry);
      return total === null || value === null ? null : total + value;
    }, 0);
  return {
    account,
    name,
    ms: sum((entry) => entry.ms) ?? 0,
    baselineMs: sum((entry) => entry.baselineMs),
    deltaMs: sum((entry) => entry.deltaMs),
  };
}
