import { describe, expect, it } from 'vitest';
import { madeUpResult } from './suite-result-fixture.ts';
import { worstCases } from './worst-cases.ts';

const WRONG = { given: 'kernel.global_oom' } as const;
const RESULT = madeUpResult([
  { askId: 'fine-1-x/asked-1' },
  { askId: 'low-2-x/asked-1', values: { chain: 0.2 } },
  { askId: 'usually-3-x/asked-1', ...WRONG, standing: 'likely', gate: 'usually' },
  { askId: 'wrong-4-x/asked-1', ...WRONG, standing: 'likely' },
  { askId: 'sure-5-x/asked-1' },
  { askId: 'sure-5-x/theory', ...WRONG },
  { askId: 'crash-6-x/asked-1', status: 'crashed' },
  { askId: 'gate-7-x/asked-1', broken: ['evidence-validity'] },
  { askId: 'down-8-x/asked-1', status: 'not_run' },
]);

describe('the worst cases', () => {
  it('come by how serious they are, one for each scenario, without what is fine or was not run', () => {
    expect(worstCases(RESULT).map(({ scenarioId }) => scenarioId)).toEqual([
      'gate-7-x',
      'crash-6-x',
      'sure-5-x',
      'wrong-4-x',
      'usually-3-x',
      'low-2-x',
    ]);
    expect(worstCases(RESULT, 2)).toHaveLength(2);
  });

  it('show the worst trial of a scenario, how many are bad, and why', () => {
    const sure = worstCases(RESULT)[2];
    expect([sure?.worst.trial.askId, sure?.bad, sure?.trials]).toEqual(['sure-5-x/theory', 1, 2]);
    expect(sure?.why).toEqual([
      'expected kernel.memcg_oom, given kernel.global_oom, confirmed',
      'cause 0.00: cause is off',
    ]);
    expect(worstCases(RESULT)[0]?.why).toEqual(['breaks evidence-validity: evidence-validity is off']);
    expect(worstCases(RESULT)[1]?.why[0]).toBe('crashed: the server is down');
  });

  it('are the same in any order of the run', () => {
    const turned = { ...RESULT, scored: [...RESULT.scored].reverse() };
    expect(worstCases(turned)).toEqual(worstCases(RESULT));
  });
});
