import { brokenGates, isRight } from '../report/is-right.ts';
import type { ScoredTrial, SuiteResult } from '../report/suite-result.ts';
import type { Baseline } from './baseline.ts';
import { isDeterministic } from './deterministic.ts';

/** Clean runs with different seeds after which a scenario may be `always`. */
export const CLEAN_RUNS_NEEDED = 5;

/**
 * The baseline with what a run of everything says of the scenarios that are only `usually` right: a clean run adds its seed, any other
 * begins anew. A filtered run says nothing: it may have left out what would have failed.
 */
export function recordCleanRuns(baseline: Baseline, result: SuiteResult): Baseline {
  if (result.filter !== null) return baseline;
  const cleanRuns: Record<string, number[]> = {};
  for (const [id, trials] of usuallyScenarios(result)) {
    const former = baseline.cleanRuns[id] ?? [];
    if (trials.some(({ trial }) => trial.status === 'not_run')) {
      if (former.length > 0) cleanRuns[id] = former;
    } else if (trials.every((scored) => isClean(scored, result))) {
      cleanRuns[id] = [...new Set([...former, result.seed])].sort((a, b) => a - b);
    }
  }
  return { ...baseline, cleanRuns };
}

/** Scenarios of a run that have been clean often enough, sorted. */
export function readyForPromotion(baseline: Baseline, result: SuiteResult): string[] {
  return [...usuallyScenarios(result).keys()]
    .filter((id) => (baseline.cleanRuns[id]?.length ?? 0) >= CLEAN_RUNS_NEEDED)
    .sort();
}

function isClean(scored: ScoredTrial, result: SuiteResult): boolean {
  return isRight(scored, result.decidedBy) === true && brokenGates(scored, result.scorers).length === 0;
}

function usuallyScenarios(result: SuiteResult): ReadonlyMap<string, ScoredTrial[]> {
  const scenarios = result.scored.filter((scored) => scored.gate === 'usually' && isDeterministic(scored));
  return Map.groupBy(scenarios, ({ trial }) => trial.scenarioId);
}
