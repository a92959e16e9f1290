import type { Evidence } from '../evidence/evidence.ts';
import type { TextRecord } from '../evidence/text-record.ts';

/** What is known of one HDFS: its NameNodes over time, its DataNodes, and what their logs tell. */
export interface HdfsFacts {
  /** Looks at NameNodes, oldest first; a standby's figures may lag and are kept apart by `haState`. */
  nameNodes: readonly NameNodeSample[];
  /** DataNodes by their own endpoints, oldest first. */
  dataNodes: readonly DataNodeSample[];
  /** Paths that were asked about through WebHDFS. */
  paths: readonly HdfsPath[];
  /** From the logs, in the order of time. */
  events: readonly HdfsEvent[];
}

/** What a NameNode says of itself and its cluster at one time. Null: it was not asked or did not say; never 0. */
export interface NameNodeSample {
  service: string;
  at: number;
  /** `active`, `standby`, `observer`; null when it did not say. */
  haState: string | null;
  /** Why it is in safe mode, in its own words; `''` when it is not. */
  safeMode: string | null;
  startedAt: number | null;
  blocks: {
    total: number | null;
    missing: number | null;
    missingReplicationOne: number | null;
    corrupt: number | null;
    /** Fewer copies than asked for (`UnderReplicatedBlocks` before 3.0). */
    lowRedundancy: number | null;
  };
  capacity: { totalBytes: number | null; usedBytes: number | null; remainingBytes: number | null };
  liveDataNodes: number | null;
  deadDataNodes: number | null;
  /** Registered but silent for longer than 30 s (`dfs.namenode.stale.datanode.interval`). */
  staleDataNodes: number | null;
  /** Each DataNode that the NameNode lists. */
  nodes: readonly DataNodeState[];
  /** Files it knows to be corrupt, at most 100 (its own limit). */
  corruptFiles: readonly string[];
  /** Directories of its metadata that failed. */
  failedDirectories: readonly string[];
  /** DataNodes and disks that their peers found slow (reports are off by default: absent proves nothing). */
  slowNodes: readonly string[];
  slowDisks: readonly string[];
  /** Who called `safemode_enter` in the last minutes, by its own count of calls. */
  safeModeCallers: readonly string[];
  /** Pieces of the answers by what they say. */
  evidence: Readonly<Partial<Record<NameNodeTopic, Evidence>>>;
}

/** What a piece of a NameNode's answer speaks of. */
export type NameNodeTopic =
  | 'safe_mode'
  | 'fs_state'
  | 'missing'
  | 'corrupt'
  | 'low_redundancy'
  | 'capacity'
  | 'live'
  | 'dead'
  | 'corrupt_files'
  | 'failed_directories'
  | 'slow_nodes'
  | 'slow_disks'
  | 'callers';

/** A DataNode as the NameNode lists it. */
export interface DataNodeState {
  host: string;
  state: 'live' | 'dead' | 'decommissioning' | 'decommissioned';
  /** Seconds since its last heartbeat. */
  lastContactS: number | null;
  capacityBytes: number | null;
  remainingBytes: number | null;
  nonDfsUsedBytes: number | null;
  failedVolumes: number | null;
  evidence: Evidence;
}

/** A DataNode by its own JMX. */
export interface DataNodeSample {
  host: string;
  at: number;
  failedVolumes: number | null;
  volumes: readonly DataNodeVolume[];
  /** Mean time of a write or flush to the disk in milliseconds, since its start; null when it does not measure (profiling is off by default). */
  flushMs: number | null;
  evidence: Evidence;
}

/** One data directory of a DataNode. */
export interface DataNodeVolume {
  path: string;
  usedBytes: number;
  freeBytes: number;
  reservedBytes: number | null;
  evidence: Evidence;
}

/** A path of the file system through WebHDFS: what it holds against its quotas, or why it was refused. */
export interface HdfsPath {
  path: string;
  at: number;
  /** Java class of the refusal, its last part: `FileNotFoundException`, `AccessControlException`, `StandbyException`. */
  refusal: { exception: string; message: string } | null;
  files: number | null;
  directories: number | null;
  lengthBytes: number | null;
  /** Files and directories allowed; -1: no quota. */
  nameQuota: number | null;
  /** Bytes over all replicas allowed; -1: no quota. */
  spaceQuotaBytes: number | null;
  spaceConsumedBytes: number | null;
  evidence: Evidence;
}

/** What logs of NameNode, DataNodes and the audit log tell beyond the signatures' texts. */
export type HdfsEvent =
  | { kind: 'safe_mode_on'; why: SafeModeReason; at: number | null; record: TextRecord }
  | { kind: 'safe_mode_off'; at: number | null; record: TextRecord }
  | {
      kind: 'safe_mode_call';
      enter: boolean;
      user: string;
      fromAddress: string | null;
      at: number | null;
      record: TextRecord;
    }
  | { kind: 'low_on_disk'; path: string | null; at: number | null; record: TextRecord }
  | {
      kind: 'slow_write';
      host: string;
      /** Its own disk, or the next DataNode of the pipeline. */
      where: 'disk' | 'network';
      durationMs: number;
      path: string | null;
      at: number | null;
      record: TextRecord;
    };

/** Why a NameNode is in safe mode, by its own words. */
export type SafeModeReason = 'manual' | 'low_resources' | 'blocks_not_reported' | 'datanodes_not_reported' | 'unknown';

/** What the question is about. */
export interface HdfsScope {
  window: { from: number; to: number } | null;
  applicationId: string | null;
  /** Paths the run reads, writes or stages under; empty when unknown. */
  paths: readonly string[];
  /** Hosts it ran on. */
  hosts: readonly string[];
}
