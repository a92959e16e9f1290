import { describe, expect, it } from 'vitest';
import { type MadeUpTrial, madeUpResult } from '../report/suite-result-fixture.ts';
import { baselineOf } from './baseline-of.ts';
import { compareWithBaseline } from './compare-with-baseline.ts';
import { judgeGates } from './judge-gates.ts';

const WRONG = { given: 'kernel.global_oom' } as const;

/** Verdict over a run, against the baseline of another one. */
function verdict(trials: readonly MadeUpTrial[], former: readonly MadeUpTrial[] | null = null) {
  const result = madeUpResult(trials, { variants: ['rules'] });
  const baseline = former === null ? null : baselineOf(madeUpResult(former), null);
  return judgeGates(result, compareWithBaseline(result, baseline));
}
const kinds = (...given: Parameters<typeof verdict>) => verdict(...given).faults.map(({ kind }) => kind);

describe('gates', () => {
  it('let a run pass in which all that must be right is', () => {
    const { passed, faults, tolerated, always } = verdict([
      {},
      { askId: 'b-2-join/asked-1', gate: 'usually', ...WRONG },
      { askId: 'c-3-etl/asked-1', gate: 'usually' },
    ]);
    expect({ passed, faults, always }).toEqual({ passed: true, faults: [], always: { right: 1, of: 1 } });
    expect(tolerated).toEqual([{ id: 'b-2-join/asked-1 rules #1', why: 'cause: cause is off', because: 'it is new' }]);
  });

  it.each<[string, MadeUpTrial, string[]]>([
    ['a wrong answer where it must be right', WRONG, ['always']],
    ['a crash, also where it is only usually right', { status: 'crashed', gate: 'usually' }, ['crashed']],
    [
      'a hard gate, also where it is only usually right',
      { broken: ['evidence-validity'], gate: 'usually' },
      ['hard_gate'],
    ],
    ['a hard gate in a model’s answer', { broken: ['evidence-validity'], variant: 'live' }, ['hard_gate']],
    ['an answer that no deciding scorer speaks of', { values: { cause: null } }, ['always']],
  ])('block %s', (_, trial, expected) => {
    expect(kinds([{ askId: 'z-9-ok/asked-1' }, trial])).toEqual(expected);
  });

  it('block what is worse than the baseline where it is only usually right, by name', () => {
    const { faults } = verdict([{ gate: 'usually', ...WRONG }], [{ gate: 'usually' }]);
    expect(faults).toMatchObject([{ kind: 'worse', id: 'job-1-load/asked-1 rules' }]);
    expect(faults[0]?.why).toContain('is kernel.global_oom confirmed, wrong');
  });

  it('let better, changed and new ones pass', () => {
    const former = [{ gate: 'usually', ...WRONG }] as const;
    expect(kinds([{ gate: 'usually' }, { askId: 'n-1-new/asked-1' }], former)).toEqual([]);
    expect(kinds([{ gate: 'usually', given: 'kernel.oom_priority' }], former)).toEqual([]);
  });

  it('block when an ask of the baseline is gone, or a scorer', () => {
    expect(kinds([{}], [{}, { askId: 'b-2-join/asked-1' }])).toEqual(['gone']);
    const result = madeUpResult([{}]);
    const baseline = baselineOf(result, null);
    const fewer = { ...result, scorers: result.scorers.filter(({ name }) => name !== 'evidence-validity') };
    expect(judgeGates(fewer, compareWithBaseline(fewer, baseline)).faults).toMatchObject([
      { kind: 'gone', why: expect.stringContaining('evidence-validity') },
    ]);
  });

  it('never block one flip of a model', () => {
    expect(
      kinds([
        { variant: 'live', ...WRONG },
        { variant: 'live', status: 'crashed', attempt: 2 },
      ]),
    ).toEqual([]);
  });

  it('do not pass when nothing was looked at', () => {
    expect(kinds([])).toEqual(['nothing_ran']);
    expect(kinds([{ variant: 'live', status: 'not_run' }])).toEqual(['nothing_ran']);
    expect(kinds([{}, { askId: 'b-2-join/asked-1', status: 'not_run' }])).toEqual(['not_run']);
  });
});
