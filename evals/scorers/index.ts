import type { Trial } from '../trial/trial.ts';
import { ABSTENTION } from './abstention.ts';
import { CAUSE, CAUSE_IN_THREE, CAUSE_PRECISION, FORBIDDEN_CAUSE, WRONG_CONFIRMED } from './cause.ts';
import { CHAIN } from './chain.ts';
import { EFFICIENCY } from './efficiency.ts';
import { EVIDENCE_PRECISION, EVIDENCE_RECALL } from './evidence-gold.ts';
import { EVIDENCE_VALIDITY } from './evidence-validity.ts';
import { FIX } from './fix.ts';
import { LEDGER, LEDGER_SUM } from './ledger.ts';
import { NUMBER_FIDELITY } from './number-fidelity.ts';
import { PLACE } from './place.ts';
import { RESPONSIBILITY } from './responsibility.ts';
import { RETRIEVAL } from './retrieval.ts';
import { SAFETY } from './safety.ts';
import type { Score, Scorer, Truth } from './scorer.ts';
import { TIME } from './time.ts';

/** Every scorer, in the order of reports. Each is independent of the product's own gate: a fault of that gate has to be found here. */
export const SCORERS: readonly Scorer[] = [
  CAUSE,
  CAUSE_IN_THREE,
  CAUSE_PRECISION,
  FORBIDDEN_CAUSE,
  WRONG_CONFIRMED,
  PLACE,
  TIME,
  RESPONSIBILITY,
  CHAIN,
  EVIDENCE_VALIDITY,
  EVIDENCE_PRECISION,
  EVIDENCE_RECALL,
  NUMBER_FIDELITY,
  FIX,
  ABSTENTION,
  LEDGER,
  LEDGER_SUM,
  RETRIEVAL,
  SAFETY,
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
