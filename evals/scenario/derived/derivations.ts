import type { Derivation } from './change.ts';
import { COUNTERFACTUALS } from './counterfactuals.ts';
import { INJECTIONS } from './injections.ts';

const USERLOGS = 'data/yarn/logs/';

/** Runs of which the deciding file was not collected, was cut, or is handed in by the asker; and runs that somebody else owns. */
const COLLECTED_OTHERWISE: readonly Derivation[] = [
  // Nothing of the host but the container's own log was collected.
  { id: 'derived-501-ad-scoring', from: 'cache-201-ad-scoring', changes: [{ keep: [`hosts/nm-0217/${USERLOGS}`] }] },
  // The container's log had been aggregated and deleted before anybody looked; the host's files are all there.
  {
    id: 'derived-502-profile-aggregate',
    from: 'cache-210-profile-aggregate',
    changes: [{ drop: [`hosts/nm-0718/${USERLOGS}`] }],
  },
  // The copy of the container's log ends before its end; the kernel's errors of another device are still there.
  {
    id: 'derived-503-job-0471',
    from: 'host-702-job-0471',
    changes: [
      {
        cut: 'hosts/bd-core-138/data2/nm/userlogs/application_1795200000000_0471/container_e31_1795200000000_0471_01_000002/stderr',
        after: 12,
      },
    ],
  },
  // The gateway's log ends before the exception, and nothing of HDFS was collected.
  {
    id: 'derived-504-ods-order-hourly-load',
    from: 'yarn-032-ods-order-hourly-load',
    changes: [
      { drop: ['hosts/bd-master01/var/log/hadoop-hdfs/', 'http/hdfs-namenode/'] },
      { cut: 'hosts/bd-gateway01/var/log/jobs/ods_order_hourly_load.log', after: 9 },
    ],
  },
  // Looked at 16 seconds after its start: driver log and event log end while both tasks run, and later runs have not been.
  {
    id: 'derived-505-dws-merge-out',
    from: 'local-505-dws-merge-out',
    changes: [
      {
        keep: [
          'hdfs/spark-history/local-1795278196507',
          'hosts/gw01/srv/jobs/dws_merge_out.py',
          'hosts/gw01/srv/logs/dws_merge_out_20261121.log',
        ],
      },
      { cut: 'hdfs/spark-history/local-1795278196507', after: 14 },
      { rename: 'hdfs/spark-history/local-1795278196507', to: 'hdfs/spark-history/local-1795278196507.inprogress' },
      { cut: 'hosts/gw01/srv/logs/dws_merge_out_20261121.log', after: 89 },
    ],
  },
  // Event log and driver log are missing; what the executors wrote is still there.
  {
    id: 'derived-506-dim-embedding-collect',
    from: 'standalone-801-dim-embedding-collect',
    changes: [{ drop: ['hdfs/', 'hosts/gw01/'] }],
  },
  // Who asks is somebody else than the owner.
  { id: 'derived-531-dm-env-job', from: 'hdfs-611-dm-uv-job', changes: [] },
  { id: 'derived-532-ad-factor-matrix', from: 'yarn-035-ad-factor-matrix', changes: [] },
  // What is asked for never was.
  { id: 'derived-533-application-0031', from: 'hdfs-611-dm-uv-job', changes: [] },
  // The asker pastes the end of the driver's log; of the platform nothing of that run was collected.
  {
    id: 'derived-541-ad-factor-matrix',
    from: 'yarn-035-ad-factor-matrix',
    changes: [
      {
        attach: 'hosts/bd-gateway01/home/ads/yarn-logs-application_1795259698281_0023.txt',
        as: 'driver-stderr.txt',
        from: 515,
        to: 548,
      },
      { keep: ['hosts/bd-node11/', 'hosts/bd-node12/proc/', 'hosts/bd-node13/proc/'] },
    ],
  },
  // The asker attaches what the host's owner sent: the kernel's report.
  {
    id: 'derived-542-ad-scoring',
    from: 'cache-201-ad-scoring',
    changes: [
      { attach: 'hosts/nm-0217/dmesg.txt', as: 'dmesg-nm-0217.txt' },
      { keep: [`hosts/nm-0217/${USERLOGS}`, 'hosts/nm-0217/btime.txt'] },
    ],
  },
];

/**
 * Every derived scenario: its parent and the edits that make it. `node evals/scenario/derived/main.ts [id…]` makes their captures anew; a test
 * holds that what is committed is exactly the parent with these edits.
 */
export const DERIVATIONS: readonly Derivation[] = [...COLLECTED_OTHERWISE, ...COUNTERFACTUALS, ...INJECTIONS];
