import { ASKER_WORD_CASES } from './asker-words.cases.ts';
import { ATTEMPT_CASES } from './attempts.cases.ts';
import { CACHE_CASES } from './cache.cases.ts';
import { CLASS_PATH_CASES } from './class-path.cases.ts';
import { CONTAINER_MEMORY_CASES } from './container-memory.cases.ts';
import { DRIVER_LIMIT_CASES } from './driver-limits.cases.ts';
import { ENDPOINT_CASES } from './endpoints.cases.ts';
import { ENGINE_CASES } from './engine.cases.ts';
import { FILE_CONTENT_CASES } from './file-content.cases.ts';
import { HDFS_CASES } from './hdfs.cases.ts';
import { HEAP_CASES } from './heap.cases.ts';
import { HOST_KILLER_CASES } from './host-killers.cases.ts';
import { INPUT_FILE_CASES } from './input-files.cases.ts';
import { KERNEL_LINE_CASES } from './kernel-lines.cases.ts';
import { KUBERNETES_CASES } from './kubernetes.cases.ts';
import { LOCAL_DISK_CASES } from './local-disk.cases.ts';
import { NETWORK_CASES } from './network.cases.ts';
import { OFF_HEAP_CASES } from './off-heap.cases.ts';
import { PYTHON_CASES } from './python.cases.ts';
import { QUERY_CASES } from './query.cases.ts';
import { REMOTE_SHUFFLE_CASES } from './remote-shuffle.cases.ts';
import { SCHEDULING_CASES } from './scheduling.cases.ts';
import { SECURITY_CASES } from './security.cases.ts';
import { SETTING_CASES } from './settings.cases.ts';
import { SHUFFLE_FETCH_CASES } from './shuffle-fetch.cases.ts';
import { SHUFFLE_SERVICE_CASES } from './shuffle-service.cases.ts';
import type { SignatureCase } from './signature-case.ts';
import { STORE_CASES } from './stores.cases.ts';
import { STREAMING_CASES } from './streaming.cases.ts';
import { SYMPTOM_CASES } from './symptoms.cases.ts';
import { USER_CODE_CASES } from './user-code.cases.ts';
import { WORKFLOW_CASES } from './workflow.cases.ts';

/** Every text that the signatures are tested on. Test data only. */
export const ALL_CASES: readonly SignatureCase[] = [
  ...HEAP_CASES,
  ...OFF_HEAP_CASES,
  ...CONTAINER_MEMORY_CASES,
  ...DRIVER_LIMIT_CASES,
  ...PYTHON_CASES,
  ...SHUFFLE_FETCH_CASES,
  ...SHUFFLE_SERVICE_CASES,
  ...REMOTE_SHUFFLE_CASES,
  ...INPUT_FILE_CASES,
  ...FILE_CONTENT_CASES,
  ...CLASS_PATH_CASES,
  ...SETTING_CASES,
  ...ENDPOINT_CASES,
  ...SCHEDULING_CASES,
  ...ATTEMPT_CASES,
  ...KUBERNETES_CASES,
  ...HOST_KILLER_CASES,
  ...LOCAL_DISK_CASES,
  ...HDFS_CASES,
  ...STORE_CASES,
  ...NETWORK_CASES,
  ...KERNEL_LINE_CASES,
  ...USER_CODE_CASES,
  ...QUERY_CASES,
  ...ENGINE_CASES,
  ...SECURITY_CASES,
  ...WORKFLOW_CASES,
  ...STREAMING_CASES,
  ...CACHE_CASES,
  ...ASKER_WORD_CASES,
  ...SYMPTOM_CASES,
];
