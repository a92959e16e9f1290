import { expect, it } from 'vitest';
import { baselineOf } from '../baseline/baseline-of.ts';
import { makeReport } from './make-report.ts';
import { madeUpResult } from './suite-result-fixture.ts';

it('a report joins figures, difference, gates and who is ready, this run included', () => {
  const result = madeUpResult([{ gate: 'usually' }], { seed: 5 });
  const baseline = { ...baselineOf(result, null), cleanRuns: { 'job-1-load': [1, 2, 3, 4] } };
  const report = makeReport(result, { baseline });
  expect(report.ready).toEqual(['job-1-load']);
  expect([report.difference.same, report.verdict.passed, report.live]).toEqual([1, true, null]);
  const worse = makeReport(madeUpResult([{ gate: 'usually', given: 'kernel.global_oom' }]), { baseline });
  expect([worse.verdict.faults.map(({ kind }) => kind), worse.worst.length, worse.ready]).toEqual([['worse'], 1, []]);
});

it('a model is compared with an earlier run', () => {
  const live = (given: 'kernel.memcg_oom' | 'kernel.global_oom') => madeUpResult([{ variant: 'live', given }]);
  const report = makeReport(live('kernel.memcg_oom'), { baseline: null, earlier: live('kernel.global_oom') });
  expect(report.live).toMatchObject({ was: 0, is: 1, p: 1 });
});
