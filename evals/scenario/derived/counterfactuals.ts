import type { Change, Derivation } from './change.ts';

const GROUP = 'hosts/nm-0217/sys/fs/cgroup/memory/hadoop-yarn/container_e12_1700000000000_0042_01_000008';
const STDERR =
  'hosts/nm-0217/data/yarn/logs/application_1700000000000_0042/container_e12_1700000000000_0042_01_000008/stderr';

/** The container's group never came to its limit of 440401920 bytes, and nothing in it was killed by the kernel for memory. */
const GROUP_STAYED_BELOW: readonly Change[] = [
  { replace: '440401920', by: '436424704', times: 1, in: `${GROUP}/memory.max_usage_in_bytes` },
  { replace: '56', by: '0', times: 1, in: `${GROUP}/memory.failcnt` },
  { replace: 'oom_kill 1', by: 'oom_kill 0', times: 1, in: `${GROUP}/memory.oom_control` },
];

/** Twins: one fact differs from the parent, in every place that tells it, and with it the cause. */
export const COUNTERFACTUALS: readonly Derivation[] = [
  // The node manager's limit that was passed is the virtual one: 2406236160 bytes of 1691143372 (2.1 times 768 MB), while the resident size
  // is 734.8 MB of 768 (java 178322 pages instead of 198322). The process tree, the exit code (-103) and the verdict say so in each place.
  {
    id: 'derived-511-campaign-export-full',
    from: 'yarn-017-campaign-export-full',
    changes: [
      {
        replace: "47140864B beyond the 'PHYSICAL' memory limit. Current usage: 813.0 MB",
        by: "715092788B beyond the 'VIRTUAL' memory limit. Current usage: 734.8 MB",
        times: 6,
      },
      {
        replace: 'Limit=805306368, current usage = 852447232',
        by: 'Limit=1691143372, current usage = 2406236160',
        times: 1,
      },
      { replace: '2276560896 198322', by: '2276560896 178322', times: 6 },
      { replace: 'exitCode: -104', by: 'exitCode: -103', times: 5 },
      { replace: 'exit status: -104', by: 'exit status: -103', times: 1 },
    ],
  },
  // The kernel's report is of a neighbour: another container's group, other pids. The worker's own group stayed below its limit.
  {
    id: 'derived-512-ad-scoring',
    from: 'cache-201-ad-scoring',
    changes: [
      { replace: '_0042_01_000008', by: '_0039_01_000004', times: 3, in: 'hosts/nm-0217/dmesg.txt' },
      { replace: '19972', by: '18655', times: 5, in: 'hosts/nm-0217/dmesg.txt' },
      { replace: '19971', by: '18654', times: 2, in: 'hosts/nm-0217/dmesg.txt' },
      { replace: '19704', by: '18317', times: 2, in: 'hosts/nm-0217/dmesg.txt' },
      ...GROUP_STAYED_BELOW,
    ],
  },
  // The worker died of signal 11, not 9: the kernel log has its segmentation fault in the place of the report.
  {
    id: 'derived-513-ad-scoring',
    from: 'cache-201-ad-scoring',
    changes: [
      {
        lines: 'hosts/nm-0217/dmesg.txt',
        from: 1,
        to: 81,
        by: [
          '[ 1458.396534] python3[19972]: segfault at 18 ip 00007fec0e36aa12 sp 00007ffef1e06948 error 4 in _embed.cpython-311-x86_64-linux-gnu.so[7fec0e362000+2b000] likely on CPU 1 (core 1, socket 0)',
          '[ 1458.396561] Code: 94 11 00 ff ff ff 66 90 62 e1 fe 48 6f 0e 62 e1 fe 48 6f 56 01 62 e1 fe 48 6f 5e 02 62 e1 fe 48 6f 66 03 48 81 ee 00 ff ff ff <62> e1 fd 48 7f 0f 62 e1 fd 48 7f 57 01 62 e1 fd 48 7f 5f 02 62 e1',
        ],
      },
      { replace: 'return code -9', by: 'return code -11', times: 1, in: STDERR },
      { replace: 'oom_kill 1', by: 'oom_kill 0', times: 1, in: 'hosts/nm-0217/proc/vmstat' },
      ...GROUP_STAYED_BELOW,
    ],
  },
];
