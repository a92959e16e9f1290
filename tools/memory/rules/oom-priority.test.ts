import { describe, expect, it } from 'vitest';
import { composedKill, fixtureLog, hostFacts } from './host-memory-fixture.ts';
import { oomPriority } from './oom-priority.ts';

const CHILD = '/node.slice/hadoop-yarn/container_1700000000000_0001_01_000002';

describe('memory/oom-priority', () => {
  it('sees the tiers that decided between holders of one size (recorded)', () => {
    const [finding, ...rest] = oomPriority.apply(hostFacts({ log: fixtureLog('score-tiers.dmesg.txt') }));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'kernel.oom_priority',
      keys: { pid: 10895, containerId: 'container_e12_1700000000000_0062_01_000011' },
      values: { victimAdj: 800, tiers: '0,100,300,800', rivalAdj: 0 },
    });
    expect(finding?.evidence.map((piece) => piece.excerpt).some((excerpt) => excerpt.includes('[  10717]'))).toBe(true);
  });

  it('sees tiers that took a smaller process instead of the largest', () => {
    const log = composedKill({
      full: '/node.slice',
      task: CHILD,
      victim: [9, 40_000, 500, 'java'],
      others: [[10, 90_000, 0, 'java']],
      limitKb: 520_000,
      usageKb: 520_000,
    });
    expect(oomPriority.apply(hostFacts({ log }))[0]).toMatchObject({
      kind: 'observed',
      values: { victimAdj: 500, rivalBytes: 90_000 * 4096 + 1036288 },
    });
  });

  it('is silent when size alone decided, when all scores are equal, and within one container', () => {
    const spec = { full: '/node.slice', task: CHILD, limitKb: 520_000, usageKb: 520_000 };
    const bySize = composedKill({ ...spec, victim: [9, 90_000, 300, 'java'], others: [[10, 20_000, 0, 'java']] });
    const equal = composedKill({ ...spec, victim: [9, 40_000, 300, 'java'], others: [[10, 39_000, 300, 'java']] });
    const own = composedKill({
      ...spec,
      full: CHILD,
      victim: [9, 40_000, 500, 'java'],
      others: [[10, 39_000, 0, 'java']],
    });
    for (const log of [bySize, equal, own]) expect(oomPriority.apply(hostFacts({ log }))).toEqual([]);
  });

  it('leaves a tiny victim to the rule about mistakes', () => {
    const log = composedKill({
      full: '/node.slice',
      task: CHILD,
      victim: [9, 4_000, 1000, 'sh'],
      others: [[10, 90_000, 0, 'java']],
      limitKb: 520_000,
      usageKb: 520_000,
    });
    expect(oomPriority.apply(hostFacts({ log }))).toEqual([]);
  });

  it('only suggests it for the scores that Kubernetes gives by itself', () => {
    const task = `/kubepods/burstable/pod5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21/${'b'.repeat(64)}`;
    const log = composedKill({
      full: '/kubepods',
      task,
      victim: [9, 40_000, 999, 'java'],
      others: [[10, 90_000, -997, 'java']],
      limitKb: 520_000,
      usageKb: 520_000,
    });
    expect(oomPriority.apply(hostFacts({ log }))[0]).toMatchObject({ kind: 'inferred', weight: 0.3 });
  });

  it('sees group priorities of vendor kernels', () => {
    const log = composedKill({ full: '/node.slice', task: CHILD, victim: [9, 40_000, 0, 'java'] });
    const group = (priority: string, on = '0') => [
      { at: null, files: { 'memory.priority': `${priority}\n`, 'memory.use_priority_oom': `${on}\n` } },
    ];
    const groups = { '/node.slice': group('0', '1'), [CHILD]: group('1'), '/node.slice/datanode': group('12') };
    const [finding] = oomPriority.apply(hostFacts({ log, groups }));
    expect(finding).toMatchObject({
      kind: 'observed',
      values: { victimPriority: 1, highestPriority: 12, switchedOn: '/node.slice' },
    });
    const off = { ...groups, '/node.slice': group('0') };
    expect(oomPriority.apply(hostFacts({ log, groups: off }))).toEqual([]);
  });

  it('says nothing without a process table', () => {
    const log = fixtureLog('score-tiers.dmesg.txt').split('\n').slice(-3).join('\n');
    expect(oomPriority.apply(hostFacts({ log }))).toEqual([]);
    expect(oomPriority.apply(hostFacts({}))).toEqual([]);
  });

  it("takes the scores of the host's own files when the dump was lost", () => {
    const log = fixtureLog('score-tiers.dmesg.txt').split('\n').slice(-3).join('\n');
    const process = (pid: number, group: string, adj: number, rssKb: number) => ({
      pid,
      at: 2000,
      files: {
        oom_score_adj: `${adj}\n`,
        cgroup: `4:memory:/bigdata.slice/${group}\n`,
        status: `Name:\tjava\nVmRSS:\t ${rssKb} kB\n`,
      },
    });
    const processes = [process(10717, 'datanode', 0, 328752), process(10895, 'hadoop-yarn/c', 800, 200000)];
    expect(oomPriority.apply(hostFacts({ log, processes }))[0]).toMatchObject({
      values: { victimAdj: 800, rivalPid: 10717 },
    });
  });
});
