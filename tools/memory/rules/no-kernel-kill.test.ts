import { describe, expect, it } from 'vitest';
import { fixtureLog, hostFacts } from './host-memory-fixture.ts';
import { noKernelKill } from './no-kernel-kill.ts';

const QUIET = '[  100.000001] eth0: link up\n[  900.000001] eth0: link down\n';

describe('memory/no-kernel-kill', () => {
  it('speaks against every kernel kill when the log covers the time', () => {
    const [finding] = noKernelKill.apply(hostFacts({ log: QUIET }));
    expect(finding).toMatchObject({ code: null, keys: { host: 'node7' } });
    expect(finding?.refutes?.map((entry) => entry.code)).toEqual(
      expect.arrayContaining(['kernel.memcg_oom', 'kernel.memcg_ancestor_oom', 'kernel.global_oom']),
    );
  });

  it('believes an empty log of the host, and a counter of zero since boot', () => {
    expect(noKernelKill.apply(hostFacts({ log: '' }))).toHaveLength(1);
    expect(noKernelKill.apply(hostFacts({ samples: [{ at: 1, readings: { 'vmstat:oom_kill': 0 } }] }))).toHaveLength(1);
  });

  it('keeps silent when the counter says otherwise', () => {
    expect(
      noKernelKill.apply(hostFacts({ log: '', samples: [{ at: 1, readings: { 'vmstat:oom_kill': 3 } }] })),
    ).toEqual([]);
    const risen = [{ at: null, files: { 'memory.oom_control': 'oom_kill 1\n' } }];
    expect(
      noKernelKill.apply(
        hostFacts({ log: '', groups: { '/hadoop-yarn/container_e12_1700000000000_0042_01_000008': risen } }),
      ),
    ).toEqual([]);
  });

  it('keeps silent when a large log begins after the time asked about', () => {
    const filler = Array.from(
      { length: 3000 },
      (_, at) => `[  ${500 + at}.000001] eth0: some message that fills the ring buffer`,
    ).join('\n');
    expect(noKernelKill.apply(hostFacts({ log: filler, window: { from: 100, to: 200 } }))).toEqual([]);
    expect(noKernelKill.apply(hostFacts({ log: filler, window: { from: 600, to: 900 } }))).toHaveLength(1);
  });

  it('keeps silent with a kill, for pasted text, and without a log', () => {
    expect(noKernelKill.apply(hostFacts({ log: fixtureLog('own-limit.dmesg.txt') }))).toEqual([]);
    expect(noKernelKill.apply({ ...hostFacts({ log: QUIET }), kernelProvenance: 'asker' })).toEqual([]);
    expect(noKernelKill.apply(hostFacts({}))).toEqual([]);
  });
});
