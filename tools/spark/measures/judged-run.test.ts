import { expect, test } from 'vitest';
import { sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { judgedClock, weightOf } from './judged-run.ts';

test('runs of seconds are not judged for slowness', () => {
  expect(judgedClock(sparkRunFixture({ wallMs: 9_000 }))).toBeNull();
  expect(judgedClock(sparkRunFixture({ wallMs: 11_000 }))).toMatchObject({ ms: 11_000 });
});

test('a share of the wall clock, none for what is too short, never more than all', () => {
  const clock = { from: 0, to: 100_000, ms: 100_000, ended: true };
  expect([weightOf(clock, 50_000), weightOf(clock, 1_900), weightOf(clock, 900_000)]).toEqual([0.5, 0, 1]);
});
