import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { formatClock } from '../format-clock.ts';
import { LABELS } from '../labels.ts';
import { ledgerRows } from '../ledger-rows.ts';
import { showsLedger } from '../shown-ledger.ts';
import { type CardBlock, table } from './blocks.ts';

/** Where the time went, as a small table; none where the ledger helps nobody. */
export function ledgerBlocks(diagnosis: Diagnosis): CardBlock[] {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const ledger = ledgerRows(diagnosis, language);
  if (!ledger || !showsLedger(diagnosis)) return [];
  const compared = ledger.total.deltaMs !== null;
  const clock = (ms: number | null) => formatClock(ms ?? 0, ledger.tenths);
  const head = compared
    ? [words.whereTimeWent, words.thisRun, words.usual, words.more]
    : [words.whereTimeWent, words.thisRun];
  const rows = [...ledger.rows, ledger.total].map((row) =>
    compared
      ? [row.name, clock(row.ms), clock(row.baselineMs), `${(row.deltaMs ?? 0) >= 0 ? '+' : ''}${clock(row.deltaMs)}`]
      : [row.name, clock(row.ms)],
  );
  return table([head, ...rows], [1, 2, 3]);
}
