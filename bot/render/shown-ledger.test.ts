import { describe, expect, it } from 'vitest';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { showsLedger } from './shown-ledger.ts';

describe('showsLedger', () => {
  it('is true for what was compared and for runs that did not fail', () => {
    const base = hostileDiagnosis('en');
    expect(showsLedger({ ...base, runState: 'failed' })).toBe(true);
    const alone = { ...base, comparison: null };
    expect(showsLedger({ ...alone, runState: 'failed' })).toBe(false);
    expect(showsLedger({ ...alone, runState: 'killed' })).toBe(false);
    expect(showsLedger({ ...alone, runState: 'succeeded' })).toBe(true);
    expect(showsLedger({ ...alone, runState: 'unknown', outcome: 'needs_more' })).toBe(false);
    expect(showsLedger({ ...alone, runState: 'unknown', outcome: 'answered' })).toBe(true);
  });
});
