import { expect, test } from 'vitest';
import { FIXTURE_START, sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { runClock } from './run-clock.ts';

test('start to end, or to the last event while there is no end', () => {
  expect(runClock(sparkRunFixture({ wallMs: 5_000 }))).toEqual({
    from: FIXTURE_START,
    to: FIXTURE_START + 5_000,
    ms: 5_000,
    ended: true,
  });
  expect(runClock(sparkRunFixture({ wallMs: 5_000, application: { endedAt: null } }))).toMatchObject({
    ms: 5_000,
    ended: false,
  });
});

test('no clock where no window is known', () => {
  const none = {
    application: { startedAt: null, endedAt: null },
    completeness: { firstEventAt: null, lastEventAt: null },
  };
  expect(runClock(sparkRunFixture(none))).toBeNull();
  expect(runClock(sparkRunFixture({ application: { endedAt: Number.POSITIVE_INFINITY } }))).toBeNull();
  expect(runClock(sparkRunFixture({ application: { endedAt: FIXTURE_START - 1 } }))).toBeNull();
});
