import { describe, expect, it } from 'vitest';
import { bookTime } from '../ledger/book-time.ts';
import { randomRun } from '../ledger/fixtures/random-run.ts';
import { compareRuns } from './compare-runs.ts';
import { buildJob, judge, reduceStage, scanStage } from './fixtures/build-job.ts';

describe('compareRuns', () => {
  it('adds up: the change of the wall clock is the sum over the accounts, for one run and for many', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const slow = randomRun(seed);
      for (const count of [1, 2, 5]) {
        const baselines = Array.from({ length: count }, (_, i) => randomRun(1000 + seed * 10 + i)).map((run) => ({
          run,
          ledger: bookTime(run),
        }));
        const comparison = compareRuns(slow, bookTime(slow), baselines);
        const sum =
          comparison.accounts.reduce((ms, account) => ms + account.deltaMs, 0) + comparison.unexplainedDeltaMs;
        expect(sum, `seed ${seed}, ${count} runs`).toBe(comparison.deltaMs);
        expect(comparison.slowMs - comparison.usualMs).toBe(comparison.deltaMs);
        for (const stage of comparison.stages) {
          const parts = stage.moreWorkMs + stage.slowerWorkMs + stage.lessCapacityMs + stage.doneAgainMs;
          expect(parts).toBeCloseTo(stage.deltaMs, 6);
        }
      }
    }
  });

  it('says what one run and what several are compared as', () => {
    expect(judge({}, {}).comparison.baseline).toBe('run');
    const several = judge({}, {}, {}, {}).comparison;
    expect(several.baseline).toBe('median');
    expect(several.with).toHaveLength(3);
    expect(several.baselineWallClockMs).toHaveLength(3);
  });

  it('takes the usual of several runs account by account, not the odd one', () => {
    const odd = { driverMs: 60_000 };
    const { comparison } = judge({ driverMs: 20_000 }, {}, odd, {}, {}, {});
    const driver = comparison.accounts.find(({ account }) => account === 'driver');
    expect(driver?.deltaMs).toBeGreaterThan(18_000);
    expect(comparison.accounts[0]?.account).toBe('driver');
  });

  it('splits a stage into more work, slower work, less capacity and work done again', () => {
    const more = judge({ stages: [scanStage({ ms: 30_000, inputRecords: 3_000_000 }), reduceStage()] }).comparison
      .stages[0];
    expect(more).toMatchObject({ stageId: 0, match: 'both', workRatio: 3 });
    expect(more?.moreWorkMs).toBeGreaterThan(19_000);
    expect(Math.abs(more?.slowerWorkMs ?? 9e9)).toBeLessThan(1_500);

    const slower = judge({ stages: [scanStage({ ms: 30_000 }), reduceStage()] }).comparison.stages[0];
    expect(slower?.moreWorkMs).toBe(0);
    expect(slower?.slowerWorkMs).toBeGreaterThan(19_000);

    const fewer = judge({ hosts: ['h1'] }).comparison;
    expect(fewer.stages[0]?.lessCapacityMs).toBeGreaterThan(15_000);
    expect(fewer.split.lessCapacityMs).toBeGreaterThan(fewer.deltaMs * 0.8);

    const failing = scanStage();
    const again = judge({
      stages: [
        {
          ...failing,
          tasks: failing.tasks.flatMap((task, i) => [
            { ...task, index: i, status: 'failed' as const },
            { ...task, index: i, attempt: 1 },
          ]),
        },
        reduceStage(),
      ],
    }).comparison.stages[0];
    expect(again?.doneAgainMs).toBeGreaterThan(9_000);
  });

  it('refuses to compare with nothing', () => {
    const { run, ledger } = buildJob();
    expect(() => compareRuns(run, ledger, [])).toThrow(RangeError);
  });

  it('tells an unfinished run from a finished one', () => {
    const cut = buildJob();
    const run = { ...cut.run, completeness: { ...cut.run.completeness, end: 'in_progress' as const } };
    expect(compareRuns(run, cut.ledger, [buildJob()]).complete).toBe(false);
  });
});
