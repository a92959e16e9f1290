import { describe, expect, it } from 'vitest';
import { globalOom } from './global-oom.ts';
import { composedKill, fixtureLog, hostFacts } from './host-memory-fixture.ts';

const ID = 'a'.repeat(64);

describe('memory/global-oom', () => {
  it("is observed for a host-wide kill, and speaks against the container's limit", () => {
    const log = composedKill({
      full: null,
      task: `/docker/${ID}`,
      victim: [9, 1000, 0, 'java'],
      others: [[10, 500_000, -900, 'mysqld']],
    });
    const [finding] = globalOom.apply(hostFacts({ log }));
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'kernel.global_oom',
      completeStatement: 'kernel_oom_report',
      keys: { containerId: ID, pid: 9 },
      values: { largestProcess: 'mysqld', largestProcessBytes: 500_000 * 4096 },
    });
    expect(finding?.refutes?.map((entry) => entry.code)).toEqual([
      'kernel.memcg_oom',
      'kernel.memcg_ancestor_oom',
      'memory.container_physical_limit',
      'memory.executor_heap_oom',
    ]);
  });

  it('is observed by the decision line alone, which is no whole report', () => {
    const log =
      composedKill({ full: null, task: '/x', victim: [9, 1000, 0, 'java'] })
        .split('\n')
        .at(-2) ?? '';
    const [finding] = globalOom.apply(hostFacts({ log }));
    expect(finding).toMatchObject({ kind: 'observed', code: 'kernel.global_oom' });
    expect(finding?.completeStatement).toBeUndefined();
  });

  it('stands back behind signs of a spurious kill', () => {
    const log = composedKill({ full: null, task: '/x', victim: [9, 1000, 0, 'java'], order: 3 });
    expect(globalOom.apply(hostFacts({ log }))[0]).toMatchObject({ kind: 'inferred', weight: 0.4 });
  });

  it('is only suggested when the memory nodes were restricted', () => {
    const log = composedKill({ full: null, task: '/x', victim: [9, 1000, 0, 'java'] }).replace(
      'CONSTRAINT_NONE',
      'CONSTRAINT_CPUSET',
    );
    const [finding] = globalOom.apply(hostFacts({ log }));
    expect(finding).toMatchObject({ kind: 'inferred', weight: 0.4 });
    expect(finding?.statement.en).toContain('cpuset or memory policy');
    expect(finding?.completeStatement).toBeUndefined();
  });

  it('is silent for a kill that somebody asked for through SysRq', () => {
    const log = composedKill({ full: null, task: '/x', victim: [9, 1000, 0, 'java'], order: -1 });
    expect(globalOom.apply(hostFacts({ log }))).toEqual([]);
  });

  it('is silent for kills of a memory group', () => {
    expect(globalOom.apply(hostFacts({ log: fixtureLog('own-limit.dmesg.txt') }))).toEqual([]);
    expect(globalOom.apply(hostFacts({ log: fixtureLog('score-tiers.dmesg.txt') }))).toEqual([]);
  });

  it('says nothing without a kernel log', () => {
    expect(globalOom.apply(hostFacts({}))).toEqual([]);
  });
});
