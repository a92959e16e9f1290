import type { Diagnosis } from '../investigation/diagnosis.ts';

/** Where the time went helps whoever asks about time; under a failure that was not compared it only stands in the way of the fix. */
export function showsLedger({ comparison, runState }: Diagnosis): boolean {
  return comparison !== null || (runState !== 'failed' && runState !== 'killed');
}
