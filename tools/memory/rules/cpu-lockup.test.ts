import { describe, expect, it } from 'vitest';
import { cpuLockup } from './cpu-lockup.ts';
import { hostFacts } from './host-memory-fixture.ts';

// Composed from kernel/watchdog.c and kernel/rcu/tree_stall.h.
const SOFT = '[ 500.000001] watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [java:4711]';
const RCU = '[ 510.000001] rcu: INFO: rcu_sched self-detected stall on CPU';

describe('memory/cpu-lockup', () => {
  it('suggests a host whose CPU stood still', () => {
    expect(cpuLockup.apply(hostFacts({ log: `${SOFT}\n${RCU}` }))).toMatchObject([
      { kind: 'inferred', code: 'kernel.cpu_contention', count: 2, values: { seconds: 23 }, weight: 0.3 },
    ]);
  });

  it('is silent for another time, other words, and without a log', () => {
    expect(cpuLockup.apply(hostFacts({ log: SOFT, window: { from: 90_000, to: 90_100 } }))).toEqual([]);
    expect(
      cpuLockup.apply(
        hostFacts({ log: '[ 5.000001] NMI watchdog: Enabled. Permanently consumes one hw-PMU counter.' }),
      ),
    ).toEqual([]);
    expect(cpuLockup.apply(hostFacts({}))).toEqual([]);
  });
});
