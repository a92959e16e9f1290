/**
 * What a finding can be joined on. Absent means unknown, never "any". Ids are as the platform prints them
 * (`application_…`, `container_…` with its epoch part if it has one, `app-…` for standalone, pod uid for Kubernetes).
 */
export interface JoinKeys {
  applicationId?: string;
  applicationName?: string;
  /** Attempt of the application, from 1. */
  applicationAttempt?: number;
  containerId?: string;
  executorId?: string;
  host?: string;
  pid?: number;
  /** Path of the cgroup as the kernel prints it. */
  cgroupPath?: string;
  podUid?: string;
  podName?: string;
  stageId?: number;
  stageAttempt?: number;
  jobId?: number;
  taskId?: number;
  sqlExecutionId?: number;
  shuffleId?: number;
  /** Reduce partition of a shuffle. */
  partitionId?: number;
  /** A worker of a shuffle or cache service, `host:port` as the service prints it. */
  workerAddress?: string;
  queue?: string;
  user?: string;
  /** A file, directory or mount point the finding is about. */
  path?: string;
  /** A block device, such as `sdb` or `loop5`. */
  device?: string;
  /** The Java class of the exception, for echoes of one failure in several logs. */
  exceptionClass?: string;
}
