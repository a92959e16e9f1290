import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';

/**
 * Causes that one trouble shows itself as: a disk that dies is slow first, then full of errors, then read-only. What is in no family stands
 * with its group of the catalogue (`network`, `scheduling` …).
 */
const FAMILIES: Readonly<Record<string, readonly CauseCode[]>> = {
  disk: ['storage.disk_full_local', 'storage.bad_disk', 'storage.slow_disk', 'kernel.filesystem_defect'],
  hdfs: [
    'storage.hdfs_safemode',
    'storage.hdfs_datanode_down',
    'storage.hdfs_missing_block',
    'network.datanode_unreachable',
  ],
  host_memory: [
    'kernel.memcg_ancestor_oom',
    'kernel.global_oom',
    'kernel.oom_priority',
    'kernel.oom_score_adj',
    'kernel.page_allocation_failure',
    'kernel.spurious_oom',
    'kernel.direct_reclaim',
  ],
  remote_shuffle: [
    'shuffle.remote_service_push',
    'shuffle.remote_service_data_lost',
    'shuffle.remote_service_no_slots',
    'shuffle.remote_service_unavailable',
  ],
  queue: ['scheduling.insufficient_resources', 'scheduling.queue_blocked', 'scheduling.queue_wait'],
  workflow_service: ['workflow.scheduler_heartbeat', 'workflow.db_lock'],
};

const familyByCode: ReadonlyMap<string, string> = new Map(
  Object.entries(FAMILIES).flatMap(([family, codes]) => codes.map((code) => [code, family] as const)),
);

/** The family of a cause: two cases of different families are two incidents even on one host. */
export function causeFamily(code: CauseCode): string {
  return familyByCode.get(code) ?? code.slice(0, code.indexOf('.'));
}

/**
 * The service of the cluster that a cause is the trouble of, whichever run meets it: such a cause often names no component, or the run that met
 * it. Causes that lie in one path, one quota or one file are none of these.
 */
const SERVICES: ReadonlyMap<string, string> = new Map<CauseCode, string>([
  ['storage.hdfs_safemode', 'hdfs'],
  ['storage.hdfs_datanode_down', 'hdfs'],
  ['storage.metastore', 'metastore'],
  ['storage.object_store_throttle', 'object_store'],
  ['shuffle.remote_service_data_lost', 'remote_shuffle'],
  ['shuffle.remote_service_no_slots', 'remote_shuffle'],
  ['shuffle.remote_service_push', 'remote_shuffle'],
  ['shuffle.remote_service_unavailable', 'remote_shuffle'],
  ['cache.worker_lost', 'cache'],
  ['cache.master_gc', 'cache'],
  ['cache.master_unresponsive', 'cache'],
  ['cache.ufs_slow', 'cache'],
  ['cache.capacity', 'cache'],
  ['workflow.scheduler_heartbeat', 'workflow'],
  ['workflow.db_lock', 'workflow'],
]);

/** `hdfs`, `metastore`, `cache` …; null: the cause is no trouble of a shared service. */
export function serviceOfCause(code: CauseCode): string | null {
  return SERVICES.get(code) ?? null;
}
