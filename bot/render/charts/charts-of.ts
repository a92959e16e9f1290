import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { maskStrings } from '../../investigation/gate/mask-strings.ts';
import type { Investigation } from '../../investigation/investigation.ts';
import { ledgerRows } from '../ledger-rows.ts';
import { showsLedger } from '../shown-ledger.ts';
import type { ChartData, LedgerData } from './chart-data.ts';
import { memoryOf } from './memory-of.ts';
import { taskTimesOf } from './task-times-of.ts';
import { timelineOf } from './timeline-of.ts';

/**
 * The charts of an answer, the most telling first; a chart that has nothing to show is not among them. Secrets are masked. To be called where the
 * investigation was made: the records of the run are not kept with a case. Words of the timeline are in the diagnosis' language.
 */
export function chartsOf(investigation: Investigation, diagnosis: Diagnosis): ChartData[] {
  if (diagnosis.outcome === 'refused') return [];
  const answered = diagnosis.outcome === 'answered';
  // Of a run that is slow beside the usual one the symptom is its whole length: it stands at no moment of a line of times.
  const isCompared = diagnosis.comparison !== null && diagnosis.runState !== 'failed';
  const drawn = [
    ledgerOf(diagnosis),
    answered ? taskTimesOf(investigation) : null,
    answered ? memoryOf(investigation) : null,
    isCompared ? null : timelineOf(diagnosis),
  ];
  const charts = drawn.filter((data): data is NonNullable<typeof data> => data !== null);
  // Names of stages and groups come from the facts, past the gate.
  return maskStrings(charts);
}

function ledgerOf(diagnosis: Diagnosis): LedgerData | null {
  const table = showsLedger(diagnosis) ? ledgerRows(diagnosis, 'en') : null;
  if (!table || table.rows.length < 2) return null;
  const rows = table.rows.flatMap(({ account, ms, baselineMs }) =>
    account === 'total' ? [] : [{ account, ms, usualMs: baselineMs === null ? null : Math.max(0, baselineMs) }],
  );
  return { kind: 'ledger', tenths: table.tenths, wallClockMs: table.total.ms, usualMs: table.total.baselineMs, rows };
}
