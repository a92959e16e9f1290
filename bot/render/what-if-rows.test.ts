import { describe, expect, it } from 'vitest';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { whatIfRows } from './what-if-rows.ts';

const whatIf = [{ without: 'skew_tail of stage 6', savedMs: 113_378, modelErrorPct: 0.2 }];
const ledger = { wallClockMs: 183_361, accounts: [], unexplainedMs: 0 };

describe('whatIfRows', () => {
  it('says what the run would have taken, and how far the replay is off', () => {
    expect(whatIfRows({ ...hostileDiagnosis('en'), ledger, whatIf })).toEqual([
      'skew tail of stage 6: about 1 min 10 s instead of 3 min 3 s (replay error 0.2 %)',
    ]);
    expect(whatIfRows({ ...hostileDiagnosis('zh'), ledger, whatIf })[0]).toContain('约 1 分 10 秒，而不是 3 分 3 秒');
  });

  it('never promises less than nothing', () => {
    const more = [{ without: 'x', savedMs: 999_999_999, modelErrorPct: 0 }];
    expect(whatIfRows({ ...hostileDiagnosis('en'), ledger, whatIf: more })[0]).not.toContain('-');
  });
});
