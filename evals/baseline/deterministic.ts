import type { ScoredTrial, SuiteResult } from '../report/suite-result.ts';
import { BaselineError } from './baseline.ts';

/** What answers the same to the same: no model takes part, so that one flip is a change of the product. */
export function isDeterministic({ trial }: ScoredTrial): boolean {
  return trial.variant !== 'live';
}

/** The deterministic trials of a run by their name in the baseline. @throws BaselineError when one was made twice */
export function byBaselineKey(result: SuiteResult): ReadonlyMap<string, ScoredTrial> {
  const trials = new Map<string, ScoredTrial>();
  for (const scored of result.scored.filter(isDeterministic)) {
    const key = `${scored.trial.askId} ${scored.trial.variant}`;
    if (trials.has(key)) throw new BaselineError(`${key} was put twice in one run`);
    trials.set(key, scored);
  }
  return trials;
}
