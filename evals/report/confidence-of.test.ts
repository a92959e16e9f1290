import { expect, it } from 'vitest';
import { confidenceOf } from './confidence-of.ts';
import { type MadeUpTrial, madeUpTrial } from './suite-result-fixture.ts';

it.each<[MadeUpTrial, number | null]>([
  [{}, 0.97],
  [{ standing: 'likely' }, 0.7],
  [{ outcome: 'healthy', given: 'none.healthy' }, 0.97],
  [{ outcome: 'needs_more', standing: 'inconclusive' }, null],
  [{ outcome: 'refused' }, null],
  [{ status: 'crashed' }, null],
])('an answer is as sure as its word, or abstains: %j', (trial, confidence) => {
  expect(confidenceOf(madeUpTrial(trial).trial.diagnosis)).toBe(confidence);
});
