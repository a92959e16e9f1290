import { describe, expect, it } from 'vitest';
import { blockedProcess } from './blocked-process.ts';
import { hostFacts } from './host-memory-fixture.ts';

const GROUP = '/hadoop-yarn/container_e12_1700000000000_0042_01_000008';

function facts(files: Record<string, string>) {
  return hostFacts({ processes: [{ pid: 31414, files: { cgroup: `4:memory:${GROUP}\n`, ...files } }] });
}

const status = (state: string) => `Name:\tjava\nUmask:\t0022\nState:\t${state}\nPid:\t31414\n`;

describe('memory/blocked-process', () => {
  it('sees a process that waits for its full group (frames composed from mm/memcontrol.c)', () => {
    const stack = '[<0>] mem_cgroup_oom_synchronize+0x12f/0x150\n[<0>] pagefault_out_of_memory+0x1d/0x60\n';
    const [finding] = blockedProcess.apply(facts({ status: status('D (disk sleep)'), stack }));
    expect(finding).toMatchObject({
      kind: 'inferred',
      code: 'kernel.memcg_oom',
      keys: { pid: 31414, host: 'node7', cgroupPath: GROUP, containerId: 'container_e12_1700000000000_0042_01_000008' },
      values: { frame: 'mem_cgroup_oom_synchronize' },
    });
    expect(finding?.evidence.at(-1)?.excerpt).toBe('[<0>] mem_cgroup_oom_synchronize+0x12f/0x150');
  });

  it('sees a process in reclaim by its wait channel alone', () => {
    const [finding] = blockedProcess.apply(facts({ wchan: 'mem_cgroup_handle_over_high' }));
    expect(finding).toMatchObject({ code: 'kernel.direct_reclaim', kind: 'inferred' });
  });

  it('sees a stopped process and gives no cause for it', () => {
    const [finding] = blockedProcess.apply(facts({ status: status('T (stopped)') }));
    expect(finding).toMatchObject({ code: null, symptom: 'heartbeat_late', values: { state: 'T' } });
  });

  it('names the cause where others wait for the stopped process, by the class that its JVM runs', () => {
    const cmdline = (daemon: string) => `/usr/bin/java\0-Xmx8g\0-cp\0/opt/conf:/opt/lib/*\0${daemon}\0`;
    const master = cmdline('alluxio.master.AlluxioMaster');
    expect(blockedProcess.apply(facts({ status: status('T (stopped)'), cmdline: master }))).toMatchObject([
      {
        code: 'cache.master_unresponsive',
        kind: 'observed',
        sharedService: true,
        refutes: [{ code: 'cache.master_gc' }],
        evidence: [{ provenance: 'kernel', excerpt: 'State:\tT (stopped)' }],
      },
    ]);
    expect(blockedProcess.apply(facts({ status: status('S (sleeping)'), cmdline: master }))).toEqual([]);
    const other = cmdline('com.example.Report');
    expect(blockedProcess.apply(facts({ status: status('T (stopped)'), cmdline: other }))).toMatchObject([
      { code: null },
    ]);
  });

  it('is silent for a process that sleeps on a lock (recorded stack), and without processes', () => {
    const stack = '[<0>] futex_do_wait+0x46/0x90\n[<0>] __futex_wait+0x8a/0x100\n[<0>] futex_wait+0x67/0x120\n';
    expect(blockedProcess.apply(facts({ status: status('S (sleeping)'), stack, wchan: 'futex_do_wait' }))).toEqual([]);
    expect(blockedProcess.apply(hostFacts({}))).toEqual([]);
  });
});
