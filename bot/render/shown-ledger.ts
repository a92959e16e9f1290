import type { Diagnosis } from '../investigation/diagnosis.ts';

/** Where the time went helps whoever asks about time; under a failure that was not compared it only stands in the way of the fix. */
export function showsLedger({ comparison, outcome, runState }: Diagnosis): boolean {
  if (comparison !== null) return true;
  if (runState === 'unknown' && outcome === 'needs_more') return false;
  return runState !== 'failed' && runState !== 'killed';
}
