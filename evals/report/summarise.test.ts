import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import { type MadeUpTrial, madeUpResult } from './suite-result-fixture.ts';
import { summarise } from './summarise.ts';

/** The summary of the first variant of a made-up run. */
function summaryOf(trials: readonly MadeUpTrial[]) {
  const [first] = summarise(madeUpResult(trials)).variants;
  if (first === undefined) throw new Error('no variant');
  return first;
}
const WRONG = { given: 'kernel.global_oom', standing: 'likely' } as const;

describe('the summary of a run', () => {
  it('counts what was made, and what was not run nowhere but by name', () => {
    const trials: MadeUpTrial[] = [
      {},
      { askId: 'b-2-x/asked-1', ...WRONG },
      { askId: 'c-3-x/asked-1', status: 'crashed' },
      { askId: 'd-4-x/asked-1', status: 'not_run' },
    ];
    const of = summaryOf(trials);
    expect(of).toMatchObject({ trials: 3, asks: 3, incidents: 3, crashed: 1, notRun: 1 });
    expect([of.right?.hits, of.right?.of]).toEqual([1, 3]);
    expect(of.right?.interval).toEqual(wilsonInterval(1, 3));
    expect(of.scorers.find(({ name }) => name === 'cause')?.of).toBe(3);
    expect(of.costs.every(({ of }) => of <= 3)).toBe(true);
    expect(of.behaviours.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(summarise(madeUpResult(trials)).notRun).toEqual([
      { id: 'd-4-x/asked-1 rules #1', why: 'the server is down' },
    ]);
  });

  it('of a run in which nothing was made has no figure at all', () => {
    const of = summaryOf([{ status: 'not_run' }]);
    expect([of.right, of.wrongConfirmed, of.brier, of.passPower, of.costs]).toEqual([null, null, null, [], []]);
    expect(of.cuts.tag).toEqual([
      { name: 'failure', incidents: 1, right: null, notRun: 1 },
      { name: 'spark', incidents: 1, right: null, notRun: 1 },
    ]);
  });

  it('keeps variants apart, and calls nothing of `scripted` accuracy', () => {
    const { variants } = summarise(madeUpResult([{ variant: 'scripted', ...WRONG }, {}]));
    expect(variants.map(({ variant, isAccuracy, right }) => [variant, isAccuracy, right?.value])).toEqual([
      ['rules', true, 1],
      ['scripted', false, 0],
    ]);
  });

  it('tells wrong and confirmed from wrong', () => {
    const of = summaryOf([
      { askId: 'a-1-x/asked-1', ...WRONG },
      { askId: 'b-2-x/asked-1', ...WRONG, standing: 'confirmed' },
    ]);
    expect([of.right?.hits, of.wrongConfirmed?.hits]).toEqual([0, 1]);
  });

  it('puts what is as good on the diagonal, and lists what was taken for what with where', () => {
    const of = summaryOf([
      { askId: 'a-1-x/asked-1', given: 'memory.spill', expected: { alsoRight: ['memory.spill'] } },
      { askId: 'b-2-x/asked-1', given: 'storage.bad_disk' },
      { askId: 'b-2-x/theory', given: 'storage.bad_disk' },
      { askId: 'c-3-x/asked-1', status: 'crashed' },
    ]);
    expect(of.groups).toEqual([
      { expected: 'kernel', given: 'storage', count: 2 },
      { expected: 'kernel', given: '(crashed)', count: 1 },
      { expected: 'kernel', given: 'kernel', count: 1 },
    ]);
    expect(of.confusions).toEqual([
      { expected: 'kernel.memcg_oom', given: 'storage.bad_disk', count: 2, scenarios: ['b-2-x'] },
      { expected: 'kernel.memcg_oom', given: '(crashed)', count: 1, scenarios: ['c-3-x'] },
    ]);
  });

  it('gives who always asks for more no coverage, and shows it by what had to be done', () => {
    const shy = { given: 'unknown.insufficient_evidence', standing: 'inconclusive', outcome: 'needs_more' } as const;
    const of = summaryOf([shy, { askId: 'b-2-x/asked-1', ...shy }]);
    expect([of.abstained, of.coverageRisk, of.calibration, of.brier]).toEqual([2, [], [], null]);
    expect(of.behaviours).toEqual([{ expected: 'answer', given: 'needs_more', count: 2 }]);
  });

  it('tells how sure answers are, against how right', () => {
    const of = summaryOf([{}, { askId: 'b-2-x/asked-1', ...WRONG }]);
    expect(of.coverageRisk.map(({ coverage, risk }) => [coverage, risk])).toEqual([
      [0.5, 0],
      [1, 0.5],
    ]);
    expect(of.brier).toBeCloseTo((0.03 ** 2 + 0.7 ** 2) / 2, 12);
  });

  it('tells pass^k and flips of asks that were repeated', () => {
    const tries = (askId: string, rights: readonly boolean[]) =>
      rights.map((right, at): MadeUpTrial => ({ askId, variant: 'live', attempt: at + 1, ...(right ? {} : WRONG) }));
    const of = summaryOf([
      ...tries('a-1-x/asked-1', [true, true, false]),
      ...tries('b-2-x/asked-1', [true, true, true]),
    ]);
    expect(of.passPower.map(({ k, value }) => [k, Math.round(value * 1000) / 1000])).toEqual([
      [1, 0.833],
      [2, 0.667],
      [3, 0.5],
    ]);
    expect(of.flipping).toEqual({ asks: 1, of: 2 });
    expect(of.asks).toBe(2);
  });
});
