import type { Evidence } from '../evidence/evidence.ts';
import type { ShuffleEvent } from './shuffle-events.ts';

/** Which process of the remote shuffle (Celeborn). */
export type ShuffleRole = 'master' | 'worker';

/** What the master's lists say of a worker; its own `workerState` is "Normal" also when it is gone (0.6.3). */
export type WorkerStanding = 'available' | 'lost' | 'excluded' | 'shutdown' | 'decommissioning';

/** A disk of a worker, out of the `DiskInfo(…)` string (0.4 to 0.7); null where the version does not print it. */
export interface ShuffleDisk {
  mount: string;
  /** `HEALTHY`, `HIGH_DISK_USAGE`, `READ_OR_WRITE_FAILURE`, `IO_HANG`, `CRITICAL_ERROR`. */
  status: string | null;
  totalBytes: number | null;
  /** What Celeborn may still use: 0 when the free space is below its reserve. */
  usableBytes: number | null;
  maxSlots: number | null;
  availableSlots: number | null;
}

/** A worker as a master's answer lists it. */
export interface ShuffleWorker {
  host: string;
  /** Ports as registered; 0 when the answer does not give one. */
  ports: readonly number[];
  /** Every list that names it; `available` when none of the bad ones does. */
  standing: readonly WorkerStanding[];
  heartbeatAgeMs: number | null;
  disks: readonly ShuffleDisk[];
  /** Bytes on its disks by application id, as far as reported (up to a minute late). */
  bytesByApplication: Readonly<Record<string, number>>;
  evidence: Evidence;
}

/** One answer of a master about its workers. */
export interface ClusterSample {
  at: number;
  masterHost: string | null;
  workers: readonly ShuffleWorker[];
  evidence: Evidence;
}

/** A master, as it was last seen. */
export interface ShuffleMaster {
  host: string;
  /** Null when neither the metrics nor the group tell. */
  leader: boolean | null;
  /** Port that clients talk to; null when its configuration was not answered. */
  rpcPort: number | null;
  /** Times of its good answers, oldest first. */
  answeredAt: readonly number[];
  /** Its configuration, where the port stands. */
  evidence: Evidence | null;
}

/** A process whose endpoint did not answer. */
export interface ShuffleSilence {
  role: ShuffleRole;
  host: string;
  /** True: the connection was refused; false: taken and not answered; null: it is only missing among the samples. */
  refused: boolean | null;
  answeredAt: number | null;
  from: number;
  until: number | null;
  evidence: readonly Evidence[];
}

/** A worker that held data of a shuffle: by its own answers, its log, or the client. */
export interface ShuffleUse {
  applicationId: string;
  shuffleId: number;
  workerHost: string;
  at: number | null;
  evidence: Evidence;
}

/** A worker's own list of the shuffles it holds, also when empty: what shows that it held nothing of a run. */
export interface HeldShuffles {
  workerHost: string;
  at: number;
  shuffleKeys: readonly string[];
  evidence: Evidence;
}

/** A gauge or counter at one time. */
export interface MeterPoint {
  at: number;
  value: number;
  evidence: Evidence;
}

/** One meter of one process over time, oldest first. */
export interface MeterSeries {
  host: string;
  /** Mount point, device or user it is about; null without such a label. */
  label: string | null;
  points: readonly MeterPoint[];
}

/** Meters that rules read, by our own name. Absent: never exposed by this version, which is unknown and not zero. */
export const METERS = {
  /** Push paused, cumulative ms; brought up to date at least at resume. */
  pausedMs: ['metrics_PausePushDataTime_Value'],
  pausedReplicateMs: ['metrics_PausePushDataAndReplicateTime_Value'],
  directRatio: ['metrics_DirectMemoryUsageRatio_Value'],
  directBytes: ['metrics_NettyMemory_Value'],
  diskBufferBytes: ['metrics_DiskBuffer_Value'],
  sortBytes: ['metrics_SortMemory_Value'],
  /** Since the last scrape, ms. 0.7 tells local disks from others. */
  flushMaxMs: ['metrics_FlushDataTime_Max', 'metrics_FlushLocalDataTime_Max'],
  flushQueue: ['metrics_FlushWorkingQueueSize_Value'],
  activeSlots: ['metrics_ActiveSlotsCount_Value'],
  hardSplits: ['metrics_WriteDataHardSplitCount_Count'],
  highWorkload: ['metrics_IsHighWorkload_Value'],
  freeBytes: ['metrics_DeviceOSFreeBytes_Value'],
  produceSpeed: ['metrics_UserProduceSpeed_Value'],
  potentialConsumeSpeed: ['metrics_PotentialConsumeSpeed_Value'],
  replicateTimeouts: ['metrics_ReplicateDataTimeoutCount_Count'],
} as const;

export const MASTER_METERS = {
  isLeader: ['metrics_IsActiveMaster_Value'],
  workers: ['metrics_WorkerCount_Value'],
  availableWorkers: ['metrics_AvailableWorkerCount_Value'],
  excludedWorkers: ['metrics_ExcludedWorkerCount_Value'],
  lostWorkers: ['metrics_LostWorkerCount_Value', 'metrics_LostWorkers_Value'],
  fallbacks: ['metrics_ShuffleFallbackCount_Value'],
} as const;

export type MeterName = keyof typeof METERS | keyof typeof MASTER_METERS;

/** Settings of one process, as its own answer gives them; only keys the rules know, never credentials. */
export interface ShuffleSettings {
  role: ShuffleRole;
  host: string;
  values: Readonly<Record<string, string>>;
  evidence: Evidence;
}

/** How the log of one process of the service begins and ends. */
export interface ShuffleDaemon {
  role: ShuffleRole;
  host: string | null;
  firstAt: number | null;
  lastAt: number | null;
  /** Starts of the process within the log, after the first record. */
  restartedAt: readonly { at: number | null; evidence: Evidence }[];
}

/** What is known of one remote shuffle cluster. */
export interface ShuffleFacts {
  masters: readonly ShuffleMaster[];
  /** Answers of the leader (or of the only master) about its workers, oldest first. */
  samples: readonly ClusterSample[];
  silences: readonly ShuffleSilence[];
  uses: readonly ShuffleUse[];
  held: readonly HeldShuffles[];
  meters: Readonly<Partial<Record<MeterName, readonly MeterSeries[]>>>;
  settings: readonly ShuffleSettings[];
  events: readonly ShuffleEvent[];
  daemons: readonly ShuffleDaemon[];
}

/** What the question is about. */
export interface ShuffleScope {
  /** The run asked about, as the engine names it; null for a question about the cluster. */
  applicationId: string | null;
  window: { from: number; to: number } | null;
  /** Hosts the run used. */
  hosts: readonly string[];
  /** Stages of the run with their wall time, where the event log was read; else the driver's own lines are used. */
  stages?: readonly StageSpan[];
  /** Settings of the run as its event log gives them (`spark.shuffle.manager` and the like), with the place they stand at. */
  settings?: { values: Readonly<Record<string, string>>; evidence: Evidence | null };
  /** True when the run ended well, false when it failed, null or absent when not known. */
  succeeded?: boolean | null;
}

/** A stage of a run. */
export interface StageSpan {
  stageId: number;
  from: number;
  to: number;
}
