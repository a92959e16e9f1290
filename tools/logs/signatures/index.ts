import type { Signature } from '../signature.ts';
import { ASKER_WORD_SIGNATURES } from './asker-words.ts';
import { ATTEMPT_SIGNATURES } from './attempts.ts';
import { CACHE_SIGNATURES } from './cache.ts';
import { CLASS_PATH_SIGNATURES } from './class-path.ts';
import { CONTAINER_MEMORY_SIGNATURES } from './container-memory.ts';
import { DRIVER_LIMIT_SIGNATURES } from './driver-limits.ts';
import { ENDPOINT_SIGNATURES } from './endpoints.ts';
import { ENGINE_SIGNATURES } from './engine.ts';
import { FILE_CONTENT_SIGNATURES } from './file-content.ts';
import { HDFS_SIGNATURES } from './hdfs.ts';
import { HEAP_SIGNATURES } from './heap.ts';
import { HOST_KILLER_SIGNATURES } from './host-killers.ts';
import { INPUT_FILE_SIGNATURES } from './input-files.ts';
import { KERNEL_LINE_SIGNATURES } from './kernel-lines.ts';
import { KUBERNETES_SIGNATURES } from './kubernetes.ts';
import { LOCAL_DISK_SIGNATURES } from './local-disk.ts';
import { NETWORK_SIGNATURES } from './network.ts';
import { OFF_HEAP_SIGNATURES } from './off-heap.ts';
import { PYTHON_SIGNATURES } from './python.ts';
import { QUERY_SIGNATURES } from './query.ts';
import { REMOTE_SHUFFLE_SIGNATURES } from './remote-shuffle.ts';
import { SCHEDULING_SIGNATURES } from './scheduling.ts';
import { SECURITY_SIGNATURES } from './security.ts';
import { SETTING_SIGNATURES } from './settings.ts';
import { SHUFFLE_FETCH_SIGNATURES } from './shuffle-fetch.ts';
import { SHUFFLE_SERVICE_SIGNATURES } from './shuffle-service.ts';
import { STORE_SIGNATURES } from './stores.ts';
import { STREAMING_SIGNATURES } from './streaming.ts';
import { SYMPTOM_SIGNATURES } from './symptoms.ts';
import { ALL_BUT_ASKER } from './trusted-writers.ts';
import { USER_CODE_SIGNATURES } from './user-code.ts';
import { WORKFLOW_SIGNATURES } from './workflow.ts';

/** Every signature of the house. The order has no meaning: ranks decide. */
export const ALL_SIGNATURES: readonly Signature[] = [
  ...HEAP_SIGNATURES,
  ...OFF_HEAP_SIGNATURES,
  ...CONTAINER_MEMORY_SIGNATURES,
  ...DRIVER_LIMIT_SIGNATURES,
  ...PYTHON_SIGNATURES,
  ...SHUFFLE_FETCH_SIGNATURES,
  ...SHUFFLE_SERVICE_SIGNATURES,
  ...REMOTE_SHUFFLE_SIGNATURES,
  ...INPUT_FILE_SIGNATURES,
  ...FILE_CONTENT_SIGNATURES,
  ...CLASS_PATH_SIGNATURES,
  ...SETTING_SIGNATURES,
  ...ENDPOINT_SIGNATURES,
  ...SCHEDULING_SIGNATURES,
  ...ATTEMPT_SIGNATURES,
  ...KUBERNETES_SIGNATURES,
  ...HOST_KILLER_SIGNATURES,
  ...LOCAL_DISK_SIGNATURES,
  ...HDFS_SIGNATURES,
  ...STORE_SIGNATURES,
  ...NETWORK_SIGNATURES,
  ...KERNEL_LINE_SIGNATURES,
  ...USER_CODE_SIGNATURES,
  ...QUERY_SIGNATURES,
  ...ENGINE_SIGNATURES,
  ...SECURITY_SIGNATURES,
  ...WORKFLOW_SIGNATURES,
  ...STREAMING_SIGNATURES,
  ...CACHE_SIGNATURES,
  ...ASKER_WORD_SIGNATURES,
  ...SYMPTOM_SIGNATURES,
];

/**
 * Those that logs of the platform can match: a reader of logs keeps whatever holds one of their literals. The others judge only
 * what a person wrote or pasted, which is read whole.
 */
export const SIGNATURES: readonly Signature[] = ALL_SIGNATURES.filter(
  ({ ignoredFrom }) => ignoredFrom !== ALL_BUT_ASKER,
);
