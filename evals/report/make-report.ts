import type { Baseline } from '../baseline/baseline.ts';
import { compareLive, type LiveComparison } from '../baseline/compare-live.ts';
import { type BaselineDifference, compareWithBaseline } from '../baseline/compare-with-baseline.ts';
import { type GateVerdict, judgeGates } from '../baseline/judge-gates.ts';
import { readyForPromotion, recordCleanRuns } from '../baseline/record-clean-runs.ts';
import type { SuiteResult } from './suite-result.ts';
import { summarise } from './summarise.ts';
import type { Summary } from './summary.ts';
import { type WorstCase, worstCases } from './worst-cases.ts';

/** All that every face of a report tells: the terminal, Markdown, JSON, the page. */
export interface Report {
  result: SuiteResult;
  summary: Summary;
  difference: BaselineDifference;
  verdict: GateVerdict;
  worst: readonly WorstCase[];
  /** Scenarios that are `usually` right and were often enough, this run included. */
  ready: readonly string[];
  /** A model's answers against an earlier run; null where there is none, or nothing in common. */
  live: LiveComparison | null;
}

/** What a run is held against. */
export interface HeldAgainst {
  /** Null where there is none yet. */
  baseline: Baseline | null;
  /** An earlier run of `live`. */
  earlier?: SuiteResult | null;
}

/** Works out everything that is told of a run; pure. */
export function makeReport(result: SuiteResult, { baseline, earlier = null }: HeldAgainst): Report {
  const difference = compareWithBaseline(result, baseline);
  return {
    result,
    summary: summarise(result),
    difference,
    verdict: judgeGates(result, difference),
    worst: worstCases(result),
    ready: baseline === null ? [] : readyForPromotion(recordCleanRuns(baseline, result), result),
    live: earlier === null ? null : compareLive(result, earlier),
  };
}
