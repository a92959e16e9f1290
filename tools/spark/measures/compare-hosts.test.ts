import { expect, test } from 'vitest';
import { sparkRunFixture, type TaskSpec } from '../rules/spark-run-fixture.ts';
import { compareHosts, cpuMsOf, farAbove, ownRunMs, sameVolume } from './compare-hosts.ts';

const task = (host: string, inputRecords: number, extra: Partial<TaskSpec> = {}): TaskSpec => ({
  at: 0,
  ms: 1_000,
  host,
  inputRecords,
  ...extra,
});

test("a host's median beside the median of the other hosts' medians", () => {
  const run = sparkRunFixture({ tasks: [task('a', 10), task('a', 30), task('b', 5), task('c', 7), task('c', 9)] });
  const [a] = compareHosts(run, 0);
  expect(a?.host).toBe('a');
  expect(a?.otherHosts).toBe(2);
  expect(a?.figures((row) => run.tasks.inputRecords[row] ?? 0)).toEqual({ own: 10, others: 5 });
});

test('one host has nobody to be compared with', () => {
  expect(compareHosts(sparkRunFixture({ tasks: [task('a', 1), task('a', 2)] }), 0)).toEqual([]);
});

test('the same volume by rows read, else by rows written', () => {
  const volume = (own: number, others: number) => {
    const run = sparkRunFixture({ tasks: [task('a', own), task('b', others)] });
    const [a] = compareHosts(run, 0);
    return a ? sameVolume(run, a) : null;
  };
  expect([volume(100, 100), volume(140, 100), volume(200, 100), volume(0, 100)]).toEqual([true, true, false, false]);
});

test('far above is both a ratio and a time', () => {
  expect([farAbove(60_000, 6_000), farAbove(9_000, 1_000), farAbove(60_000, 40_000)]).toEqual([true, false, false]);
});

test('own run time is what no metric explains; unknown CPU time is no zero', () => {
  const run = sparkRunFixture({
    tasks: [task('a', 1, { runMs: 900, gcMs: 100, fetchWaitMs: 200, shuffleWriteMs: 50, cpuMs: Number.NaN })],
  });
  expect([ownRunMs(run, 0), cpuMsOf(run, 0)]).toEqual([550, null]);
});
