import { describe, expect, it } from 'vitest';
import type { TimeLedger } from '../time-ledger.ts';
import { accountTotals } from './account-totals.ts';
import { bookTime, bookWindow, prepareBooking } from './book-time.ts';
import { buildRun } from './fixtures/build-run.ts';
import { randomRun, randomRunSpec, scaledRun, seeded } from './fixtures/random-run.ts';
import { sweep } from './sweep.ts';

const SEEDS = Array.from({ length: 400 }, (_, i) => i + 1);

function ms(ledger: TimeLedger, account: string): number {
  return ledger.accounts.find((entry) => entry.account === account)?.ms ?? 0;
}

function expectSound(ledger: TimeLedger, seed: number): void {
  const sum = ledger.accounts.reduce((total, entry) => total + entry.ms, 0) + ledger.unexplainedMs;
  expect(sum, `seed ${seed}`).toBe(ledger.wallClockMs);
  expect(ledger.unexplainedMs).toBeGreaterThanOrEqual(0);
  for (const entry of ledger.accounts) {
    expect(Number.isInteger(entry.ms) && entry.ms > 0, `seed ${seed} ${entry.account} ${entry.ms}`).toBe(true);
    const staged = Object.values(entry.byStage).reduce((total, share) => total + share, 0);
    const hosted = Object.values(entry.byHost).reduce((total, share) => total + share, 0);
    expect(staged, `seed ${seed} ${entry.account}`).toBeLessThanOrEqual(entry.ms);
    expect(hosted, `seed ${seed} ${entry.account}`).toBeLessThanOrEqual(entry.ms);
  }
}

describe('bookTime over any run', () => {
  it('adds up to the wall clock, to the millisecond, and never goes below zero', () => {
    for (const seed of SEEDS) expectSound(bookTime(randomRun(seed)), seed);
  });

  it('books an unrounded sum equal to the wall clock: nothing is made up by rounding', () => {
    for (const seed of SEEDS) {
      const { timeline, breakdown, tails } = prepareBooking(randomRun(seed));
      const totals = accountTotals(timeline, sweep(timeline), breakdown, tails);
      const sum = Object.values(totals.ms).reduce((total, share) => total + share, 0) + totals.unexplained;
      expect(Math.abs(sum - (timeline.window.to - timeline.window.from)), `seed ${seed}`).toBeLessThan(1e-3);
    }
  });

  it('splits at any instant into two ledgers that add up to the whole', () => {
    for (const seed of SEEDS) {
      const prepared = prepareBooking(randomRun(seed));
      const { from, to } = prepared.timeline.window;
      const cut = from + Math.floor(seeded(seed)() * (to - from));
      const whole = bookWindow(prepared, from, to);
      const before = bookWindow(prepared, from, cut);
      const after = bookWindow(prepared, cut, to);
      expectSound(before, seed);
      expectSound(after, seed);
      const accounts = new Set(
        [...whole.accounts, ...before.accounts, ...after.accounts].map((entry) => entry.account),
      );
      for (const account of accounts) {
        const gap = Math.abs(ms(before, account) + ms(after, account) - ms(whole, account));
        expect(gap, `seed ${seed} ${account}`).toBeLessThanOrEqual(accounts.size + 1);
      }
    }
  });

  it('grows by k when all times grow by k', () => {
    for (const seed of SEEDS) {
      const once = prepareBooking(randomRun(seed));
      const seven = prepareBooking(scaledRun(seed, 7));
      const a = accountTotals(once.timeline, sweep(once.timeline), once.breakdown, once.tails);
      const b = accountTotals(seven.timeline, sweep(seven.timeline), seven.breakdown, seven.tails);
      for (const [account, share] of Object.entries(a.ms)) {
        expect(b.ms[account as keyof typeof b.ms], `seed ${seed} ${account}`).toBeCloseTo(share * 7, 3);
      }
      expect(b.unexplained).toBeCloseTo(a.unexplained * 7, 3);
    }
  });

  it('an idle executor more keeps the ratios of what attempts did and grows only free slots', () => {
    for (const seed of SEEDS) {
      const spec = randomRunSpec(seed);
      const settled = (spec.executors ?? [])
        .filter((_, i) => i === 0)
        .map((executor) => ({ ...executor, id: 'a', cores: 3 }));
      const fixed = { addedAt: 0, removedAt: null, resourceProfileId: 0, exclusions: [] };
      const base = {
        ...spec,
        spark: {},
        platform: 'yarn' as const,
        executors: settled.map((executor) => ({ ...executor, ...fixed, cores: 40 })),
      };
      if (base.executors.length === 0) continue;
      const more = { ...base, executors: [...base.executors, { id: 'b', cores: 10, ...fixed }] };
      const few = prepareBooking(buildRun(base));
      const many = prepareBooking(buildRun(more));
      const sweptFew = sweep(few.timeline);
      const sweptMany = sweep(many.timeline);
      for (let row = 0; row < sweptFew.busy.length; row++) {
        // 40 slots became 50: every attempt carries 40/50 of what it carried, so their ratios stay.
        expect(sweptMany.busy[row]).toBeCloseTo((sweptFew.busy[row] as number) * 0.8, 6);
      }
      expect(sweptMany.driver).toBeCloseTo(sweptFew.driver, 6);
      expect(sweptMany.commit).toBeCloseTo(sweptFew.commit, 6);
    }
  });

  it('books 100,000 tasks in well under a second', () => {
    const tasks = Array.from({ length: 100_000 }, (_, i) => ({
      launch: Math.floor(i / 500) * 100,
      finish: Math.floor(i / 500) * 100 + 60 + (i % 40),
      executor: String(i % 50),
    }));
    const run = buildRun({
      end: 25_000,
      executors: Array.from({ length: 50 }, (_, i) => ({ id: String(i), cores: 10 })),
      stages: [{ id: 0, from: 0, to: 21_000, tasks }],
      jobs: [{ id: 0, submittedAt: 0, endedAt: 21_000 }],
    });
    // CPU time of the best of three: the clock would measure how busy the machine is.
    const took = Math.min(
      ...Array.from({ length: 3 }, () => {
        const before = process.cpuUsage();
        expectSound(bookTime(run), 0);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      }),
    );
    expect(took).toBeLessThan(1000);
  });
});
