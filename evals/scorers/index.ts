import type { Trial } from '../trial/trial.ts';
import { CAUSE, CAUSE_IN_THREE, CAUSE_PRECISION, FORBIDDEN_CAUSE } from './cause.ts';
import { EFFICIENCY } from './efficiency.ts';
import { EVIDENCE_VALIDITY } from './evidence-validity.ts';
import { NUMBER_FIDELITY } from './number-fidelity.ts';
import { RESPONSIBILITY } from './responsibility.ts';
import type { Score, Scorer, Truth } from './scorer.ts';

/** Every scorer, in the order of reports. Each is independent of the product's own gate: a fault of that gate has to be found here. */
export const SCORERS: readonly Scorer[] = [
  CAUSE,
  CAUSE_IN_THREE,
  CAUSE_PRECISION,
  FORBIDDEN_CAUSE,
  EVIDENCE_VALIDITY,
  NUMBER_FIDELITY,
  RESPONSIBILITY,
  EFFICIENCY,
];

/**
 * All that is measured of one trial, one score for each scorer, in the order of `SCORERS`. A trial that crashed is scored as wrong; one that was not run
 * has no scores at all: it is in no denominator.
 */
export async function scoreTrial(trial: Trial, truth: Truth): Promise<Score[]> {
  if (trial.status === 'not_run') return [];
  const scores: Score[] = [];
  for (const scorer of SCORERS) scores.push(await scorer.score(trial, truth));
  return scores;
}
