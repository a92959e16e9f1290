import { describe, expect, it } from 'vitest';
import type { LedgerAccount } from '../ledger-accounts.ts';
import type { TimeLedger } from '../time-ledger.ts';
import { accountDeltas, usualLedger } from './account-deltas.ts';
import { judge, reduceStage, scanStage, usualPlan } from './fixtures/build-job.ts';

function ledger(accounts: Partial<Record<LedgerAccount, number>>, unexplainedMs = 0): TimeLedger {
  const entries = Object.entries(accounts).map(([account, ms]) => ({
    account: account as LedgerAccount,
    ms,
    stages: [],
    byStage: {},
    byHost: {},
  }));
  const wallClockMs = entries.reduce((sum, { ms }) => sum + ms, unexplainedMs);
  return { wallClockMs, from: 0, to: wallClockMs, accounts: entries, unexplainedMs, notes: [] };
}

describe('usualLedger', () => {
  it('is the run itself where there is one', () => {
    expect(usualLedger([ledger({ compute: 70, gc: 30 }, 5)])).toMatchObject({
      wallClockMs: 105,
      accounts: { compute: 70, gc: 30 },
      unexplainedMs: 5,
    });
  });

  it('is the median of each account, scaled so that the parts add up to the median wall clock', () => {
    const usual = usualLedger([
      ledger({ compute: 100 }),
      ledger({ compute: 90, driver: 20 }),
      ledger({ compute: 80, driver: 900 }),
    ]);
    expect(usual.wallClockMs).toBe(110);
    expect(usual.accounts).toMatchObject({ compute: 90, driver: 20 });
    const odd = usualLedger([ledger({ compute: 100 }), ledger({ gc: 100 }), ledger({ driver: 100 })]);
    expect(Object.values(odd.accounts).reduce((sum, ms) => sum + ms, odd.unexplainedMs)).toBe(100);
  });
});

describe('accountDeltas', () => {
  it('puts the largest growth first and names shrinking accounts as such', () => {
    const deltas = accountDeltas(ledger({ compute: 10, gc: 90 }), usualLedger([ledger({ compute: 50 })]), []);
    expect(deltas.map(({ account, deltaMs }) => [account, deltaMs])).toEqual([
      ['gc', 90],
      ['compute', -40],
    ]);
  });

  it('says how much of a growth more rows explain, never more than it grew', () => {
    const { comparison } = judge({
      stages: [scanStage({ ms: 20_000, inputRecords: 3_000_000 }), reduceStage()],
      plan: usualPlan({ orders: { rows: 18_000_000, bytes: 1_800_000_000, files: 36 } }),
    });
    const compute = comparison.accounts.find(({ account }) => account === 'compute');
    expect(compute?.deltaMs).toBeGreaterThan(9_000);
    expect(compute?.moreWorkMs).toBe(compute?.deltaMs);
  });
});
