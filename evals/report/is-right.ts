import type { ScoredTrial, SuiteResult } from './suite-result.ts';

/**
 * Whether a trial is right: every deciding scorer that speaks of it gives 1. A crash is wrong, and so is an answer of which no
 * deciding scorer speaks: what nobody looked at is not right. Null: it was not run, and counts nowhere.
 */
export function isRight(scored: ScoredTrial, decidedBy: SuiteResult['decidedBy']): boolean | null {
  if (scored.trial.status === 'not_run') return null;
  if (scored.trial.status === 'crashed') return false;
  const said = scored.scores.filter(({ scorer, value }) => decidedBy.includes(scorer) && value !== null);
  return said.length > 0 && said.every(({ value }) => value === 1);
}

/** Hard gates that a trial broke, by name, in the order of the list. */
export function brokenGates(scored: ScoredTrial, scorers: SuiteResult['scorers']): string[] {
  const hard = new Set(scorers.filter(({ isHardGate }) => isHardGate).map(({ name }) => name));
  return scored.scores.filter(({ scorer, passed }) => hard.has(scorer) && passed === false).map(({ scorer }) => scorer);
}
