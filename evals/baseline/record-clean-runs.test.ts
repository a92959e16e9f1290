import { describe, expect, it } from 'vitest';
import { type MadeUpTrial, madeUpResult } from '../report/suite-result-fixture.ts';
import { baselineOf } from './baseline-of.ts';
import { readyForPromotion, recordCleanRuns } from './record-clean-runs.ts';

const ASKS: readonly MadeUpTrial[] = [
  { askId: 'u-1-load/asked-1', gate: 'usually' },
  { askId: 'u-1-load/renamed', gate: 'usually', form: 'renamed' },
  { askId: 'a-2-join/asked-1', gate: 'always' },
];
const START = baselineOf(madeUpResult(ASKS), null);

function afterRuns(runs: readonly { seed: number; last?: MadeUpTrial; filter?: string }[]) {
  return runs.reduce((baseline, { seed, last = {}, filter = null }) => {
    const trials = ASKS.map((ask, at) => (at === 1 ? { ...ask, ...last } : ask));
    return recordCleanRuns(baseline, madeUpResult(trials, { seed, filter }));
  }, START);
}
const seeds = (...all: number[]) => all.map((seed) => ({ seed }));

describe('clean runs', () => {
  it('are recorded by seed, of scenarios that are only usually right', () => {
    expect(afterRuns(seeds(3, 1, 3)).cleanRuns).toEqual({ 'u-1-load': [1, 3] });
  });

  it('make a scenario ready after five with different seeds', () => {
    const result = madeUpResult(ASKS);
    expect(readyForPromotion(afterRuns(seeds(1, 2, 3, 4, 4)), result)).toEqual([]);
    expect(readyForPromotion(afterRuns(seeds(1, 2, 3, 4, 5)), result)).toEqual(['u-1-load']);
    const promoted = madeUpResult(ASKS.map((ask) => ({ ...ask, gate: 'always' })));
    expect(readyForPromotion(afterRuns(seeds(1, 2, 3, 4, 5)), promoted)).toEqual([]);
    expect(recordCleanRuns(afterRuns(seeds(1, 2)), promoted).cleanRuns).toEqual({});
  });

  it.each<MadeUpTrial>([{ given: 'kernel.global_oom' }, { broken: ['evidence-validity'] }, { status: 'crashed' }])(
    'begin anew after one with %j',
    (last) => {
      expect(afterRuns([...seeds(1, 2), { seed: 3, last }, { seed: 4 }]).cleanRuns).toEqual({ 'u-1-load': [4] });
    },
  );

  it('are neither made nor lost by what was not run, or left out', () => {
    const run = [...seeds(1), { seed: 2, last: { status: 'not_run' } as const }, { seed: 3, filter: 'tag spark' }];
    expect(afterRuns(run).cleanRuns).toEqual({ 'u-1-load': [1] });
  });
});
