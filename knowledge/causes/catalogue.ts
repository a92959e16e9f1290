import { CACHE_CAUSES } from './cache.ts';
import type { Cause } from './cause.ts';
import { CAUSE_CODES, type CauseCode } from './cause-codes.ts';
import { CODE_CAUSES } from './code.ts';
import { CONFIG_CAUSES } from './config.ts';
import { DATA_CAUSES } from './data.ts';
import { DEPENDENCY_CAUSES } from './dependency.ts';
import { KERNEL_OOM_CAUSES } from './kernel-oom.ts';
import { KERNEL_PRESSURE_CAUSES } from './kernel-pressure.ts';
import { MEMORY_HEAP_CAUSES } from './memory-heap.ts';
import { MEMORY_PROCESS_CAUSES } from './memory-process.ts';
import { NETWORK_CAUSES } from './network.ts';
import { NO_FAULT_CAUSES } from './none.ts';
import { SCHEDULING_CAUSES } from './scheduling.ts';
import { SCHEDULING_EXECUTOR_CAUSES } from './scheduling-executors.ts';
import { SECURITY_CAUSES } from './security.ts';
import { SHUFFLE_CAUSES } from './shuffle.ts';
import { REMOTE_SHUFFLE_CAUSES } from './shuffle-remote.ts';
import { SKEW_CAUSES } from './skew.ts';
import { STORAGE_CAUSES } from './storage.ts';
import { HDFS_CAUSES } from './storage-hdfs.ts';
import { STREAMING_CAUSES } from './streaming.ts';
import { WORKFLOW_CAUSES } from './workflow.ts';

const place: ReadonlyMap<string, number> = new Map(CAUSE_CODES.map((code, index) => [code, index]));

/** Every cause that a diagnosis may name, in the order of `CAUSE_CODES`. */
export const CAUSES: readonly Cause[] = [
  ...MEMORY_HEAP_CAUSES,
  ...MEMORY_PROCESS_CAUSES,
  ...SHUFFLE_CAUSES,
  ...REMOTE_SHUFFLE_CAUSES,
  ...SKEW_CAUSES,
  ...DATA_CAUSES,
  ...DEPENDENCY_CAUSES,
  ...CONFIG_CAUSES,
  ...SCHEDULING_CAUSES,
  ...SCHEDULING_EXECUTOR_CAUSES,
  ...STORAGE_CAUSES,
  ...HDFS_CAUSES,
  ...CACHE_CAUSES,
  ...NETWORK_CAUSES,
  ...KERNEL_OOM_CAUSES,
  ...KERNEL_PRESSURE_CAUSES,
  ...WORKFLOW_CAUSES,
  ...STREAMING_CAUSES,
  ...CODE_CAUSES,
  ...SECURITY_CAUSES,
  ...NO_FAULT_CAUSES,
].sort((a, b) => (place.get(a.code) ?? 0) - (place.get(b.code) ?? 0));

const byCode: ReadonlyMap<CauseCode, Cause> = new Map(CAUSES.map((cause) => [cause.code, cause]));

/** The catalogue's entry of a code. Throws on a code without an entry, which the tests rule out. */
export function causeOf(code: CauseCode): Cause {
  const cause = byCode.get(code);
  if (cause === undefined) throw new Error(`The catalogue has no entry for ${code}`);
  return cause;
}
