import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Quote } from '../../tools/evidence/quote.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { EvidenceBook } from '../investigation/evidence-book.ts';
import type { Investigation } from '../investigation/investigation.ts';

/** Stages cited for an account: the one or two that carry it. */
const STAGES_CITED = 2;
/** Accounts below this share of the wall clock are not proven one by one. */
const WORTH_CITING = 0.05;

/** The ledger as the contract writes it, each large account with the records of the stages that carry it. */
export function composeLedger(investigation: Investigation, book: EvidenceBook): Diagnosis['ledger'] {
  const { ledger, run } = investigation;
  if (!ledger || !run) return null;
  return {
    wallClockMs: ledger.wallClockMs,
    accounts: ledger.accounts.map((entry) => ({
      account: entry.account,
      ms: entry.ms,
      stages: [...entry.stages],
      evidence: entry.ms >= ledger.wallClockMs * WORTH_CITING ? book.citeAll(evidenceOf(run, entry.stages)) : [],
      ...(entry.estimated ? { estimated: true } : {}),
    })),
    unexplainedMs: ledger.unexplainedMs,
  };
}

function evidenceOf(run: SparkRun, stages: readonly number[]): Evidence[] {
  const pieces = stages.slice(0, STAGES_CITED).flatMap((stageId) => {
    const stage = run.stages.find((candidate) => candidate.stageId === stageId);
    return stage?.quotes.completed ? [spoken(run, stage.quotes.completed, stage.completedAt)] : [];
  });
  if (pieces.length > 0) return pieces;
  const { start, end } = run.application.quotes;
  return [
    ...(start ? [spoken(run, start, run.application.startedAt)] : []),
    ...(end ? [spoken(run, end, run.application.endedAt)] : []),
  ];
}

function spoken({ provenance }: SparkRun, quote: Quote, at: number | null): Evidence {
  return { ...quote, area: 'spark', provenance, at };
}
