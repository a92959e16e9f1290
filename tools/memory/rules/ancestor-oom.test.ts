import { describe, expect, it } from 'vitest';
import { ancestorOom } from './ancestor-oom.ts';
import { composedKill, fixtureLog, hostFacts } from './host-memory-fixture.ts';

const POD = '/kubepods/burstable/pod5f1c2a34-7be0-4d51-9c1e-0a4d8e6b7f21';
const EXECUTOR = `${POD}/8c1d9f0b2a7e4c5d9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a`;
const SHIPPER = `${POD}/1f77ab30cc42e9d04b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b`;
const UNLIMITED = '9223372036854771712\n';

describe('memory/ancestor-oom', () => {
  it('names the neighbour without a limit that filled the pod (recorded log, files as recorded)', () => {
    const groups = {
      [EXECUTOR]: [
        {
          at: null,
          files: {
            'memory.limit_in_bytes': '503316480\n',
            'memory.max_usage_in_bytes': '413392896\n',
            'memory.failcnt': '0\n',
          },
        },
      ],
      [SHIPPER]: [{ at: null, files: { 'memory.limit_in_bytes': UNLIMITED, 'memory.usage_in_bytes': '197931008\n' } }],
    };
    const [finding, ...rest] = ancestorOom.apply(hostFacts({ log: fixtureLog('pod-neighbour.dmesg.txt'), groups }));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'kernel.memcg_ancestor_oom',
      keys: { pid: 22224, cgroupPath: EXECUTOR },
      completeStatement: 'kernel_oom_report',
      values: {
        limitBytes: 587202560,
        ownLimitBytes: 503316480,
        ownPeakBytes: 413392896,
        ownLimitHits: 0,
        largestOther: SHIPPER,
        largestOtherBytes: 197931008,
      },
    });
    expect(finding?.statement.en).toContain('394.2 MiB of its own 480 MiB');
    expect(finding?.statement.en).toContain('held 188.8 MiB without a limit of its own');
    expect(finding?.refutes?.[0]).toMatchObject({
      code: 'kernel.memcg_oom',
      why: { en: expect.stringContaining('failcnt 0') },
    });
  });

  it('counts the small workers of a neighbour together', () => {
    const others = Array.from({ length: 20 }, (_, at) => [100 + at, 5_000, 0, 'python3'] as const);
    const log = composedKill({
      full: '/hadoop-yarn',
      task: '/hadoop-yarn/container_1700000000000_0001_01_000002',
      victim: [9, 30_000, 0, 'java'],
      others,
    });
    const [finding] = ancestorOom.apply(hostFacts({ log }));
    expect(finding?.values).toMatchObject({
      largestOther: 'python3',
      largestOtherProcesses: 20,
      largestOtherBytes: 20 * 5_000 * 4096,
    });
    expect(finding?.statement.en).toContain('20 processes python3');
  });

  it("takes the sub-groups of an old kernel's dump", () => {
    const log = `[ 5.000001] java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
[ 5.000002] Task in /hadoop-yarn/a killed as a result of limit of /hadoop-yarn
[ 5.000003] memory: usage 1048576kB, limit 1048576kB, failcnt 9
[ 5.000004] Memory cgroup stats for /hadoop-yarn: cache:0KB rss:0KB
[ 5.000005] Memory cgroup stats for /hadoop-yarn/a: cache:0KB rss:204800KB
[ 5.000006] Memory cgroup stats for /hadoop-yarn/b: cache:0KB rss:843760KB
[ 5.000007] Memory cgroup out of memory: Kill process 7 (java) score 195 or sacrifice child
[ 5.000008] Killed process 7 (java) total-vm:9kB, anon-rss:204800kB, file-rss:0kB`;
    expect(ancestorOom.apply(hostFacts({ log }))[0]?.values).toMatchObject({
      largestOther: '/hadoop-yarn/b',
      largestOtherBytes: 843760 * 1024,
    });
  });

  it('tells two containers of a pod apart by their scores when there are no files', () => {
    const spec = {
      full: POD,
      task: EXECUTOR,
      victim: [9, 100_000, 900, 'java'] as const,
      limitKb: 560_000,
      usageKb: 560_000,
    };
    const other = hostFacts({ log: composedKill({ ...spec, others: [[10, 40_000, 999, 'python3']] }) });
    const own = hostFacts({ log: composedKill({ ...spec, others: [[10, 40_000, 900, 'python3']] }) });
    expect(ancestorOom.apply(other)).toHaveLength(1);
    expect(ancestorOom.apply(own)).toEqual([]);
  });

  it('is silent for an own limit and for the host', () => {
    expect(ancestorOom.apply(hostFacts({ log: fixtureLog('own-limit.dmesg.txt') }))).toEqual([]);
    expect(
      ancestorOom.apply(hostFacts({ log: composedKill({ full: null, task: '/x', victim: [9, 1, 0, 'a'] }) })),
    ).toEqual([]);
  });

  it('says nothing without a kernel log', () => {
    expect(ancestorOom.apply(hostFacts({}))).toEqual([]);
  });
});
