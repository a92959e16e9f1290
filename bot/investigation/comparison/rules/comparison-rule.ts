import type { CauseCode } from '../../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../../../tools/evidence/finding.ts';
import { type Judgement, sparkFinding } from '../../../../tools/spark/measures/spark-finding.ts';
import type { LedgerAccount } from '../../ledger-accounts.ts';
import type { ComparedRuns, RunComparison } from '../run-comparison.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';

/**
 * A judgement about two runs of one job: what the difference of their wall clocks is due to. Pure; speaks in findings whose
 * `weight` is the share of the slow-down explained. Each stands in `COMPARISON_RULES` and has its test.
 */
export interface ComparisonRule {
  /** `comparison/what-it-sees`, equal to the file's name. */
  id: string;
  codes: readonly CauseCode[];
  apply(comparison: RunComparison, runs: ComparedRuns): Finding[];
}

/** Rules about slowness speak of a run that ended and was slower than its history. */
export function isSlower(comparison: RunComparison): boolean {
  return comparison.complete && comparison.history.verdict === 'slow' && comparison.deltaMs > 0;
}

/** How much accounts grew beyond what more input explains, each at least 0. */
export function grownMs(comparison: RunComparison, ...accounts: readonly LedgerAccount[]): number {
  return comparison.accounts.reduce((ms, { account, deltaMs, moreWorkMs }) => {
    return accounts.includes(account) ? ms + Math.max(0, deltaMs - moreWorkMs) : ms;
  }, 0);
}

/** Milliseconds as a share of the slow-down, 0 to 1. */
function shareOfDelta(comparison: RunComparison, ms: number): number {
  return comparison.deltaMs > 0 ? Math.min(1, Math.max(0, ms / comparison.deltaMs)) : 0;
}

/** True when some growth is large enough to be worth a word. */
export function matters(comparison: RunComparison, ms: number): boolean {
  return ms >= COMPARISON_THRESHOLDS.leastMs && shareOfDelta(comparison, ms) >= COMPARISON_THRESHOLDS.leastShare;
}

/** The account that grew most beyond more input; `null` when none grew. */
export function topAccount(comparison: RunComparison): LedgerAccount | null {
  let top: LedgerAccount | null = null;
  let most = 0;
  for (const { account, deltaMs, moreWorkMs } of comparison.accounts) {
    if (deltaMs - moreWorkMs > most) [top, most] = [account, deltaMs - moreWorkMs];
  }
  return top;
}

/** Slow and usual milliseconds of an account. */
export function figuresOf(comparison: RunComparison, account: LedgerAccount): { slowMs: number; usualMs: number } {
  const found = comparison.accounts.find((entry) => entry.account === account);
  return { slowMs: found?.slowMs ?? 0, usualMs: found?.usualMs ?? 0 };
}

/** What a comparison rule says; the figures every such finding carries are added, and when it was: during its stage, else during the run. */
export function comparisonFinding(
  comparison: RunComparison,
  runs: ComparedRuns,
  said: Omit<Judgement, 'weight' | 'at' | 'until'> & { explainsMs: number; at?: number | null; until?: number | null },
): Finding {
  const { explainsMs, ...judgement } = said;
  const { application, stages } = runs.slow.run;
  const stage = stages.find(
    ({ stageId, attempt }) => stageId === judgement.keys?.stageId && attempt === judgement.keys?.stageAttempt,
  );
  return sparkFinding(runs.slow.run, {
    at: stage?.submittedAt ?? application.startedAt,
    until: stage?.completedAt ?? application.endedAt,
    ...(judgement.code && !judgement.symptom ? { symptom: 'slow' as const } : {}),
    ...judgement,
    weight: shareOfDelta(comparison, explainsMs),
    values: {
      explainsMs,
      deltaMs: comparison.deltaMs,
      slowWallMs: comparison.slowMs,
      usualWallMs: comparison.usualMs,
      comparedWith: comparison.with[0] ?? null,
      ...judgement.values,
    },
  });
}
