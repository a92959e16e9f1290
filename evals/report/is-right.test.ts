import { describe, expect, it } from 'vitest';
import { brokenGates, isRight } from './is-right.ts';
import { MADE_UP_SCORERS, type MadeUpTrial, madeUpTrial } from './suite-result-fixture.ts';

describe('a trial', () => {
  it.each<[string, MadeUpTrial, boolean | null]>([
    ['whose deciding scorers all give 1 is right, whatever the others say', { values: { chain: 0 } }, true],
    ['with one deciding scorer below 1 is wrong', { values: { place: 0.99 } }, false],
    ['of which one deciding scorer says nothing is judged by the others', { values: { place: null } }, true],
    ['of which no deciding scorer speaks is wrong', { values: { cause: null, place: null } }, false],
    ['that crashed is wrong', { status: 'crashed' }, false],
    ['that was not run is neither', { status: 'not_run' }, null],
  ])('%s: %j', (_, trial, right) => {
    expect(isRight(madeUpTrial(trial), ['cause', 'place'])).toBe(right);
  });

  it('breaks what a hard gate does not pass; no other scorer is a gate', () => {
    const scored = madeUpTrial({ broken: ['evidence-validity'] });
    const others = scored.scores.map((score) => (score.scorer === 'chain' ? { ...score, passed: false } : score));
    expect(brokenGates({ ...scored, scores: others }, MADE_UP_SCORERS)).toEqual(['evidence-validity']);
    expect(brokenGates(madeUpTrial({}), MADE_UP_SCORERS)).toEqual([]);
  });
});
