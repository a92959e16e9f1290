import { describe, expect, it } from 'vitest';
import { composedKill, fixtureLog, hostFacts } from './host-memory-fixture.ts';
import { memcgOom } from './memcg-oom.ts';

const POD = '/kubepods/burstable/pod5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21';
const CONTAINER = `${POD}/${'8'.repeat(64)}`;
const NEIGHBOUR = `${POD}/${'1'.repeat(64)}`;

describe('memory/memcg-oom', () => {
  it("is observed when the full group is the victim's own (recorded)", () => {
    const [finding, ...rest] = memcgOom.apply(hostFacts({ log: fixtureLog('own-limit.dmesg.txt') }));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'kernel.memcg_oom',
      completeStatement: 'kernel_oom_report',
      values: {
        usageBytes: 430080 * 1024,
        limitBytes: 430080 * 1024,
        failcnt: 56,
        pythonBytes: expect.any(Number),
        javaBytes: expect.any(Number),
      },
    });
    expect(finding?.refutes?.map((entry) => entry.code)).toEqual([
      'kernel.global_oom',
      'kernel.memcg_ancestor_oom',
      'memory.executor_heap_oom',
    ]);
    expect(finding?.evidence.at(-1)?.excerpt).toContain('oom-kill:constraint=CONSTRAINT_MEMCG');
    expect(finding?.statement.en).toContain('420 MiB');
    expect(finding?.statement.zh).toContain('420 MiB');
  });

  it("takes a pod's limit as the victim's own when nobody else in the pod holds memory", () => {
    const log = composedKill({
      full: POD,
      task: CONTAINER,
      victim: [9, 100_000, 900, 'java'],
      others: [[1, 1, -998, 'pause']],
      limitKb: 400_000,
      usageKb: 400_000,
    });
    expect(memcgOom.apply(hostFacts({ log }))[0]).toMatchObject({
      kind: 'observed',
      keys: { podUid: '5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21' },
    });
  });

  it("takes Python helpers with the same score for the victim's own", () => {
    const log = composedKill({
      full: POD,
      task: CONTAINER,
      victim: [9, 100_000, 900, 'java'],
      others: [[10, 60_000, 900, 'python3']],
      limitKb: 640_000,
      usageKb: 640_000,
    });
    expect(memcgOom.apply(hostFacts({ log }))).toHaveLength(1);
  });

  it('is silent when another container of the pod holds the memory', () => {
    const log = composedKill({
      full: POD,
      task: CONTAINER,
      victim: [9, 100_000, 900, 'java'],
      limitKb: 600_000,
      usageKb: 600_000,
    });
    const groups = { [NEIGHBOUR]: [{ at: null, files: { 'memory.usage_in_bytes': '198184960\n' } }] };
    expect(memcgOom.apply(hostFacts({ log, groups }))).toEqual([]);
  });

  it('is silent for an ancestor, for the host, and for a group far below its limit', () => {
    const ancestor = composedKill({ full: '/hadoop-yarn', task: '/hadoop-yarn/c', victim: [9, 1000, 0, 'java'] });
    const global = composedKill({ full: null, task: '/x', victim: [9, 1000, 0, 'java'] });
    const below = composedKill({ full: '/x', task: '/x', victim: [9, 1000, 0, 'java'], usageKb: 100, limitKb: 1000 });
    for (const log of [ancestor, global, below]) expect(memcgOom.apply(hostFacts({ log }))).toEqual([]);
  });

  it('is only suggested by a kill line whose groups were not printed', () => {
    const log =
      composedKill({ full: '/x', task: '/x', victim: [9, 1000, 0, 'java'] })
        .split('\n')
        .at(-1) ?? '';
    const [finding] = memcgOom.apply(hostFacts({ log }));
    expect(finding).toMatchObject({ kind: 'inferred', code: 'kernel.memcg_oom', weight: 0.7 });
    expect(finding?.refutes).toBeUndefined();
    expect(finding?.completeStatement).toBeUndefined();
  });

  it('says nothing without a kernel log', () => {
    expect(memcgOom.apply(hostFacts({}))).toEqual([]);
  });
});
