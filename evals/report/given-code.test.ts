import { describe, expect, it } from 'vitest';
import { expectedCode, givenCode, groupOf, isFirstTrue } from './given-code.ts';
import { type MadeUpTrial, madeUpTrial } from './suite-result-fixture.ts';

describe('what was given for what was expected', () => {
  it.each<[MadeUpTrial, string, string, boolean]>([
    [{}, 'kernel.memcg_oom', 'kernel.memcg_oom', true],
    [{ given: 'memory.spill', expected: { alsoRight: ['memory.spill'] } }, 'kernel.memcg_oom', 'memory.spill', true],
    [{ given: 'memory.spill' }, 'kernel.memcg_oom', 'memory.spill', false],
    [
      { given: 'cache.cold', expected: { causes: ['storage.slow_disk', 'cache.cold'] } },
      'storage.slow_disk + cache.cold',
      'cache.cold',
      true,
    ],
    [{ outcome: 'refused', expected: { behaviour: 'refuse' } }, '(refused)', '(refused)', true],
    [{ expected: { behaviour: 'refuse' } }, '(refused)', 'kernel.memcg_oom', false],
    [{ status: 'crashed' }, 'kernel.memcg_oom', '(crashed)', false],
    [{ status: 'not_run' }, 'kernel.memcg_oom', '(not run)', false],
  ])('%j', (trial, expected, given, isTrue) => {
    const scored = madeUpTrial(trial);
    expect([expectedCode(scored), givenCode(scored), isFirstTrue(scored)]).toEqual([expected, given, isTrue]);
  });

  it('is grouped by what stands before the dot', () => {
    expect(['kernel.memcg_oom', 'storage.slow_disk + cache.cold', '(crashed)'].map(groupOf)).toEqual([
      'kernel',
      'storage',
      '(crashed)',
    ]);
  });
});
