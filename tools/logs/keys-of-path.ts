import type { JoinKeys } from '../evidence/join-keys.ts';

const CONTAINER = /(?:^|[/_.-])(container_(?:e\d{1,6}_)?(\d{10,16}_\d{4,10})_(\d{1,6})_\d{1,10})(?![\d_])/;
const APPLICATION = /(?:^|[/_.-])(application_\d{10,16}_\d{4,10})(?![\d])/;
/** Work folder of a standalone worker: `<application>/<executor>/stderr`; a driver in cluster mode has `driver-…/stderr`. */
const STANDALONE = /(?:^|\/)(app-\d{14}-\d{4,10})\/(\d{1,9})\/[^/]+$/;
const STANDALONE_ANY = /(?:^|[/_-])(app-\d{14}-\d{4,10})(?![\d-])/;
/** Kubernetes: `/var/log/pods/<namespace>_<pod>_<uid>/<container>/0.log` and `/var/log/containers/<pod>_<namespace>_<container>-<id>.log`. */
const POD_FOLDER = /\/pods\/[^/_]+_([^/_]+)_([^/_]+)\/([^/]+)\/[^/]+$/;
const POD_LINK = /\/containers\/([^/_]+)_[^/_]+_[^/_]+-[0-9a-f]{64}\.log/;
/** Spark names executor pods `<prefix>-exec-<id>` (ExecutorPodsAllocator, 2.3 to 4.x). */
const EXECUTOR_POD = /-exec-(\d{1,9})$/;

/**
 * The ids that a path carries: YARN's application and container, a standalone worker's application and executor, a pod. Only
 * ids that the platform itself puts there; no folder or file name says anything about the content.
 */
export function keysOfPath(path: string): JoinKeys {
  const keys: JoinKeys = {};
  const container = CONTAINER.exec(path);
  const application = APPLICATION.exec(path);
  const standalone = STANDALONE.exec(path);
  const pod = POD_FOLDER.exec(path);
  if (container) {
    keys.containerId = container[1] ?? '';
    keys.applicationId = `application_${container[2]}`;
    keys.applicationAttempt = Number(container[3]);
  } else if (application) keys.applicationId = application[1] ?? '';
  else if (standalone) {
    keys.applicationId = standalone[1] ?? '';
    keys.executorId = standalone[2] ?? '';
  } else {
    const any = STANDALONE_ANY.exec(path);
    if (any) keys.applicationId = any[1] ?? '';
  }
  const podName = pod?.[1] ?? POD_LINK.exec(path)?.[1];
  if (podName !== undefined) keys.podName = podName;
  if (pod?.[2] !== undefined) keys.podUid = pod[2];
  const executor = podName === undefined ? null : EXECUTOR_POD.exec(podName);
  if (executor) keys.executorId = executor[1] ?? '';
  return keys;
}
